"""The words of a text that can be parts of numbers: what each counts, and how it hangs together with the one before."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from bot.arabic.number_words import FORMS
from bot.arabic.words import Word

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_NO_FORM = False, ""
_AND = "و"
_TANWIN = "\u064b"


class NumberPart(NamedTuple):
    """A word that counts: the value of its digits, or else its number word without what is written onto it.

    `close` tells whether nothing but space, and «و» where it is `joined`, stands between it and the part before;
    `followed` whether a word stands behind it with nothing but space between; `indefinite` whether it has tanwin.
    """

    digits: Decimal | None
    name: str
    joined: bool
    close: bool
    followed: bool
    indefinite: bool
    start: int
    end: int


def number_parts(text: str, found: Sequence[Word]) -> Iterator[NumberPart]:
    """Read the words of a text that can be parts of numbers, in order."""
    last, last_end = -1, 0
    for at, word in enumerate(found):
        normal = word.normal
        joined, name = FORMS.get(normal, _NO_FORM)
        digits = Decimal(normal) if normal[0].isdecimal() and _DIGITS.fullmatch(normal) else None
        if not name and digits is None:
            continue
        behind_and = at > 0 and found[at - 1].normal == _AND
        close = last >= 0 and last == at - 1 - behind_and and _is_space(text[last_end : word.start], joined=behind_and)
        followed = at + 1 < len(found) and _is_space(text[word.end : found[at + 1].start], joined=False)
        indefinite = _TANWIN in text[word.start : word.end]
        yield NumberPart(digits, name, joined or behind_and, close, followed, indefinite, word.start, word.end)
        last, last_end = at, word.end


def _is_space(between: str, *, joined: bool) -> bool:
    return not (between.replace(_AND, "", 1) if joined else between).strip()
