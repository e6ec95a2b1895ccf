"""Question words run together with the noun behind them, split: «ماسبب», «كمعدد»; and «ة» within a word."""

from functools import partial

from bot.answering.knowledge import Lexicon
from bot.answering.reasons import AnswerType
from bot.answering.words import TokenisedText
from bot.arabic import ARTICLE, insert_spaces, split_after_final_letters, words

_HOW_MANY = "كم"
_WHAT = "ما"
# No word begins like these: «ماذايحدث», «ماالسبب».
_BEGINS_NO_WORD, _LEAST_BEHIND = ("لماذا", "ماذا", "ماال"), 2
# «مالون» is a name: a short attribute behind «ما» is chance.
_LEAST_OF_ATTRIBUTE = 4
_COUNTED = frozenset({AnswerType.QUANTITY, AnswerType.MONEY, AnswerType.TIME})


def split_run_together_question_words(text: TokenisedText) -> str:
    """Put the spaces into a question that are missing whatever the coverage has: behind «ة» and question words."""
    ended = split_after_final_letters(text.text)
    found = text.words if ended == text.text else words(ended)
    return insert_spaces(ended, found, partial(_question_word_length, text.table.lexicon))


def _question_word_length(lexicon: Lexicon, normal: str) -> int:
    """Return the length of the question word that is run together with the noun behind it, else 0."""
    if normal in lexicon.question_words:
        return 0
    if (sure := next(filter(normal.startswith, _BEGINS_NO_WORD), "")) and len(normal) >= len(sure) + _LEAST_BEHIND:
        return len(sure.removesuffix(ARTICLE))
    noun = normal[len(_WHAT) :]
    if normal.startswith(_WHAT):
        attribute = len(noun) >= _LEAST_OF_ATTRIBUTE and noun in lexicon.definitions.attributes
        return len(_WHAT) if attribute or noun in lexicon.asking_nouns else 0
    if normal.startswith(_HOW_MANY) and lexicon.asking_nouns.get(noun) in _COUNTED:
        return len(_HOW_MANY)
    return 0
