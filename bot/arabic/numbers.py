"""Numbers in a text, in digits or words: «30 مليون», «ثلاثين مليونا» and «30,000,000» have one value."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from bot.arabic.number_words import (
    BOUND_UNITS,
    COUNTED_SCALES,
    DEFINITE_FORMS,
    FORMS,
    HUNDRED,
    HUNDREDS,
    ONE_OR_TWO_SCALES,
    PARTS,
    SCALES,
    TEENS,
    TEN,
    TENS,
    TWO_SCALES,
    UNITS,
)
from bot.arabic.words import Word, words

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_NO_FORM = False, ""
_AND = "و"
_TANWIN = "\u064b"

_ONE, _HUNDRED = Decimal(1), Decimal(100)
_OWN_UNITS = {**UNITS, **BOUND_UNITS}
_ONES, _COUNTED_HUNDREDS = range(1, 10), range(3, 10)
Read = tuple[Decimal, int]
"""A value, and the index of the part behind it."""
Group = tuple[Decimal, Decimal, int]
"""A value, the scale that it counts, and the index of the part behind it."""


class NumberPart(NamedTuple):
    """A word of a number: the value of its digits, or its number word without proclitics.

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
    """Yield the words of a text that can be parts of numbers, in order."""
    last, last_end = -1, 0
    for at, word in enumerate(found):
        normal = word.normal
        joined, name = FORMS.get(normal, _NO_FORM)
        if not name and normal in DEFINITE_FORMS and _is_scale(text, found[at : at + 2]):
            joined, name = DEFINITE_FORMS[normal]
        digits = Decimal(normal) if normal[0].isdecimal() and _DIGITS.fullmatch(normal) else None
        if not name and digits is None:
            continue
        behind_and = at > 0 and found[at - 1].normal == _AND
        close = last >= 0 and last == at - 1 - behind_and and _is_space(text[last_end : word.start], joined=behind_and)
        followed = at + 1 < len(found) and _is_space(text[word.end : found[at + 1].start], joined=False)
        indefinite = _TANWIN in text[word.start : word.end]
        yield NumberPart(digits, name, joined or behind_and, close, followed, indefinite, word.start, word.end)
        last, last_end = at, word.end


def _is_scale(text: str, pair: Sequence[Word]) -> bool:
    """Tell whether a scale stands right behind a word: «الثلاثين مليون»."""
    if len(pair) == 1:
        return False
    word, behind = pair
    joined, name = FORMS.get(behind.normal, _NO_FORM)
    return name in COUNTED_SCALES and not joined and _is_space(text[word.end : behind.start], joined=False)


def _is_space(between: str, *, joined: bool) -> bool:
    return not (between.replace(_AND, "", 1) if joined else between).strip()


