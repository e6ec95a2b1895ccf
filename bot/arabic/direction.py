"""The direction of text: marks that keep a line in its order, whichever direction the text around it has.

U+2066 to U+2069 set a stretch apart (an isolate), U+200E and U+200F stand for a letter of their direction.
"""

import re
import unicodedata
from collections.abc import Iterator

from bot.arabic.sentences import Span

LEFT_TO_RIGHT_ISOLATE, RIGHT_TO_LEFT_ISOLATE = "\u2066", "\u2067"
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
_LEFT_TO_RIGHT_MARK, _RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
# The characters by which a whole line is isolated.
LINE_ISOLATE_SIZE = 3

_STRONG = {"L", "R", "AL"}
_LINE_OPENING = re.compile(
    f"[{_LEFT_TO_RIGHT_MARK}{_RIGHT_TO_LEFT_MARK}][{LEFT_TO_RIGHT_ISOLATE}{RIGHT_TO_LEFT_ISOLATE}]"
)

_LETTERS = "A-Za-z\u00c0-\u024f\u0370-\u052f"  # Latin, Greek, Cyrillic
_NUMBER = r"[$€£¥]?\d+(?:[.,:/]\d+)*[%$€£¥]?"
# A word may hold marks and end in the sign of a name such as C++, but not in that of a sentence.
_WORD = rf"[{_LETTERS}](?:[{_LETTERS}\d'’.&+#/_-]*[{_LETTERS}\d+#])?"
_BETWEEN = r"(?:[ \u00a0]?[-–/&][ \u00a0]?|[ \u00a0])?"
_PHRASE = re.compile(rf"(?<![{_LETTERS}\d.,$€£¥])(?:{_NUMBER}|{_WORD})(?:{_BETWEEN}(?:{_NUMBER}|{_WORD}))*")
# Most texts have no such phrase, which takes a fraction of the time to see.
_NUMBER_BEFORE_WORD = re.compile(rf"\d[%$€£¥]?[ \u00a0–/&-]{{0,3}}[{_LETTERS}]")
_YEAR = re.compile(r"(?:1[89]|20)\d\d[ \u00a0]")


def strong_directions(text: str) -> list[str]:
    """Return the bidirectional classes of the letters of a text: `L`, `R` or `AL`."""
    return [direction for direction in map(unicodedata.bidirectional, text) if direction in _STRONG]


def is_right_to_left(text: str) -> bool:
    """Whether a text runs from right to left: its first letter does, or most do although it begins with a name."""
    if next(filter(_STRONG.__contains__, map(unicodedata.bidirectional, text)), "L") != "L":
        return True
    strong = strong_directions(text)
    return strong.count("L") * 2 < len(strong)


def mark_direction(text: str) -> str:
    """Set a mark before a text that runs from right to left although it begins with a Latin name."""
    strong = strong_directions(text)
    return _RIGHT_TO_LEFT_MARK + text if strong[:1] == ["L"] and is_right_to_left(text) else text


def isolate_line(line: str, *, from_right: bool) -> str:
    """Isolate a line in its direction.

    The mark before the isolate is for programs that choose a line's side by its first letter, since they pass over
    what is isolated.
    """
    opening = _RIGHT_TO_LEFT_MARK + RIGHT_TO_LEFT_ISOLATE if from_right else _LEFT_TO_RIGHT_MARK + LEFT_TO_RIGHT_ISOLATE
    return f"{opening}{line}{POP_ISOLATE}"


def strip_line_isolates(text: str) -> str:
    """Return a text whose lines may have been isolated as it was before."""
    return "\n".join(map(_strip_line_isolate, text.split("\n")))


def _strip_line_isolate(line: str) -> str:
    opening = _LINE_OPENING.search(line) if line.endswith(POP_ISOLATE) else None
    return line[: opening.start()] + line[opening.end() : -1] if opening else line


def numbered_phrases(text: str) -> Iterator[Span]:
    """Yield the spans of Latin phrases that begin with a number, as in «موقع 404 Media».

    Between Arabic words such a number would stand behind its phrase. A year after an Arabic word is left to that word.
    """
    if not _NUMBER_BEFORE_WORD.search(text) or {*strong_directions(text)} <= {"L"}:
        return
    for found in _PHRASE.finditer(text):
        phrase = found[0]
        if phrase[0].isalpha() or not any(letter.isalpha() for letter in phrase):
            continue
        before = text[: found.start()].rstrip()
        if not (_YEAR.match(phrase) and before and unicodedata.bidirectional(before[-1]) in {"R", "AL"}):
            yield Span(*found.span())


def isolate_phrases(text: str) -> str:
    """Isolate the Latin phrases of an Arabic text that begin with a number."""
    parts, done = list[str](), 0
    for span in numbered_phrases(text):
        parts += [text[done : span.start], LEFT_TO_RIGHT_ISOLATE, text[span.start : span.end], POP_ISOLATE]
        done = span.end
    return "".join([*parts, text[done:]])
