"""The ways in which newspapers write a number: «30000000», «30 مليون», «ثلاثون مليون»."""

from collections.abc import Iterator
from decimal import Decimal

from bot.arabic.number_words import HUNDREDS, TENS, UNITS

_SCALES = ((Decimal(10) ** 9, "مليار"), (Decimal(10) ** 6, "مليون"), (Decimal(10) ** 3, "الف"))
_PLURALS = {"مليار": "مليارات", "مليون": "ملايين", "الف": "الاف"}
_FEW = range(3, 11)
_DECIMALS = 1000
_LARGEST = Decimal(10) ** 15
_WORDS = {**UNITS, **TENS, **HUNDREDS}
_NAMES = {value: [word for word, each in _WORDS.items() if each == value] for value in set(_WORDS.values())}
_ACCUSATIVE, _ENDINGS = "ا", {Decimal(1): "", Decimal(2): "ين"}
_TEN, _BEFORE_TEN = "عشر", {1: "احد", 2: "اثنا"}


def number_spellings(value: Decimal) -> Iterator[tuple[str, ...]]:
    """Yield the words in normal form by which a number may be written, in digits and words, with and without a scale.

    In words are whole numbers below a thousand and multiples of a scale by those, without «و» between the words.
    """
    if not 0 <= value < _LARGEST:
        return
    yield (_digits(value),)
    for scale, name in _SCALES:
        count = value / scale
        if count >= 1 and count * _DECIMALS == int(count * _DECIMALS):
            yield from _scaled(count, name)
            return
    yield from _in_words(value)


def _scaled(count: Decimal, name: str) -> Iterator[tuple[str, ...]]:
    """Say so many thousands or millions: «ثلاثه ملايين», «ثلاثون مليونا»; one and two are said by the noun alone."""
    for counted in (_PLURALS[name],) if count in _FEW else (name, name + _ACCUSATIVE):
        yield _digits(count), counted
        yield from ((*words, counted) for words in _in_words(count))
    if count in _ENDINGS:
        yield (name + _ENDINGS[count],)


def _in_words(count: Decimal) -> Iterator[tuple[str, ...]]:
    if count >= _DECIMALS or count != int(count):
        return
    hundreds, rest = divmod(int(count), 100)
    small = _below_hundred(rest) if rest or not hundreds else ()
    if not hundreds:
        yield small
    for hundred in _NAMES[100 * hundreds] if hundreds else ():
        yield hundred, *small


def _below_hundred(number: int) -> tuple[str, ...]:
    if number in _NAMES:
        return (_NAMES[number][0],)
    tens, unit = divmod(number, 10)
    if tens == 1:
        return _BEFORE_TEN.get(unit, _NAMES[unit][0]), _TEN
    return _NAMES[unit][0], _NAMES[10 * tens][0]


def _digits(value: Decimal) -> str:
    return f"{value.normalize():f}"
