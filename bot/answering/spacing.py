"""Spaces that people leave out behind question words and letters that end a word: «ماسبب», «كمعدد», «متىبدأت»."""

from functools import partial

from bot.answering.asks import Asks
from bot.answering.lexicon import Lexicon
from bot.arabic import split_ended, with_spaces

_WHAT, _HOW_MANY, _ARTICLE = "ما", "كم", "ال"
# No word begins like these: «ماذايحدث», «ماالسبب».
_BEGINS_NO_WORD, _LEAST_BEHIND = ("لماذا", "ماذا", "ماال"), 2
# «مالون» is a name: a short attribute behind «ما» is chance.
_LEAST_OF_ATTRIBUTE = 4
_COUNTED = frozenset({Asks.QUANTITY, Asks.MONEY, Asks.TIME})


def with_missing_spaces(text: str, lexicon: Lexicon) -> str:
    """Put the spaces into a question that are missing in any coverage; what depends on one is not touched."""
    return with_spaces(split_ended(text), partial(_question_word_length, lexicon))


def _question_word_length(lexicon: Lexicon, normal: str) -> int:
    """Return the length of the question word that is glued to the noun behind it, else 0."""
    if normal in lexicon.question_words:
        return 0
    if (sure := next(filter(normal.startswith, _BEGINS_NO_WORD), "")) and len(normal) >= len(sure) + _LEAST_BEHIND:
        return len(sure.removesuffix(_ARTICLE))
    noun = normal[len(_WHAT) :]
    if normal.startswith(_WHAT):
        attribute = len(noun) >= _LEAST_OF_ATTRIBUTE and noun in lexicon.definitions.attributes
        return len(_WHAT) if attribute or noun in lexicon.asking_nouns else 0
    if normal.startswith(_HOW_MANY) and lexicon.asking_nouns.get(noun) in _COUNTED:
        return len(_HOW_MANY)
    return 0
