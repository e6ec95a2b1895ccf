"""Date ranges as people type them: «آذار 2026», «الشهر الماضي», "March 9th, 2026", "la semaine dernière"."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from bot.arabic.dates import dates
from bot.arabic.months import month_name
from bot.arabic.normalise import normalise
from bot.arabic.words import normal_words, words

# English and French, January first, without accents.
_NAMES = (
    "january jan janvier janv",
    "february feb fevrier fevr fev",
    "march mar mars",
    "april apr avril avr",
    "may mai",
    "june jun juin",
    "july jul juillet juil",
    "august aug aout",
    "september sep sept septembre",
    "october oct octobre",
    "november nov novembre",
    "december dec decembre",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_ACCENTS = str.maketrans("éèêû", "eeeu")
_WORD = re.compile(r"[a-z]+\.?")
_GRAMMAR = re.compile(r"(?<=\d)(?:st|nd|rd|th|er)\b|\b(?:of|the|in|on|le|en|de|mois)\b")
_MONTH_FIRST = re.compile(r"(\D*[^\d\s])\s*+(\d{1,2})(?:(?:\s*[,،])?+\s++(\d{4}))?")

DateRange = tuple[date, date]
"""The first day and the last."""
_MOST_CHARACTERS = 100
_YEAR_AND_MONTH = re.compile(r"(?:(\d{1,2})[-/.])?([12]\d{3})|([12]\d{3})[-/.](\d{1,2})")
_BESIDE_DATE = frozenset(["عام", "العام", "سنه", "السنه", "شهر", "يوم", "في", "م", "ميلادي", "ميلاديه"])
_DAYS_AGO = {
    **dict.fromkeys(("اليوم", "النهارده", "today", "aujourd'hui"), 0),
    **dict.fromkeys(("امس", "البارحه", "امبارح", "مبارح", "yesterday", "hier"), 1),
    **dict.fromkeys(("اول امس", "اول من امس", "avant hier"), 2),
}
_UNITS = {
    **dict.fromkeys(("اسبوع", "الاسبوع", "week", "semaine"), "week"),
    **dict.fromkeys(("شهر", "الشهر", "month", "mois"), "month"),
    **dict.fromkeys(("سنه", "السنه", "عام", "العام", "year", "an", "l'an", "annee", "l'annee"), "year"),
}
_THIS = frozenset(["هذا", "هذه", "الحالي", "الحاليه", "الجاري", "الجاريه", "this", "current", "ce", "cette"])
_LAST = frozenset(
    [
        *("الماضي", "الماضيه", "الفايت", "الفايته", "المنصرم", "المنصرمه", "السابق", "السابقه"),
        *("last", "past", "previous", "dernier", "derniere", "passe", "passee"),
    ]
)
# «The last week», «ce mois-ci».
_BESIDE_UNIT = frozenset({"the", "le", "la", "ci"})
# As most Arab calendars have it; `date.weekday` counts from Monday.
_SATURDAY = 5
_DAYS_OF_WEEK = 7


def latin_date_to_arabic(normal: str) -> str:
    """Translate the English or French month name of a date in normal form, and put its day before its month."""
    named = _WORD.sub(_month, _GRAMMAR.sub("", normal.translate(_ACCENTS))).strip()
    match = _MONTH_FIRST.fullmatch(named)
    return match.expand(r"\2 \1 \3") if match else named


def _month(match: re.Match[str]) -> str:
    number = _MONTHS.get(match[0].rstrip("."))
    return month_name(number) if number else match[0]


def date_range(text: str, today: date) -> DateRange | None:
    """Return the range of a text that states a day, a week, a month or a year and nothing else, or None.

    «أمس» and «last month» count from `today`; a week begins on Saturday.
    """
    if len(text) > _MOST_CHARACTERS:
        return None
    try:
        said = [word.translate(_ACCENTS) for word in normal_words(text)]
        return _relative([word for word in said if word not in _BESIDE_UNIT], today) or _absolute(
            latin_date_to_arabic(normalise(text)), today
        )
    except (ValueError, OverflowError):  # a day that its month has not, or one before all calendars
        return None


def _relative(said: Sequence[str], today: date) -> DateRange | None:
    """Read «اليوم», «الأسبوع الماضي», «this month», given as normal forms."""
    if (ago := _DAYS_AGO.get(" ".join(said))) is not None:
        return today - timedelta(ago), today - timedelta(ago)
    units = [_UNITS[word] for word in said if word in _UNITS]
    others = [word for word in said if word not in _UNITS]
    if len(units) != 1 or len(others) != 1 or others[0] not in _THIS | _LAST:
        return None
    current = _unit_around(today, units[0])
    return current if others[0] in _THIS else _unit_around(current[0] - timedelta(1), units[0])


def _unit_around(day: date, unit: str) -> DateRange:
    """Return the week, month or year of a day."""
    if unit == "week":
        first = day - timedelta((day.weekday() - _SATURDAY) % _DAYS_OF_WEEK)
        return first, first + timedelta(_DAYS_OF_WEEK - 1)
    return _range(day.year, day.month if unit == "month" else None, None)


def _range(year: int, month: int | None, day: int | None) -> DateRange:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    return date(year, month, day or 1), date(year, month, day or monthrange(year, month)[1])


def _absolute(written: str, today: date) -> DateRange | None:
    """Read a date in digits, or in words of which the month is Arabic; a day of no year is the last before tomorrow."""
    if match := _YEAR_AND_MONTH.fullmatch(written):
        month = match[1] or match[4]
        return _range(int(match[2] or match[3]), int(month) if month else None, None)
    found = dates(written)
    if len(found) != 1 or not (found[0].year or (found[0].month and found[0].day)):
        return None
    year = found[0].year or today.year - ((found[0].month or 0, found[0].day or 0) > (today.month, today.day))
    beside = (word.normal for word in words(written) if not found[0].start <= word.start < found[0].end)
    return _range(year, found[0].month, found[0].day) if _BESIDE_DATE.issuperset(beside) else None
