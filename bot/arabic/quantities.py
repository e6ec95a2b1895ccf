"""Quantities in a text: numbers with units, shares, sums, ages, dates, times, ranks and scores, each with its place."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from bot.arabic.dates import Date, dates_from_words
from bot.arabic.morphology import ARTICLE
from bot.arabic.normalise import normalise
from bot.arabic.numbers import Number, numbers_from_words
from bot.arabic.worded_quantities import (
    ENDS_HOUR,
    HEAT,
    HOUR,
    MAY_BEGIN,
    RANKED_AMONG,
    RANKS,
    TIMES,
    bare_rank,
    goals,
    hour,
    rank_behind,
    spell,
)
from bot.arabic.words import Word, words


class Kind(StrEnum):
    """What a quantity is of; `measure` is any physical unit that has no kind of its own."""

    NUMBER = "number"
    SHARE = "share"
    MONEY = "money"
    LENGTH = "length"
    AREA = "area"
    VOLUME = "volume"
    WEIGHT = "weight"
    TEMPERATURE = "temperature"
    MEASURE = "measure"
    DURATION = "duration"
    AGE = "age"
    DATE = "date"
    TIME = "time"
    RANK = "rank"
    SCORE = "score"
    TIMES = "times"


class Unit(NamedTuple):
    """A unit, by the first of its forms, and its kind."""

    kind: Kind
    name: str


class Score(NamedTuple):
    """The points of two sides, the more first: in a text from right to left nothing says whose are written first."""

    more: int
    fewer: int


Value = Decimal | Fraction | Date | time | Score


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value with the name of its unit, "" without, and its place `text[start:end]`; the figure ends at `behind`."""

    kind: Kind
    value: Value
    unit: str
    start: int
    behind: int
    end: int


_SIGNS = {
    **dict.fromkeys("%٪", Unit(Kind.SHARE, "%")),
    **{sign: Unit(Kind.MONEY, name) for sign, name in zip("$€£¥", ("دولار", "يورو", "جنيه", "ين"), strict=True)},
}
_BREAKS = re.compile(r"[.؟!؛:()\n]")
# Between two numbers of one unit: «بين 139 و479 دينارا», «3-6%».
_BETWEEN = re.compile(r"\s*+(?:و|إلى|الى|حتى|أو|او|[-–—])?\s*+")
_DIGITS = ("2", "3")
_POWERS = {
    **dict.fromkeys(("مربع", "مربعا", "مربعه", "2"), (Kind.AREA, "2")),
    **dict.fromkeys(("مكعب", "مكعبا", "مكعبه", "3"), (Kind.VOLUME, "3")),
}
_THIRDS = dict.fromkeys(("ثلثا", "ثلثي", "ثلثين", "ثلثان"), Fraction(2, 3))
_FRACTIONS = {"نصف": Fraction(1, 2), "ثلث": Fraction(1, 3), "ربع": Fraction(1, 4), **_THIRDS}
_FRACTIONS |= {proclitic + name: part for proclitic in "وبل" for name, part in _FRACTIONS.items()}
# «نصف النهائي» is a round of a cup.
_ROUNDS = frozenset({"نهايي", "النهايي"})
_YEAR, _YEARS_BEFORE = "سنه", 2
_LAST_HOUR, _DEGREE = 24, "درجه"
_CLOCK = re.compile(r"(?<![\d:.,])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?![\d:.])")
# Fifty of fifty drawn by lot from the 510 of the archive are scores: dates, hours and what has a unit aside.
_SCORE = re.compile(r"(?<![\d.,،:/–-])(?<!\d )(\d{1,2})( ?)[-–—]\2(\d{1,2})(?!\d|\s?[.,،:/–-]\s?\d)")
# Of basketball too: «20 مقابل 19», «79 ــــ67».
_LONG_SCORE = re.compile(r"(?<![\d.,،:/–-])(\d{1,3}) ?(?:مقابل|ـ{1,9}) ?(\d{1,3})(?!\d|\s?[.,،:/–-]\s?\d)")
# With what each needs: to look for it takes a fraction of the time.
_SCORES = ((_SCORE, "-–—"), (_LONG_SCORE, ("مقابل", "ـ")))


