"""Times, quantities and reasons in a passage: what a question that asks for one needs to find."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.answering.asks import Asks
from bot.answering.lexicon import Lexicon
from bot.answering.question import Question
from bot.arabic import dates, numbers, words

_YEAR = re.compile(r"1(?!000)\d{3}|20\d{2}")
_DIGIT = re.compile(r"\d")
_PROCLITICS, _ARTICLES = ("", "و", "ف", "ب", "ل", "وب", "ول"), ("", "ال", "بال", "لل")
_MOST_DIGITS_OF_A_TIME, _NEAR = 4, 2
# What is asked for, and as what it is found.
_FOUND_AS = {Asks.TIME: Asks.TIME, Asks.QUANTITY: Asks.QUANTITY, Asks.MONEY: Asks.QUANTITY, Asks.REASON: Asks.REASON}


def names_value(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Tell whether a text names what the question asks for, besides what the question itself says."""
    asks = _FOUND_AS.get(question.asks) if question.asks else None
    if asks is None:
        return False
    own = {term.normal for term in question.terms}
    taken = list(_taken(text, question, asks))
    found = list(words(text))
    normals = [word.normal for word in found]
    return any(
        _is_value(normals, at, asks, lexicon)
        for at, word in enumerate(found)
        if word.normal not in own and not any(start <= word.start < end for start, end in taken)
    )


def lacks_value(texts: Iterable[str], question: Question, lexicon: Lexicon) -> bool:
    """Tell whether a time or a quantity is asked for and no text names one but the question's own."""
    if question.asks not in {Asks.TIME, Asks.QUANTITY, Asks.MONEY}:
        return False
    return not any(names_value(text, question, lexicon) for text in texts)


def is_year(normal: str) -> bool:
    """Tell whether a word in normal form is a year of this millennium or the last; a thousand is a quantity."""
    return _YEAR.fullmatch(normal) is not None


def _taken(text: str, question: Question, asks: Asks) -> Iterator[tuple[int, int]]:
    """Yield the places that are no value: the question's own numbers and dates, and for «how many» every date."""
    counted = {one.number for one in question.equivalents if one.number is not None}
    dated = [one.date for one in question.equivalents if one.date is not None]
    if counted:
        yield from ((number.start, number.end) for number in numbers(text) if number.value in counted)
    if dated or (asks is Asks.QUANTITY and _DIGIT.search(text)):
        for date in dates(text):
            if asks is Asks.QUANTITY or any(own.includes(date) for own in dated):
                yield date.start, date.end


def _is_value(normals: Sequence[str], at: int, asks: Asks, lexicon: Lexicon) -> bool:
    normal = normals[at]
    if asks is Asks.TIME and normal.isdecimal() and len(normal) <= _MOST_DIGITS_OF_A_TIME:
        # «30 كتابا» is no time, «30 يوما» is, and so is 622 beside «عام».
        near = (*normals[max(at - _NEAR, 0) : at], *normals[at + 1 : at + 1 + _NEAR])
        units = (lexicon.time_units, lexicon.values[asks])
        return is_year(normal) or any(_is_among(word, each, _ARTICLES) for word in near for each in units)
    if asks is Asks.QUANTITY and normal[0].isdecimal() and not is_year(normal):
        return True
    return _is_among(normal, lexicon.values[asks], _PROCLITICS)


def _is_among(normal: str, marks: frozenset[str], prefixes: Sequence[str]) -> bool:
    return any(normal.startswith(prefix) and normal[len(prefix) :] in marks for prefix in prefixes)
