"""English dates in Arabic words: «March 9th, 2026» is «9 مارس 2026»."""

import re

from bot.arabic.months import month_name

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


def in_arabic(normal: str) -> str:
    """Give the months of a date in normal form their Arabic names, and put its day before its month."""
    named = _WORD.sub(_month, _GRAMMAR.sub("", normal)).strip()
    match = _MONTH_FIRST.fullmatch(named)
    return match.expand(r"\2 \1 \3") if match else named


def _month(match: re.Match[str]) -> str:
    number = _MONTHS.get(match[0].rstrip("."))
    return month_name(number) if number else match[0]
