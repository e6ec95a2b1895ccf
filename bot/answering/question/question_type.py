"""The type of answer that a question asks for, and the noun that it asks about.

«كم» and «سعر» ask for a sum; «كم قتيلا سقط؟» counts people; X in «ما هو X؟» is to be defined.
"""

from collections.abc import Sequence

from bot.answering.knowledge import Lexicon
from bot.answering.reasons import AnswerType
from bot.answering.words import PRONOUNS, RELATIVES, QuestionWord
from bot.arabic import ARTICLE, DEFINITE_PREPOSITIONS, Kind

_SCALES = frozenset({"الف", "مليون", "مليار", "تريليون"})
_MOST_PASSED = 4
_OF = "من"
# Indefinite nouns in the accusative, «كتابا», and those of «ة»; any other word may be a verb, «كم بلغ», «كم جلبوها».
_NOUN_ENDINGS, _VERB_ENDINGS = ("ا", "ه"), ("ها", "وا", "وه")
# «قداش من متفرج», «كم كان عدد القتلى», «قداش تهز من متفرج».
_REACH = 4
_WHAT = ("ما", "وما")
_WITH_PRONOUN = ("هو", "هي")
_LONGEST, _LONGEST_WITHOUT_PRONOUN, _NOUN_AND_ADJECTIVE = 6, 3, 2
# A name that looks like «على».
_ALI = "علي"


def refine_answer_type(question_word: QuestionWord, normals: Sequence[str], lexicon: Lexicon) -> AnswerType:
    """Return the answer type of a question word with the noun behind it, «كم» and «سعر»; definitions aside."""
    noun = _noun_behind(question_word, normals, lexicon)
    asked = lexicon.asking_nouns.get(noun) or lexicon.asking_nouns.get(noun.removeprefix(ARTICLE))
    if question_word.answer_type in {AnswerType.QUANTITY, AnswerType.MONEY} and _is_of_share(
        question_word, noun, normals, lexicon
    ):
        return AnswerType.SHARE
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


def _is_of_share(question_word: QuestionWord, noun: str, normals: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether «how much» asks for a share: «كم نسبة», «كم بالمئة», «إلى كم وصلت نسبة», «نسبة البطالة كم»."""
    if (unit := lexicon.quantities.unit(noun)) and unit.kind is Kind.SHARE:
        return True
    is_open = not noun or lexicon.everyday.is_verb(noun) or lexicon.dialects.is_verb(noun)
    first, last = question_word.first, question_word.last
    near = [
        noun,
        *normals[max(first - _MOST_PASSED, 0) : first],
        *(normals[last : last + _MOST_PASSED] if is_open else ()),
    ]
    return any(lexicon.asking_nouns.get(one.removeprefix(ARTICLE)) is AnswerType.SHARE for one in near)


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
    return is_time or asked in {AnswerType.QUANTITY, AnswerType.MONEY, AnswerType.SHARE}


def _is_passed(normal: str, lexicon: Lexicon) -> bool:
    return normal in {*PRONOUNS, *RELATIVES} or normal in lexicon.stop_words or normal in lexicon.question_fillers


def find_defined_words(question_word: QuestionWord, normals: Sequence[str], lexicon: Lexicon) -> range:
    """Return the positions of X in «ما هو X؟» and «من هو X؟»; an empty range where the question is no definition.

    In doubt it is none: «ما هي عملة اليابان؟» asks for an attribute, and no list of attributes is complete.
    """
    first, last = question_word.last, len(normals)
    if question_word.answer_type is AnswerType.DEFINITION:
        return range(first, last) or range(question_word.first)
    while last > first and normals[last - 1] in lexicon.question_fillers:
        last -= 1
    has_pronoun = normals[first - 1].endswith(_WITH_PRONOUN)
    if first < last and normals[first] in PRONOUNS:
        first, has_pronoun = first + 1, True
    named = normals[first:last]
    if not _can_be_named(named, lexicon):
        return range(0)
    is_asked = _is_thing(named, lexicon) and (has_pronoun or _is_definite(named, normals[first - 1]))
    if question_word.answer_type is AnswerType.PERSON:
        is_asked = (
            has_pronoun and _without_article(named[0]) not in lexicon.definitions.roles | lexicon.definitions.attributes
        )
    return range(first, last) if is_asked else range(0)


def _can_be_named(named: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether words can be a name or a term: at most six, without function words and superlatives."""
    return (
        0 < len(named) <= _LONGEST
        and not any(
            (normal in lexicon.stop_words and normal != _ALI)
            or normal in RELATIVES
            or normal in lexicon.question_fillers
            or _without_article(normal) in lexicon.definitions.superlatives
            or lexicon.bare_question_word(normal)
            for normal in named
        )
        and not any(normal.startswith(DEFINITE_PREPOSITIONS) for normal in named[1:])
    )


def _is_thing(named: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell a thing, «القانون المدني», from an attribute of one, «قانون الهجرة»."""
    if _without_article(named[0]) not in lexicon.definitions.attributes:
        return True
    return named[0].startswith(ARTICLE) and len(named) == _NOUN_AND_ADJECTIVE


def _is_definite(named: Sequence[str], before: str) -> bool:
    """Tell whether a question is «ما» with a definite noun and its adjectives: «ما الشورى؟»."""
    return (
        before in _WHAT
        and len(named) <= _LONGEST_WITHOUT_PRONOUN
        and all(normal.startswith(ARTICLE) for normal in named)
    )


def _without_article(normal: str) -> str:
    return normal.removeprefix(ARTICLE)
