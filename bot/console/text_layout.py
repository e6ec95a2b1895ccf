"""Text laid out for a terminal: wrapped at words, and links that can be read."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import unquote_to_bytes

from rich.cells import cell_len

_ESCAPES = re.compile("(?:%[0-9A-Fa-f]{2})+")
_HOST = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")
_SEPARATOR = " ·"
# A day of a month, with the year behind it where there is one; a month has up to two words.
_DATE = re.compile(r"(?<!\S)\d{1,2} [^\s\d]+(?:(?: [^\s\d]+)? \d{4}(?!\d))?")


def wrap(text: str, width: int | None, first: str = "", rest: str = "") -> list[str]:
    """Wrap a text at its spaces; `first` and `rest` stand before the first line and the others. No width wraps nothing.

    Dates stay whole, and so does a word that is wider than a line, such as a link.
    """
    head, *others = map(_words, text.split("\n"))
    wrapped = list(_wrap_words(head, width, first, rest))
    return wrapped + [line for words in others for line in _wrap_words(words, width, rest, rest)]


def wrap_parts(
    names: Sequence[str], places: Sequence[str], width: int | None, first: str = "", rest: str = ""
) -> list[str]:
    """Wrap names, and behind them places such as a date or a paragraph, which no line breaks; dots stand between."""
    parts = [*map(_words, names), *([place] for place in places)]
    for part in parts[:-1]:
        part[-1] += _SEPARATOR
    return list(_wrap_words([word for part in parts for word in part], width, first, rest))


def _words(text: str) -> list[str]:
    dates = [range(*match.span()) for match in _DATE.finditer(text)]
    breaks = [at for at, character in enumerate(text) if character == " " and not any(at in date for date in dates)]
    return [text[start + 1 : end] for start, end in pairwise((-1, *breaks, len(text)))]


def _wrap_words(words: Sequence[str], width: int | None, first: str, rest: str) -> Iterator[str]:
    line = first + words[0]
    for word in words[1:]:
        if width is None or cell_len(line) + 1 + cell_len(word) <= width:
            line += f" {word}"
        else:
            yield line
            line = rest + word
    yield line


def readable_link(link: str) -> str:
    """Decode letters and digits beyond ASCII behind a link's host; all else stays, so that it leads to the same place.

    What could hide or turn something round, as spaces, marks of direction and invisible characters do, stays encoded.
    """
    host = _HOST.match(link)
    if host is None:
        return link
    return host[0] + _ESCAPES.sub(lambda match: "".join(_decoded(match[0])), link[host.end() :])


def _decoded(escapes: str) -> Iterator[str]:
    """Decode a run of escapes, those of characters that may be shown."""
    try:
        text = unquote_to_bytes(escapes).decode("utf-8")
    except UnicodeDecodeError:
        yield escapes
        return
    place, has_base = 0, False
    for character in text:
        length = 3 * len(character.encode())
        category = unicodedata.category(character)
        is_letter = not character.isascii() and category in {"Lo", "Ll", "Lu", "Lm", "Nd"}
        # A mark without its letter would sit on whatever stands before it.
        has_base = is_letter or (has_base and category == "Mn")
        yield character if has_base else escapes[place : place + length]
        place += length
