"""Times, quantities and reasons in a passage: what a question that asks for one needs to find."""

from collections.abc import Collection

from bot.answering.lexicon import Asks, Lexicon
from bot.answering.question import Question
from bot.arabic import normal_words

_PROCLITICS = ("", "و", "ف", "ب", "ل", "وب", "ول")


def names_value(text: str, question: Question, lexicon: Lexicon) -> bool:
    """Tell whether a text names what the question asks for, besides the words of the question itself."""
    asks = question.asks
    if asks is None or asks not in lexicon.values:
        return False
    own = {term.normal for term in question.terms}
    return any(_is_value(normal, lexicon.values[asks], asks) for normal in normal_words(text) if normal not in own)


def _is_value(normal: str, marks: Collection[str], asks: Asks) -> bool:
    if asks is not Asks.REASON and any(map(str.isdigit, normal)):
        return True
    return any(normal.startswith(proclitic) and normal[len(proclitic) :] in marks for proclitic in _PROCLITICS)
