"""Times, quantities and reasons in a passage: what a question that asks for one needs to find."""

import re
from collections.abc import Collection, Iterable

from bot.answering.lexicon import Asks, Lexicon
from bot.answering.question import Question
from bot.arabic import normal_words

_YEAR = re.compile(r"1(?!000)\d{3}|20\d{2}")
_MOST_DIGITS_OF_A_TIME = 4
_PROCLITICS = ("", "و", "ف", "ب", "ل", "وب", "ول")


def names_value(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Tell whether a text names what the question asks for, besides the words of the question itself."""
    asks = question.asks
    if asks is None or asks not in lexicon.values:
        return False
    own = {term.normal for term in question.terms}
    return any(_is_value(normal, lexicon.values[asks], asks) for normal in normal_words(text) if normal not in own)


def lacks_value(texts: Iterable[str], question: Question, lexicon: Lexicon) -> bool:
    """Tell whether a time or a quantity is asked for and no text names one but the question's own."""
    if question.asks not in {Asks.TIME, Asks.QUANTITY}:
        return False
    return not any(names_value(text, question, lexicon) for text in texts)


def is_year(normal: str) -> bool:
    """Tell whether a word in normal form is a year of this millennium or the last; a thousand is a quantity."""
    return _YEAR.fullmatch(normal) is not None


def _is_value(normal: str, marks: Collection[str], asks: Asks) -> bool:
    # «30 مليون» is no time, and 2022 no quantity.
    if asks is Asks.TIME and normal.isdecimal() and len(normal) <= _MOST_DIGITS_OF_A_TIME:
        return True
    if asks is Asks.QUANTITY and normal[0].isdecimal() and not is_year(normal):
        return True
    return any(normal.startswith(proclitic) and normal[len(proclitic) :] in marks for proclitic in _PROCLITICS)
