"""Sentence spans of a text, and how a text ends that is a sentence."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from pyarabic import araby

_CLOSING = "\"'”’»)]}"
# Marks that end a sentence, and the closing quotes and brackets that belong to it; «؛» only divides one.
_MARKS = ".!…؟?\u06d4"
# All begin with one class of characters, which `re` looks for many times faster than for several ways to begin.
_END = re.compile(
    rf"[{_MARKS}\n](?:(?<=\n)\n*+|(?<![{_MARKS}][{_MARKS}])[{_MARKS}]*+[{re.escape(_CLOSING)}\u2069]*+(?=\s|$))"
)
_OPENING = {"«": "»", "“": "”", "(": ")", "[": "]", '"': '"'}
_OPENS = re.compile("[" + re.escape("".join(_OPENING)) + "]")
# Longer quotations and brackets than this are unbalanced, or speeches whose sentences stand alone.
_LONGEST_ENCLOSURE = 400
# «د.», «أ.», «ص.ب.», «U.S.» and «1.»: what stands before the point is one letter or a number that opens the text.
_INITIAL = re.compile(r"(?:^|[\s(«\"'.])[^\W\d_]\.$")
_ORDINAL = re.compile(r"(?:^|\n)[^\S\n]*\d{1,3}\.$")
_TITLES = ("Mr", "Mrs", "Ms", "Dr", "St", "Inc", "Ltd", "Co", "Corp", "Jr", "Sr", "No", "vs", "إلخ", "الخ")
_TITLED = re.compile(rf"(?<!\w)(?:{'|'.join(_TITLES)})\.$")
# A "sentence" beyond this is a scraped page without full stops: it is divided at its commas, or else between words.
_MOST_WORDS = 100
_LONGEST_WORD = 200  # and so many characters are never more than a hundred words
_REACH = re.compile(rf"(?:\S+\s+){{0,{_MOST_WORDS - 1}}}\S{{1,{_LONGEST_WORD}}}")
_MOST_CHARACTERS = 1000
_NEXT = re.compile(r"\s*(\S?)")
_SPACE = re.compile(r"\s*")
_CLAUSE_END = re.compile(rf"[{araby.COMMA}{araby.SEMICOLON};,]\s+")


class SentenceEnd(Enum):
    """Sets of marks by whose last one a sentence is told from a heading, a link or a label; what may stand behind it.

    Where a sentence must not be lost, more marks count as its end; where a heading must not, fewer do: a heading may
    ask, and a headline exclaim as well. `SEPARATED` is the end of whatever stands before a teaser in the same line.
    """

    SENTENCE = ".؟!…", ""
    PARAGRAPH = ".!?؟…:؛،»”\"'’", " )]}"
    NO_HEADING = ".!…:؛;،,", f" {_CLOSING}"
    NO_HEADLINE = ".…:؛;،,", f" {_CLOSING}"
    QUESTION = "؟?", f" {_CLOSING}"
    SEPARATED = '.!?؟…»"”)]|', ""


def ends_sentence(text: str, end: SentenceEnd = SentenceEnd.SENTENCE) -> bool:
    """Whether a text ends with a mark of a set, and with nothing behind it but what may stand there."""
    marks, behind = end.value
    return text.rstrip(behind).endswith(tuple(marks))


def asks(sentence: str) -> bool:
    """Whether a sentence asks: by its last mark, where that does not only end words quoted in a statement."""
    if not ends_sentence(sentence, SentenceEnd.QUESTION):
        return False
    mark = max(sentence.rfind("؟"), sentence.rfind("?"))
    closing = [sign for sign in _OPENING.items() if sign[1] in sentence[mark:]]
    return all(sentence.rfind(opening, 0, mark) <= 0 for opening, _ in closing)


@dataclass(frozen=True, slots=True)
class Span:
    """A span of a text, `text[start:end]`, offsets in code points."""

    start: int
    end: int


def sentences(text: str) -> list[Span]:
    """Return the spans of a text's sentences: in order, disjoint, stripped, with only white space between them."""
    found, start = list[Span](), 0
    for end in (*_ends(text), len(text)):
        piece = text[start:end]
        if stripped := piece.strip():
            first = end - len(piece.lstrip())
            last = first + len(stripped)
            found += [Span(first, last)] if _is_short(stripped) else _pieces(text, first, last)
        start = end
    return found


def _ends(text: str) -> Iterator[int]:
    enclosures = _enclosures(text)
    starts = [start for start, _ in enclosures]
    for match in _END.finditer(text):
        line_break = match.group().startswith("\n")
        before = bisect_left(starts, match.start())
        enclosed = before > 0 and match.end() < enclosures[before - 1][1]
        if line_break or not (enclosed or _is_abbreviation(text, match)):
            yield match.end()


def _is_abbreviation(text: str, match: re.Match[str]) -> bool:
    """Whether a point belongs to the word before it, or the word after it goes on in lower case."""
    if match.group() != ".":
        return False
    before = text[max(0, match.start() - 12) : match.end()]
    # Whether there is anything to look for: a single sign before the point, a digit, or the end of a title.
    may_be = not before[-3:-2].isalnum() or before[-2:-1].isdecimal() or before[:-1].endswith(_TITLES)
    if may_be and any(pattern.search(before) for pattern in (_INITIAL, _ORDINAL, _TITLED)):
        return True
    after = _NEXT.match(text, match.end())
    return after is not None and after[1].islower()


def _enclosures(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of the outermost quotations and brackets that close within reach, in order."""
    found, position = [], 0
    while opening := _OPENS.search(text, position):
        start = opening.start()
        end = text.find(_OPENING[opening.group()], start + 1, start + _LONGEST_ENCLOSURE)
        if end >= 0:
            found.append((start, end + 1))
        position = max(start, end) + 1
    return found


def _is_short(sentence: str) -> bool:
    """Whether a stripped sentence is within reach of its start, as nearly all are."""
    if len(sentence) <= _LONGEST_WORD:
        return True
    words = sentence.split() if len(sentence) <= _MOST_CHARACTERS else ()
    return 0 < len(words) <= _MOST_WORDS and len(words[-1]) <= _LONGEST_WORD


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Divide an endless sentence at the last comma within reach, else between words, else anywhere."""
    while start < end:
        # At the end, or behind its hundredth word.
        match = _REACH.match(text, start, min(end, start + _MOST_CHARACTERS))
        reach = match.end() if match else end
        if reach < end:
            commas = [match.end() for match in _CLAUSE_END.finditer(text, start, reach)]
            reach = commas[-1] if commas else reach
        piece = text[start:reach]
        yield Span(start, start + len(piece.rstrip()))
        space = _SPACE.match(text, reach, end)
        start = space.end() if space else reach
