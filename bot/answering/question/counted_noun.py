"""The noun that a question counts: «قتيلا» in «كم قتيلا سقط؟», «القتلى» in «كم بلغ عدد القتلى؟»."""

from collections.abc import Sequence

from bot.answering.knowledge import Lexicon
from bot.answering.question.question_type import PRONOUNS, RELATIVES, QuestionWord
from bot.answering.reasons import AnswerType
from bot.arabic import ARTICLE

_OF = "من"
# Indefinite nouns in the accusative, «كتابا», and those of «ة»; any other word may be a verb, «كم بلغ», «كم جلبوها».
_NOUN_ENDINGS, _VERB_ENDINGS = ("ا", "ه"), ("ها", "وا", "وه")
# «قداش من متفرج», «كم كان عدد القتلى», «قداش تهز من متفرج».
_REACH = 4


def find_counted_noun(question_word: QuestionWord, normals: Sequence[str], lexicon: Lexicon) -> int | None:
    """Return the position of the noun that «how many» counts, or None: where it measures, and in doubt."""
    first, behind = question_word.last, normals[question_word.last : question_word.last + _REACH + 1]
    of_number = question_word.last > 0 and normals[question_word.last - 1] in lexicon.number_nouns
    for position, normal in enumerate(behind, first):
        if normal in lexicon.number_nouns or normal == _OF:
            of_number = True
        elif _is_measured(normal, lexicon):
            return None
        elif (of_number or (position == first and _is_indefinite(normal))) and not _is_passed(normal, lexicon):
            return position
    return None


def find_number_noun(normals: Sequence[str], lexicon: Lexicon) -> QuestionWord | None:
    """Return the noun that heads key words which ask for a number: «عدد غرف الفندق»; it is searched for, too."""
    is_headed = len(normals) > 1 and normals[0] in lexicon.number_nouns
    return QuestionWord(AnswerType.QUANTITY, 0, 0) if is_headed else None


def _is_indefinite(normal: str) -> bool:
    return normal.endswith(_NOUN_ENDINGS) and not normal.endswith(_VERB_ENDINGS) and not normal.startswith(ARTICLE)


def _is_measured(normal: str, lexicon: Lexicon) -> bool:
    """Tell whether a noun is measured in units of its own: «نسبة», «مساحة», «قيمة», «وقت» but not «سنة»."""
    noun = normal.removeprefix(ARTICLE)
    asked = lexicon.asking_nouns.get(normal) or lexicon.asking_nouns.get(noun)
    is_time = asked is AnswerType.TIME and noun not in lexicon.time_units
    return is_time or asked in {AnswerType.QUANTITY, AnswerType.MONEY}


def _is_passed(normal: str, lexicon: Lexicon) -> bool:
    return normal in {*PRONOUNS, *RELATIVES} or normal in lexicon.stop_words or normal in lexicon.question_fillers
