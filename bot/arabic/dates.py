"""Dates in a text, in any spelling: «12 أبريل/نيسان 2025», «2025-04-12», «السابع من أيار»."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product

from bot.arabic.months import MONTH_WORDS, is_unambiguous_month, may_name_months, month_number, with_months
from bot.arabic.morphology import ARTICLE, CONJUNCTIONS, DEFINITE_PREPOSITIONS, PREPOSITIONS
from bot.arabic.numbers import Number, numbers_from_words
from bot.arabic.words import Word, words

_UNITS = ["الاول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع"]
_BEFORE_TENS = ["الحادي", *_UNITS[1:]]
_TENS = {"العشرين": 20, "العشرون": 20, "الثلاثين": 30, "الثلاثون": 30}
_ALONE = {**{name: day for day, name in enumerate(_UNITS, 1)}, "العاشر": 10, **_TENS}
_WITH_TENS = {
    **{(unit, "عشر"): 10 + day for day, unit in enumerate(_BEFORE_TENS, 1)},
    **{(unit, "و" + tens): value + day for day, unit in enumerate(_BEFORE_TENS, 1) for tens, value in _TENS.items()},
}

_IN_DIGITS = re.compile(
    r"(?<![\d./-])(?:(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})"
    r"|(?P<first>\d{1,2})([-/.])(?P<middle>\d{1,2})\6(?P<last>\d{4}))(?![\d/-])"
)
# Most texts have none, and to look for this takes a fifth of the time.
_BEGINS_IN_DIGITS = re.compile(r"\d[-./]\d{1,2}[-./]\d")
_LAST_MONTH, _LAST_DAY, _LAST_YEAR, _DIGITS_OF_YEAR = 12, 31, 2099, 4
_BEFORE_YEAR_WORD = ("", ARTICLE, *PREPOSITIONS, *DEFINITE_PREPOSITIONS, "و")
_YEAR_WORDS = frozenset(prefix + word for word in ("عام", "سنه") for prefix in _BEFORE_YEAR_WORD)
_OF = frozenset({"من", "شهر", "لشهر"})

_YEAR = re.compile(r"1(?!000)\d{3}|20\d{2}")


def ordinal_before(normals: Sequence[str], end: int) -> tuple[int, int]:
    """Read the ordinal day that ends before a position in normal forms: (day, first word), or (0, `end`)."""
    if end >= len(("الثاني", "عشر")) and (
        day := _WITH_TENS.get((_without_proclitic(normals[end - 2]), normals[end - 1]))
    ):
        return day, end - 2
    if end and (day := _ALONE.get(_without_proclitic(normals[end - 1]))):
        return day, end - 1
    return 0, end


def _without_proclitic(normal: str) -> str:
    """Return an ordinal without the preposition or conjunction written onto it."""
    return normal[1:] if normal[:1] in (*CONJUNCTIONS, *PREPOSITIONS) and normal[1:3] == ARTICLE else normal


DateParts = tuple[int | None, int | None, int | None]
"""Year, month and day of a date; None where it has none."""


@dataclass(frozen=True, slots=True)
class Date:
    """A date and its span, `text[start:end]`; parts that the text does not state are None."""

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int

    def includes(self, other: "Date") -> bool:
        """Whether this date states all parts of another: «12 نيسان 2025» includes «أبريل 2025»."""
        return other.parts in self.included_parts

    @property
    def parts(self) -> DateParts:
        """Its year, month and day."""
        return self.year, self.month, self.day

    @property
    def included_parts(self) -> frozenset[DateParts]:
        """The parts of all dates that it includes, its own among them."""
        return frozenset(product({self.year, None}, {self.month, None}, {self.day, None}))


def dates(text: str) -> list[Date]:
    """Find the dates of a text in order: days, months and years, together or alone; weekdays and hours are left out."""
    return dates_from_words(list(words(text)), text)


def dates_from_words(found: Sequence[Word], text: str, numbers: Sequence[Number] | None = None) -> list[Date]:
    """Find the dates of a text, given its words, and its numbers where they are known."""
    read, taken = list[Date](), set[int]()
    numbers = numbers_from_words(found, text) if numbers is None else numbers
    has_words = bool(numbers) or not MONTH_WORDS.isdisjoint(word.normal for word in found)
    for date in chain(_in_digits(text), _Reader(found, numbers).dates() if has_words else ()):
        places = range(date.start, date.end)
        # A date in digits is certain; no character belongs to two dates.
        if taken.isdisjoint(places):
            taken.update(places)
            read.append(date)
    return sorted(read, key=lambda date: date.start)


def _in_digits(text: str) -> Iterator[Date]:
    """Yield the dates in digits; «04/17/2025» is the American way."""
    for match in _IN_DIGITS.finditer(text) if _BEGINS_IN_DIGITS.search(text) else ():
        parts = ("year", "month", "day") if match["year"] else ("last", "middle", "first")
        year, month, day = map(int, match.group(*parts))
        if _LAST_MONTH < month <= _LAST_DAY and day <= _LAST_MONTH:
            month, day = day, month
        if 0 < month <= _LAST_MONTH and 0 < day <= _LAST_DAY:
            yield Date(year, month, day, match.start(), match.end())


class _Reader:
    """Reads the dates that are written in words, by word index."""

    def __init__(self, found: Sequence[Word], numbers: Sequence[Number]) -> None:
        self._normals = [normal for normal, _, _ in found]
        self._starts, self._ends = [start for _, start, _ in found], [end for _, _, end in found]
        if may_name_months(self._normals):
            runs = list(with_months(self._normals))
            self._normals = [normal for _, _, normal in runs]
            self._starts = [found[start].start for start, _, _ in runs]
            self._ends = [found[stop - 1].end for _, stop, _ in runs]
        self._numbers = {number.start: number for number in numbers}

    def dates(self) -> Iterator[Date]:
        """Yield the dates: each has a month or a number, and most words are neither."""
        behind, words = 0, enumerate(zip(self._normals, self._starts, strict=True))
        places = [at for at, (normal, start) in words if normal in MONTH_WORDS or start in self._numbers]
        for at in places:
            if at < behind:
                continue
            normal = self._normals[at]
            month = month_number(normal) or None
            day, first = self._day_before(at) if month else (None, at)
            year, behind = self._year_behind(at + 1) if month else self._year(at)
            if year or day or (month and is_unambiguous_month(normal)):
                yield Date(year, month, day, self._starts[first], self._ends[behind - 1])

    def _day_before(self, at: int) -> tuple[int | None, int]:
        """Read the day before a month: «12 أبريل», «12 من شهر أبريل», «الثاني عشر من أبريل»."""
        end = at
        while end and self._normals[end - 1] in _OF:
            end -= 1
        before = self._normals[end - 1] if end else ""
        if before.isdecimal() and 0 < int(before[:3]) <= _LAST_DAY:
            return int(before), end - 1
        day, first = ordinal_before(self._normals, end)
        return (day, first) if day else (None, at)

    def _year_behind(self, at: int) -> tuple[int | None, int]:
        """Read the year behind a month: «أبريل 2025», «أبريل من عام 2025»."""
        end = at
        while end < len(self._normals) and self._normals[end] in _OF | _YEAR_WORDS:
            end += 1
        year, behind = self._year(end, behind_month=True)
        return (year, behind) if year else (None, at)

    def _year(self, at: int, *, behind_month: bool = False) -> tuple[int | None, int]:
        """Read a year: any number behind «عام» and «سنة», four digits behind a month, or else if they are not round."""
        number = self._numbers.get(self._starts[at]) if at < len(self._starts) else None
        # The limits come first: to make an integer of many digits takes a time that grows with their square.
        if number is None or not 0 < number.value <= _LAST_YEAR or number.value != int(number.value):
            return None, at
        in_digits = self._normals[at].isdecimal() and len(self._normals[at]) == _DIGITS_OF_YEAR
        is_likely = in_digits and (behind_month or number.value % 1000 > 0)
        is_year = is_likely or (at > 0 and self._normals[at - 1] in _YEAR_WORDS)
        behind = at + 1
        while behind < len(self._starts) and self._starts[behind] < number.end:
            behind += 1
        return (int(number.value), behind) if is_year else (None, at)


def is_year(normal: str) -> bool:
    """Whether a word in normal form is a year of this millennium or the last; a thousand is a quantity."""
    return _YEAR.fullmatch(normal) is not None
