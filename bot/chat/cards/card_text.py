"""Text within a card: fitted to its room, isolated by direction, linked where the address is safe."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from bot.arabic import (
    BIDI_CONTROLS,
    FIRST_STRONG_ISOLATE,
    JOINERS,
    POP_ISOLATE,
    RIGHT_TO_LEFT_ISOLATE,
    ZERO_WIDTH,
    Span,
    isolate_phrases,
    sentences,
    strong_directions,
)
from bot.chat.cards.markdown_escape import block_quote, escape_markdown, one_line
from bot.texts import TEXT_DIRECTIVE, Texts

# A longer address leaves no room for what it is the source of.
LONGEST_URL = 600

_UNSAFE_IN_URL = re.compile(
    rf"[\s()<>\[\]\\\"'`{{}}|^*_~\x00-\x1f\x7f\u2028\u2029{BIDI_CONTROLS}{ZERO_WIDTH}{JOINERS}]"
)


def size(text: str) -> int:
    """Return the length of a text in UTF-16 units, Discord's strictest measure."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fit(text: str, room: int, render: Callable[[str], str] = escape_markdown) -> str:
    """Render as much of a text as fits `room` UTF-16 units, with an ellipsis where it was cut."""
    if size(whole := render(text[: room + 1])) <= room:
        return whole
    end = bisect_right(range(room + 1), room - 1, key=lambda end: size(render(text[:end]))) - 1
    # A mark is never parted from its letter.
    while end > 0 and unicodedata.combining(text[end]):
        end -= 1
    return render(text[: max(end, 0)].rstrip()) + "…"


def fit_quote(text: str, room: int, marks: Sequence[Span] = ()) -> tuple[str, bool]:
    """Set a text as a block quote, as many whole sentences of it as fit, and return whether any were left out.

    The sentence of the first mark stays, with as much around it as fits. Only one that is longer than the room is cut
    itself, between words, and only a word that is longer within it.
    """
    if size(whole := block_quote(text[: room + 1], marks if len(text) <= room else ())) <= room and len(text) <= room:
        return whole, False

    def part(start: int, end: int) -> str:
        inside = (Span(max(mark.start, start) - start, min(mark.end, end) - start) for mark in marks)
        return block_quote(text[start:end], [mark for mark in inside if mark.start < mark.end])

    spans = sentences(text)
    kept = next((number for number, span in enumerate(spans) if marks and marks[0].start < span.end), 0)
    first = last = kept
    if not spans or size(part(spans[kept].start, spans[kept].end)) > room:
        return _fit_words(text, spans[kept] if spans else Span(0, len(text)), room, marks[:1], part), True
    while True:
        wider = [(first, last + 1)] * (last + 1 < len(spans)) + [(first - 1, last)] * (first > 0)
        fitting = [(one, other) for one, other in wider if size(part(spans[one].start, spans[other].end)) <= room]
        if not fitting:
            return part(spans[first].start, spans[last].end), True
        first, last = fitting[0]


def _fit_words(text: str, sentence: Span, room: int, marks: Sequence[Span], part: Callable[[int, int], str]) -> str:
    """Set as many words of a sentence as fit, from its start, or from its first mark where that would be lost."""
    start = sentence.start
    if marks and size(part(start, marks[0].end)) > room:
        start = text.rfind(" ", start, marks[0].start) + 1 or start
    ends = [start + match.end() for match in re.finditer(r"\S+", text[start : min(sentence.end, start + room)])]
    # The last may be cut within its word by the room.
    if start + room < sentence.end and not text[start + room].isspace():
        ends = ends[:-1]
    fitting = bisect_right(ends, room, key=lambda end: size(part(start, end)))
    return part(start, ends[fitting - 1]) if fitting else fit(text[start : sentence.end], room, block_quote)


def fit_lines(lines: Sequence[str], room: int) -> str:
    """Join the first lines that fit a room."""
    return "\n".join(lines[: _fitting(lines, room)]).rstrip("\n")


def _fitting(lines: Sequence[str], room: int) -> int:
    """Count the first lines that fit a room."""
    for number, line in enumerate(lines):
        room -= size(line) + 1
        if room < -1:
            return number
    return len(lines)


def fit_list(lines: Sequence[str], texts: Texts, room: int, count: int | None = None) -> str:
    """List as many lines as fit, then the number left out; `count` is the total where these are the first of more."""
    count = count or len(lines)
    if size(whole := "\n".join(lines)) <= room and count == len(lines):
        return whole
    kept = _fitting(lines, room - size(texts("list.more", count=count)) - 1)
    return "\n".join((*lines[:kept], texts("list.more", count=count - kept)))


def join_with_commas(words: Iterable[str], texts: Texts) -> str:
    """Join words by the comma of the language."""
    return f"{texts('card.comma')} ".join(words)


def quoted_list(words: Iterable[str], room: int, texts: Texts) -> str:
    """Quote other people's words and join them by commas."""
    return join_with_commas((texts("card.quoted", words=inline(word, room, texts.language)) for word in words), texts)


def isolate(text: str, language: str) -> str:
    """Isolate a text of the other direction, so that it does not reorder the line around it.

    Its direction is that of its first letter; an Arabic text that begins with a Latin name is right-to-left anyway.
    """
    strong = strong_directions(text)
    from_left = strong.count("L")
    if from_left == (0 if language == "ar" else len(strong)):
        return text
    latin_first = strong[0] == "L" and len(strong) - from_left > from_left
    return f"{RIGHT_TO_LEFT_ISOLATE if latin_first else FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def inline(text: str, room: int, language: str) -> str:
    """Fit, escape and isolate a title, an outlet or a file name for a line of our own."""
    return isolate(fit(one_line(text), room - 2, _escape_phrases), language)


def _escape_phrases(text: str) -> str:
    """Isolate the phrases of a text that begin with a number, and escape all of it."""
    return escape_markdown(isolate_phrases(text))


def inline_value(value: object, room: int, language: str) -> str:
    """Fit, escape and isolate a value of an error; of a path of this machine only the last part is shown."""
    if isinstance(value, PurePath):
        value = value.name or Path(value).absolute().name or value
    return inline(str(value), room, language)


def link(label: str, url: str | None, room: int, language: str) -> str:
    """Make a title a link to its page; leave it plain without a safe address."""
    if url is None or (target := _target(url)) is None:
        return inline(label, room, language)
    # Discord finds the label's end by counting brackets, escaped or not.
    return f"[{inline(label.translate(_ROUND), room, language)}]({target})"


_ROUND = str.maketrans("[]", "()")


def _target(url: str) -> str | None:
    """Escape an address so that it stays inside its link; None where it is no web address or too long.

    The place in the page that a text directive names is left out where it alone makes it too long.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname or _UNSAFE_IN_URL.search(parts.netloc):
        return None
    page, mark, place = parts.geturl().partition(TEXT_DIRECTIVE)
    target = _encoded(page)
    return next((one for one in (target + mark + _encoded(place), target) if size(one) <= LONGEST_URL), None)


def _encoded(address: str) -> str:
    return _UNSAFE_IN_URL.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), address)
