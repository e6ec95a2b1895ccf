"""Other years and numbers than one of a question, written as it is."""

import re
from collections.abc import Iterator

from bot.arabic.dates import is_year

_DIGIT = re.compile(r"\d")
_YEARS_AWAY = 60
_LATEST_YEAR = 2025
_MOST_DIGITS = 3


def other_numbers(written: str, normal: str) -> Iterator[tuple[str, str]]:
    """Yield numbers for another, in normal form and as they are written: years near a year, past ones for a past one.

    Another whole number gives way to those with as many digits and noughts at its end, one with decimals to none.
    """
    numbers = _years(int(normal)) if is_year(normal) else _alike(normal) if normal.isdecimal() else []
    for number in numbers:
        digits = iter(number)
        yield number, "".join(_like(next(digits), each) if _DIGIT.match(each) else each for each in written)


def _years(year: int) -> list[str]:
    latest = max(year, min(year + _YEARS_AWAY, _LATEST_YEAR))
    years = [str(other) for other in range(year - _YEARS_AWAY, latest + 1) if other != year]
    return [other for other in years if is_year(other)]


def _alike(normal: str) -> list[str]:
    leading = normal.rstrip("0")[:_MOST_DIGITS] or "0"
    first = 10 ** (len(leading) - 1)
    rest = normal[len(leading) :]
    return [f"{number}{rest}" for number in range(first, first * 10) if number % 10 and str(number) != leading]


def _like(digit: str, written: str) -> str:
    """Write a digit in the script of another: Western, Arabic-Indic or Persian."""
    return chr(ord(written) - int(written) + int(digit))