class NumberReader:
    """Reads the number that begins at a part, if a number does."""

    def __init__(self, parts: Sequence[NumberPart]) -> None:
        self._parts = parts

    def number(self, at: int) -> Read | None:
        """Read groups of falling scale: «مليونان | ومئتا ألف | وخمسون»."""
        group = self._group(at)
        if group is None:
            return None
        value, scale, at = group
        while self._follows(at, joined=True):
            if self._parts[at].name in PARTS:
                return self._with_part(value, scale, at)
            further = self._group(at)
            if further is None or further[0] >= scale:
                break
            value, scale, at = value + further[0], further[1], further[2]
        return value, at

    def _with_part(self, value: Decimal, scale: Decimal, at: int) -> Read:
        """Read the half of «مليون ونصف» and of «مليون ونصف المليون»."""
        repeated = SCALES.get(self._name(at + 1, SCALES))
        return value + PARTS[self._parts[at].name] * scale, at + 2 if repeated == scale else at + 1

    def _group(self, at: int) -> Group | None:
        """Read a count of a scale: «خمسون ألفا», «مليونان», «نصف مليار», «250»."""
        name = self._parts[at].name
        if name in PARTS:
            part = self._name(at + 1, SCALES)
            return (PARTS[name] * SCALES[part], _ONE, at + 2) if part else None
        group = self._scale(at) or self._plain(at)
        if group is None:
            return None
        value, scale, at = group
        while (name := self._name(at, COUNTED_SCALES)) and COUNTED_SCALES[name] > scale:
            value, scale, at = value * COUNTED_SCALES[name], COUNTED_SCALES[name], at + 1
        return value, scale, at

    def _scale(self, at: int) -> Group | None:
        """Read a scale that no number counts: «ألف», «مليونين», «ألفا دولار»."""
        part = self._parts[at]
        if part.name in SCALES:
            return SCALES[part.name], SCALES[part.name], at + 1
        if part.name in TWO_SCALES:
            return 2 * TWO_SCALES[part.name], TWO_SCALES[part.name], at + 1
        if part.name in ONE_OR_TWO_SCALES:
            scale = ONE_OR_TWO_SCALES[part.name]
            is_two = part.followed and not part.indefinite and not self._follows(at + 1, joined=True)
            return (2 if is_two else 1) * scale, scale, at + 1
        return None

    def _plain(self, at: int) -> Group | None:
        digits = self._parts[at].digits
        if digits is not None:
            return digits, _ONE, at + 1
        read = self._below_thousand(at)
        return (read[0], _ONE, read[1]) if read else None

    def _below_thousand(self, at: int) -> Read | None:
        name = self._parts[at].name
        if name in HUNDREDS:
            value, at = Decimal(HUNDREDS[name]), at + 1
        elif UNITS.get(name, 0) in _COUNTED_HUNDREDS and self._name(at + 1, HUNDRED):
            value, at = UNITS[name] * _HUNDRED, at + 2
        else:
            return self._below_hundred(at)
        rest = self._rest(at) if self._follows(at, joined=True) else None
        return (value + rest[0], rest[1]) if rest else (value, at)

    def _rest(self, at: int) -> Read | None:
        """Read what follows hundreds: «وخمسة وعشرون», «و50»."""
        digits = self._parts[at].digits
        if digits is not None:
            return (digits, at + 1) if digits < _HUNDRED else None
        return self._below_hundred(at)

    def _below_hundred(self, at: int) -> Read | None:
        name = self._parts[at].name
        if name in TEENS or name in TENS:
            return Decimal(TEENS.get(name) or TENS[name]), at + 1
        unit = _OWN_UNITS.get(name, 0)
        if unit in _ONES:
            if self._name(at + 1, TEN):
                return Decimal(10 + unit), at + 2
            if tens := self._name(at + 1, TENS, joined=True):
                return Decimal(unit + TENS[tens]), at + 2
        return (Decimal(UNITS[name]), at + 1) if name in UNITS else None

    def _name(self, at: int, names: Collection[str], *, joined: bool = False) -> str:
        """Return the number word at a position if it is in `names` and continues the word before, else ""."""
        name = self._parts[at].name if self._follows(at, joined=joined) else ""
        return name if name in names else ""

    def _follows(self, at: int, *, joined: bool) -> bool:
        return at < len(self._parts) and self._parts[at].close and self._parts[at].joined is joined


@dataclass(frozen=True, slots=True)
class Number:
    """A number and its span: `text[start:end]` is how it is written, with the proclitics of its first word."""

    value: Decimal
    start: int
    end: int


def numbers(text: str) -> list[Number]:
    """Find the numbers of a text in order; vague number words (آلاف، عشرات) are none.

    Numbers in words follow the grammar of written Arabic, ones before tens and «و» between parts of falling size, in
    standard and dialect forms; digits take scale words («1.5 مليار») and further parts («3 ملايين و500 ألف»).
    """
    return numbers_from_words(list(words(text)), text)


def numbers_from_words(found: Sequence[Word], text: str) -> list[Number]:
    """Find the numbers of a text, given its words."""
    parts = list(number_parts(text, found))
    reader = NumberReader(parts)
    read_numbers, position = list[Number](), 0
    while position < len(parts):
        read = reader.number(position)
        if read is None:
            position += 1
            continue
        value, behind = read
        read_numbers.append(Number(value, parts[position].start, parts[behind - 1].end))
        position = behind
    return read_numbers
