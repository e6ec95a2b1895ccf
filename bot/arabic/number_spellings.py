"""The ways in which newspapers write a number: «30000000», «30 مليون»."""

from collections.abc import Iterator
from decimal import Decimal

_SCALES = ((Decimal(10) ** 9, "مليار"), (Decimal(10) ** 6, "مليون"), (Decimal(10) ** 3, "الف"))
_PLURALS = {"مليار": "مليارات", "مليون": "ملايين", "الف": "الاف"}
_FEW = range(3, 11)
_DECIMALS = 1000
_LARGEST = Decimal(10) ** 15


def number_spellings(value: Decimal) -> Iterator[tuple[str, ...]]:
    """Yield the words in normal form by which a number may be written in digits, with and without a scale."""
    if not 0 <= value < _LARGEST:
        return
    yield (_digits(value),)
    for scale, name in _SCALES:
        count = value / scale
        if count >= 1 and count * _DECIMALS == int(count * _DECIMALS):
            yield _digits(count), _PLURALS[name] if count in _FEW else name
            return


def _digits(value: Decimal) -> str:
    return f"{value.normalize():f}"
