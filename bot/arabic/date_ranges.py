"""The days that a person means by what they type: «آذار 2026», «الشهر الماضي», "March 9th, 2026"."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from bot.arabic.dates import Date, dates
from bot.arabic.months import month_name
from bot.arabic.normalise import normalise
from bot.arabic.words import normal_words, words

_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTHS = {**{written: number for number, name in enumerate(_NAMES, 1) for written in (name, name[:3])}, "sept": 9}
_WORD = re.compile(r"[a-z]+\.?")
_GRAMMAR = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b|\b(?:of|the|in|on)\b")
_MONTH_FIRST = re.compile(r"(\D*[^\d\s])\s*+(\d{1,2})(?:\s*[,،])?+\s++(\d{4})")

DateRange = tuple[date, date]
"""The first day and the last."""
_MOST_CHARACTERS = 100
_YEAR_AND_MONTH = re.compile(r"(?:(\d{1,2})[-/.])?([12]\d{3})|([12]\d{3})[-/.](\d{1,2})")
_BESIDE_DATE = frozenset(["عام", "العام", "سنه", "السنه", "شهر", "يوم", "في", "م", "ميلادي", "ميلاديه"])
_DAYS_AGO = {
    **dict.fromkeys(("اليوم", "النهارده", "today"), 0),
    **dict.fromkeys(("امس", "البارحه", "امبارح", "مبارح", "yesterday"), 1),
    **dict.fromkeys(("اول امس", "اول من امس"), 2),
}
_UNITS = {
    **dict.fromkeys(("اسبوع", "الاسبوع", "week"), "week"),
    **dict.fromkeys(("شهر", "الشهر", "month"), "month"),
    **dict.fromkeys(("سنه", "السنه", "عام", "العام", "year"), "year"),
}
_THIS = frozenset(["هذا", "هذه", "الحالي", "الحاليه", "الجاري", "الجاريه", "this", "current"])
_LAST = frozenset(
    ["الماضي", "الماضيه", "الفايت", "الفايته", "المنصرم", "المنصرمه", "السابق", "السابقه", "last", "past", "previous"]
)
# As most Arab calendars have it; `date.weekday` counts from Monday.
_SATURDAY = 5
_DAYS_OF_WEEK = 7


def english_date_to_arabic(normal: str) -> str:
    """Give the months of a date in normal form their Arabic names, and put its day before its month."""
    named = _WORD.sub(_month, _GRAMMAR.sub("", normal)).strip()
    match = _MONTH_FIRST.fullmatch(named)
    return match.expand(r"\2 \1 \3") if match else named


def _month(match: re.Match[str]) -> str:
    number = _MONTHS.get(match[0].rstrip("."))
    return month_name(number) if number else match[0]


def date_range(text: str, today: date) -> DateRange | None:
    """Return the days that a text means by a day, a week, a month or a year and nothing else, or None.

    «أمس» and «last month» count from `today`; a week begins on Saturday.
    """
    if len(text) > _MOST_CHARACTERS:
        return None
    try:
        return _relative(normal_words(text), today) or _absolute(english_date_to_arabic(normalise(text)))
    except (ValueError, OverflowError):  # a day that its month has not, or one before all calendars
        return None


def _relative(said: Sequence[str], today: date) -> DateRange | None:
    """Read «اليوم», «الأسبوع الماضي», «this month» in normal forms."""
    if (ago := _DAYS_AGO.get(" ".join(said))) is not None:
        return today - timedelta(ago), today - timedelta(ago)
    units = [_UNITS[word] for word in said if word in _UNITS]
    others = [word for word in said if word not in _UNITS]
    if len(units) != 1 or len(others) != 1 or others[0] not in _THIS | _LAST:
        return None
    current = _around(today, units[0])
    return current if others[0] in _THIS else _around(current[0] - timedelta(1), units[0])


def _around(day: date, unit: str) -> DateRange:
    """Return the week, the month or the year that a day is in."""
    if unit == "week":
        first = day - timedelta((day.weekday() - _SATURDAY) % _DAYS_OF_WEEK)
        return first, first + timedelta(_DAYS_OF_WEEK - 1)
    return _period(day.year, day.month if unit == "month" else None, None)


def _period(year: int, month: int | None, day: int | None) -> DateRange:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    return date(year, month, day or 1), date(year, month, day or monthrange(year, month)[1])


def _absolute(written: str) -> DateRange | None:
    """Read a date in digits, or in words of which the month is Arabic."""
    if match := _YEAR_AND_MONTH.fullmatch(written):
        month = match[1] or match[4]
        return _period(int(match[2] or match[3]), int(month) if month else None, None)
    found = dates(written)
    if len(found) != 1 or found[0].year is None or not _is_all(found[0], written):
        return None
    return _period(found[0].year, found[0].month, found[0].day)


def _is_all(found: Date, written: str) -> bool:
    """Tell whether a text says a date and nothing else."""
    beside = (word.normal for word in words(written) if not found.start <= word.start < found.end)
    return _BESIDE_DATE.issuperset(beside)
