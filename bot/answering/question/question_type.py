"""The type of answer that a question asks for: its question word with the noun behind it, «كم» and «سعر»."""

from collections.abc import Sequence

from bot.answering.knowledge import Lexicon
from bot.answering.reasons import AnswerType
from bot.answering.words import PRONOUNS, RELATIVES, QuestionWord
from bot.arabic import ARTICLE

_SCALES = frozenset({"الف", "مليون", "مليار", "تريليون"})
_MOST_PASSED = 4


def refine_answer_type(question_word: QuestionWord, normals: Sequence[str], lexicon: Lexicon) -> AnswerType:
    """Return the answer type of a question word with the noun behind it, «كم» and «سعر»; definitions aside."""
    noun = _noun_behind(question_word, normals, lexicon)
    asked = lexicon.asking_nouns.get(noun) or lexicon.asking_nouns.get(noun.removeprefix(ARTICLE))
    is_money = asked is AnswerType.MONEY or noun.removeprefix(ARTICLE) in lexicon.counted_money
    match question_word.answer_type:
        case AnswerType.THING:
            return asked or AnswerType.THING
        case AnswerType.QUANTITY:
            # «سنة كام» asks for a year, «كم سنة» for how many.
            before = normals[question_word.first - 1].removeprefix(ARTICLE) if question_word.first else ""
            counted = AnswerType.MONEY if is_money else AnswerType.QUANTITY
            return AnswerType.TIME if lexicon.asking_nouns.get(before) is AnswerType.TIME else counted
        case AnswerType.MONEY:
            is_price = is_money or _is_of_price(question_word, noun, normals, lexicon)
            return AnswerType.MONEY if is_price else AnswerType.QUANTITY
    return question_word.answer_type


def _is_of_price(question_word: QuestionWord, noun: str, normals: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether «بكم» asks for a price: «بكم الكتاب», «بقداش حصة السياقة», «بشحال شرات»; «بكم هدفا» counts."""
    if not noun or noun.startswith(ARTICLE) or lexicon.dialects.is_verb(noun):
        return True
    at = next(at for at in range(question_word.last, len(normals)) if normals[at] == noun)
    # «بشحال كان دخول معرض الزربية؟»: what is counted stands right behind the question word.
    return at > question_word.last or any(behind.startswith(ARTICLE) for behind in normals[at + 1 : at + 2])


def _noun_behind(question_word: QuestionWord, normals: Sequence[str], lexicon: Lexicon) -> str:
    """Return the first word behind the question word that is no function word, no filler and no superlative."""
    passed = {*PRONOUNS, *RELATIVES, *_SCALES, *lexicon.definitions.superlatives}
    for normal in normals[question_word.last : question_word.last + _MOST_PASSED]:
        is_passed = normal in passed or normal in lexicon.stop_words or normal in lexicon.question_fillers
        if normal in lexicon.asking_nouns or not is_passed:
            return normal
    return ""