def unit_names(lists: Mapping[str, str]) -> dict[str, Unit]:
    """Read lists of units by kind, with commas between units, into the unit of each form in normal form."""
    groups = ((Kind(kind), normalise(unit).split()) for kind, text in lists.items() for unit in text.split(","))
    return {form: Unit(kind, forms[0]) for kind, forms in groups for form in forms}


class QuantityReader:
    """Reads quantities, given units by form, the phrases for «percent», and the nouns that an age stands behind."""

    def __init__(self, units: Mapping[str, Unit], percent: Iterable[tuple[str, ...]], age_nouns: Iterable[str]) -> None:
        self._phrases = dict.fromkeys(percent, Unit(Kind.SHARE, "%"))
        self.units = {**units, **{phrase[0]: unit for phrase, unit in self._phrases.items() if len(phrase) == 1}}
        # «سنه» is rather a year than his age.
        self._age_nouns = frozenset(age_nouns) - units.keys()
        # «يومين» is of «يوم», «ساعتين» of «ساعه».
        self._duals = {
            form: unit
            for form, unit in units.items()
            if form.endswith(("ان", "ين")) and {form[:-2], form[:-2].removesuffix("ت") + "ه"} & units.keys()
        }
        self._alone = frozenset((*self._duals, *_FRACTIONS, *MAY_BEGIN))

    def unit(self, normal: str) -> Unit | None:
        """Return the unit that a word in normal form is, with an article or without."""
        return self.units.get(normal) or self.units.get(normal.removeprefix(ARTICLE))

    def read(self, text: str, found: Sequence[Word] | None = None) -> list[Quantity]:
        """Read the quantities of a text, given its words or not, in order; no two share a character."""
        found = list(words(text)) if found is None else found
        starts = [word.start for word in found]
        numbers = numbers_from_words(found, text)
        read = [
            Quantity(Kind.DATE, date, "", date.start, date.end, date.end)
            for date in dates_from_words(found, text, numbers)
            # «1914 مترا» is no year.
            if date.month or not self._unit(text, found, bisect_left(starts, date.end), date.end)[0]
        ]
        read += (
            Quantity(Kind.TIME, time(int(one["hour"]), int(one["minute"])), "", one.start(), one.end(), one.end())
            for one in (_CLOCK.finditer(text) if numbers and ":" in text else ())
        )
        taken = {at for one in read for at in range(one.start, one.end)}
        apart = [one for one in numbers if taken.isdisjoint((one.start, one.end - 1))]
        measured = self._measured(text, found, starts, apart)
        scores = [score for score, marks in _SCORES if any(mark in text for mark in marks)] if len(measured) > 1 else ()
        for pair in chain.from_iterable(score.finditer(text) for score in scores):
            last = len(pair.groups())
            own, other = (measured.get(pair.start(side)) for side in (1, last))
            if own and other and own.kind is other.kind is Kind.NUMBER:
                score = Score(*sorted((int(pair[1]), int(pair[last])), reverse=True))
                del measured[other.start]
                measured[own.start] = Quantity(Kind.SCORE, score, "", pair.start(), pair.end(), pair.end())
        read += measured.values()
        if not self._alone.isdisjoint(normals := [word.normal for word in found]):
            alone = list(self._in_words(text, found, normals))
            ranked = {
                at
                for one in alone
                if one.kind in {Kind.RANK, Kind.TIME, Kind.TIMES}
                for at in range(one.start, one.end)
            }
            read = [one for one in read if one.start not in ranked]
            taken.update(at for one in read for at in range(one.start, one.end))
            read += (one for one in alone if one.start not in taken)
        return sorted(read, key=lambda one: one.start)

    def _measured(
        self, text: str, found: Sequence[Word], starts: Sequence[int], numbers: Sequence[Number]
    ) -> dict[int, Quantity]:
        """Read the units of numbers, by start; a number without has that of the next, «بين 139 و479 دينارا»."""
        read = dict[int, Quantity]()
        behind: Quantity | None = None
        for number in reversed(numbers):
            first, start = bisect_left(starts, number.start), number.start
            unit, end = self._unit(text, found, bisect_left(starts, number.end), number.end)
            if behind and behind.start < end:
                del read[behind.start]
            if unit is None and (unit := _SIGNS.get(text[max(start - 1, 0) : start])):
                start -= 1
            if unit is None and behind and behind.unit and _BETWEEN.fullmatch(text, number.end, behind.start):
                unit = Unit(behind.kind, behind.unit)
            near = [word.normal for word in found[max(first - _YEARS_BEFORE, 0) : first]]
            kind, name = unit or Unit(Kind.NUMBER, "")
            value: Value = number.value
            # «عمرو» is a name in news.
            if name in {"", _YEAR} and any(word in self._age_nouns and word[-1] != "و" for word in near):
                kind = Kind.AGE
            elif not name and near[-1:] == [HOUR] and number.value in range(_LAST_HOUR):
                kind, value = Kind.TIME, time(int(number.value))
            elif (
                not name
                and near
                and (near[-1] in RANKS or any(one.normal in RANKED_AMONG for one in found[first + 1 : first + 2]))
            ):
                kind = Kind.RANK
            elif not name and not HEAT.isdisjoint(near):
                kind, name = Kind.TEMPERATURE, _DEGREE
            behind = read[start] = Quantity(kind, value, name, start, number.end, end)
        return read

    def _unit(self, text: str, found: Sequence[Word], at: int, end: int) -> tuple[Unit | None, int]:
        """Return the unit that stands at a position of the words, behind a number, and its end."""
        if unit := _SIGNS.get(text[end : end + 2].strip()[:1]):
            return unit, text.index(text[end : end + 2].strip()[0], end) + 1
        if at == len(found) or _BREAKS.search(text, end, found[at].start):
            return None, end
        normals = tuple(word.normal for word in found[at : at + 2])
        for length in (2, 1):
            if unit := self._phrases.get(normals[:length]) or self.units.get("".join(normals[:length])):
                break
        else:
            return None, end
        last = at + min(length, len(normals))
        power = found[last].normal if last < len(found) and unit.kind is Kind.LENGTH else ""
        # «كم2», «كم²».
        if power in _POWERS and (power not in _DIGITS or found[last].start == found[last - 1].end):
            unit, last = Unit(_POWERS[power][0], unit.name + _POWERS[power][1]), last + 1
        return unit, found[last - 1].end

    def _in_words(self, text: str, found: Sequence[Word], normals: Sequence[str]) -> Iterator[Quantity]:
        """Yield what is no figure: units of two, «شهرين», fractions, ranks, hours, results, «ساعة ونصف»."""
        # Of hours alone the first word is none of those: «الثامنة صباحا».
        may_begin = [at for at, normal in enumerate(normals) if normal in self._alone or normal.endswith(ENDS_HOUR)]
        for at in may_begin:
            normal, start, end = found[at]
            if unit := self._duals.get(normal):
                yield Quantity(unit.kind, Decimal(2), unit.name, start, end, end)
            elif worded := next(self._worded(found, normals, at), None):
                yield worded
            elif normal in _FRACTIONS and _ROUNDS.isdisjoint(normals[at + 1 : at + 2]):
                unit, last = self._unit(text, found, at + 1, end)
                unit = unit or Unit(Kind.SHARE, "")
                yield Quantity(unit.kind, _FRACTIONS[normal], unit.name, start, end, last)
            elif (normal in RANKS or normal in TIMES) and (rank := rank_behind(normals, at)):
                last, kind = found[at + rank[1]].end, Kind.RANK if normal in RANKS else Kind.TIMES
                yield Quantity(kind, Decimal(rank[0]), "", found[at + 1].start, last, last)

    def _worded(self, found: Sequence[Word], normals: Sequence[str], at: int) -> Iterator[Quantity]:
        """Yield the spell of time, result, hour or rank that a word is, with the words around it."""
        _, start, end = found[at]
        if times := spell(normals[at]):
            unit = self.units.get(normals[at - 1]) if at else None
            is_counted = at > 1 and normals[at - 2][0].isdecimal()
            if unit and unit.kind is Kind.DURATION and not is_counted:
                yield Quantity(unit.kind, times, unit.name, found[at - 1].start, end, end)
        elif sides := goals(normals, at):
            yield Quantity(Kind.SCORE, Score(max(sides), min(sides)), "", start, end, end)
        elif (told := hour(normals, at)) is not None:
            yield Quantity(Kind.TIME, time(told), "", start, end, end)
        elif rank := bare_rank(normals, at):
            yield Quantity(Kind.RANK, Decimal(rank), "", start, end, end)
