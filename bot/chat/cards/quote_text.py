"""Blocks of a card, fitted to their room: quotes, verbatim with their words in bold, and lists."""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence

from bot.arabic import LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE, Span, numbered_phrases, sentences
from bot.chat.cards.card import small_print
from bot.chat.cards.card_text import escape_markdown, fit, size
from bot.texts import Texts


def escape_with_bold(text: str, marks: Sequence[Span]) -> str:
    """Escape a text, set the marked spans in bold, neighbouring spans as one, and isolate phrases behind a number."""
    # The signs that open and close isolates, by the places that they stand before.
    spans = tuple(numbered_phrases(text))
    isolates = {span.start: LEFT_TO_RIGHT_ISOLATE for span in spans} | {span.end: POP_ISOLATE for span in spans}
    parts, done = list[str](), 0
    for mark in _joined(text, marks):
        parts.append(_escape_isolated(text, Span(done, mark.start), isolates))
        # An isolate at the edge of bold words stands outside of them.
        inner = {place: sign for place, sign in isolates.items() if mark.start < place < mark.end}
        parts.append(f"**{_escape_isolated(text, mark, inner)}**")
        done = mark.end
    return "".join([*parts, _escape_isolated(text, Span(done, len(text)), isolates)])


def _escape_isolated(text: str, span: Span, isolates: Mapping[int, str]) -> str:
    parts, done = list[str](), span.start
    for place in sorted(isolates):
        if span.start <= place <= span.end:
            parts += [escape_markdown(text[done:place]), isolates[place]]
            done = place
    return "".join([*parts, escape_markdown(text[done : span.end])])


def _joined(text: str, marks: Sequence[Span]) -> list[Span]:
    """Join spans that overlap or are one space apart; leave out those beyond the end of a shortened text."""
    joined: list[Span] = []
    for mark in marks:
        if mark.end > len(text):
            break
        if joined and (mark.start <= joined[-1].end or text[joined[-1].end : mark.start] == " "):
            joined[-1] = Span(joined[-1].start, max(mark.end, joined[-1].end))
        else:
            joined.append(mark)
    return joined


def block_quote(text: str, marks: Sequence[Span] = ()) -> str:
    """Set a text as a block quote, escaped, line by line, with its marked spans in bold."""
    return "\n".join(f"> {line}" for line in escape_with_bold(text, marks).split("\n"))


def cut_notice(texts: Texts) -> str:
    """Return the line below a quote of which something was left out."""
    return f"\n{small_print(texts('card.cut'))}"


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
