"""The grammar of numbers: from the parts that stand next to each other to one value."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from bot.arabic.number_parts import NumberPart
from bot.arabic.number_words import (
    BOUND_UNITS,
    COUNTED_SCALES,
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

_ONE, _HUNDRED = Decimal(1), Decimal(100)
_OWN_UNITS = {**UNITS, **BOUND_UNITS}
_ONES, _COUNTED_HUNDREDS = range(1, 10), range(3, 10)
Read = tuple[Decimal, int]
"""A value, and the position behind it."""
Group = tuple[Decimal, Decimal, int]
"""A value, the scale that it counts, and the position behind it."""


class NumberReader:
    """Reads the number that begins at a part, where one does."""

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
        """Return the number word at a position if it is one of some and goes on from the word before, else nothing."""
        name = self._parts[at].name if self._follows(at, joined=joined) else ""
        return name if name in names else ""

    def _follows(self, at: int, *, joined: bool) -> bool:
        return at < len(self._parts) and self._parts[at].close and self._parts[at].joined is joined
