"""Text of a line of a card: escaped, fitted to its room, isolated by direction, linked where the address is safe.

Of other people's words every character shows as it is, and none is read as markup. Discord drops a backslash before an
ASCII character that is neither a letter, a digit nor a space, so escaping leaves the words verbatim to the reader.
Escaped are: emphasis, spoilers, code and block quotes (`* _ ~ | > ``), masked links (`[ ]`), all that stands between
angle brackets (mentions, channels, timestamps, emoji, commands), `@everyone`, the colon of links and of `:emoji:`, and
what begins a heading, a small line or a list.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from bot.arabic import (
    BIDI_CONTROLS,
    FIRST_STRONG_ISOLATE,
    JOINERS,
    POP_ISOLATE,
    RIGHT_TO_LEFT_ISOLATE,
    ZERO_WIDTH,
    isolate_phrases,
    strong_directions,
)
from bot.texts import TEXT_DIRECTIVE, Texts

# A longer address leaves no room for what it is the source of.
LONGEST_URL = 600

_ANYWHERE = re.compile(r"[\\*_~|`<>\[\]@]|:(?=\S)")
# Discord's own line breaks are \n; the others count as well in case a client reads them so.
_BREAKS = r"\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_LINE_START = rf"((?:\A|[{_BREAKS}])[^\S{_BREAKS}]*)"
_OPENING_MARK = re.compile(_LINE_START + r"([-+#])")
_NUMBERED = re.compile(_LINE_START + r"([0-9]+)([.)])")
_ESCAPE_OR_BOLD = re.compile(r"\\([^0-9A-Za-z\s])|\*\*")
_BIDI_CONTROLS = re.compile(f"[{BIDI_CONTROLS}]")
_UNSAFE_IN_URL = re.compile(
    rf"[\s()<>\[\]\\\"'`{{}}|^*_~\x00-\x1f\x7f\u2028\u2029{BIDI_CONTROLS}{ZERO_WIDTH}{JOINERS}]"
)
# Most addresses have nothing to escape.
_PLAIN_URL = re.compile(r"https?://[a-z0-9.-]+(?:/[A-Za-z0-9/.%&=+,;:@!$-]*)?(?:\?[A-Za-z0-9/.%&=+,;:@!$-]+)?")


def size(text: str) -> int:
    """Return the length of a text in UTF-16 units, Discord's strictest measure."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def escape_markdown(text: str) -> str:
    """Escape all that Discord reads as markup, a mention or a link."""
    text = _ANYWHERE.sub(r"\\\g<0>", text)
    text = _OPENING_MARK.sub(r"\1\\\2", text)
    return _NUMBERED.sub(r"\1\2\\\3", text)


def unescape_markdown(text: str) -> str:
    """Return an escaped text as its reader sees it."""
    return _ESCAPE_OR_BOLD.sub(r"\1", text)


def one_line(text: str) -> str:
    """Bring a title, an outlet or a file name onto one line without direction controls, which our lines set."""
    return " ".join(_BIDI_CONTROLS.sub("", text).split())


def fit(text: str, room: int, render: Callable[[str], str] = escape_markdown) -> str:
    """Render as much of a text as fits `room` UTF-16 units, with an ellipsis where it was cut."""
    if size(whole := render(text[: room + 1])) <= room:
        return whole
    end = bisect_right(range(room + 1), room - 1, key=lambda end: size(render(text[:end]))) - 1
    # A mark is never parted from its letter.
    while end > 0 and unicodedata.combining(text[end]):
        end -= 1
    return render(text[: max(end, 0)].rstrip()) + "…"


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

    def escape(words: str) -> str:
        return escape_markdown(isolate_phrases(words))

    return isolate(fit(one_line(text), room - 2, escape), language)


def inline_value(value: object, room: int, language: str) -> str:
    """Fit, escape and isolate a value of an error; of a path of this machine only the last part is shown."""
    if isinstance(value, PurePath):
        value = value.name or Path(value).absolute().name or value
    return inline(str(value), room, language)


def join_with_commas(words: Iterable[str], texts: Texts) -> str:
    return f"{texts('card.comma')} ".join(words)


def quoted_list(words: Iterable[str], room: int, texts: Texts) -> str:
    """Quote other people's words and join them by commas."""
    return join_with_commas((texts("card.quoted", words=inline(word, room, texts.language)) for word in words), texts)


def link(label: str, url: str | None, room: int, language: str) -> str:
    """Make a title a link to its page; leave it plain without a safe address."""
    if url is None or (target := _target(url)) is None:
        return inline(label, room, language)
    # Discord finds the label's end by counting brackets, escaped or not.
    return f"[{inline(label.translate(str.maketrans('[]', '()')), room, language)}]({target})"


def _target(url: str) -> str | None:
    """Escape an address to stay inside its link, without its text directive where that is too long; None if unsafe."""
    page, mark, place = url.partition(TEXT_DIRECTIVE)
    if not _PLAIN_URL.fullmatch(page) or _UNSAFE_IN_URL.search(place):
        try:
            parts = urlsplit(url.strip())
        except ValueError:
            return None
        if parts.scheme not in {"http", "https"} or not parts.hostname or _UNSAFE_IN_URL.search(parts.netloc):
            return None
        page, mark, place = parts.geturl().partition(TEXT_DIRECTIVE)
        page, place = map(_encode_unsafe, (page, place))
    return next((one for one in (page + mark + place, page) if size(one) <= LONGEST_URL), None)


def _encode_unsafe(address: str) -> str:
    return _UNSAFE_IN_URL.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), address)
