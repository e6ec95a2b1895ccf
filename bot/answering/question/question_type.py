"""The type of answer that a question asks for, and the noun that it asks about.

«كم» and «سعر» ask for a sum; «كم قتيلا سقط؟» counts people; X in «ما هو X؟» is to be defined.
"""

from collections.abc import Sequence

from bot.answering.knowledge import Lexicon
from bot.answering.reasons import AnswerType
from bot.answering.words import PRONOUNS, RELATIVES, QuestionWord, TokenisedText
from bot.arabic import ARTICLE, DEFINITE_PREPOSITIONS, Kind

_SCALES = frozenset({"الف", "مليون", "مليار", "تريليون"})
_MOST_PASSED, _PASSED = 4, PRONOUNS | RELATIVES
_OF = "من"
# Indefinite nouns in the accusative, «كتابا», and those of «ة»; any other word may be a verb, «كم بلغ», «كم جلبوها».
_NOUN_ENDINGS, _VERB_ENDINGS = ("ا", "ه"), ("ها", "وا", "وه")
# «قداش من متفرج», «كم كان عدد القتلى», «قداش تهز من متفرج».
_REACH = 4
_WHAT = ("ما", "وما")
_WITH_PRONOUN = ("هو", "هي")
_LONGEST, _NOUN_AND_ADJECTIVE = 6, 2
# A name that looks like «على».
_ALI = "علي"


def find_answer_type(question_word: QuestionWord | None, text: TokenisedText) -> tuple[AnswerType | None, set[int]]:
    """Return the type of answer asked for, and the offsets of the words to be defined where that is a definition."""
    if question_word is None:
        return None, set()
    answer_type = _refined(question_word, text)
    may_define = answer_type in {AnswerType.THING, AnswerType.PERSON, AnswerType.DEFINITION}
    defined = _defined_words(question_word, text) if may_define else range(0)
    return AnswerType.DEFINITION if defined else answer_type, {text.words[position].start for position in defined}


def _refined(question_word: QuestionWord, text: TokenisedText) -> AnswerType:
    """Return the answer type of a question word with the noun behind it, «كم» and «سعر»; definitions aside."""
    normals, lexicon = text.normals, text.table.lexicon
    # The first word behind the question word that is no function word, no filler and no superlative.
    passed = _SCALES | lexicon.definitions.superlatives
    behind = normals[question_word.last : question_word.last + _MOST_PASSED]
    nouns = (one for one in behind if one in lexicon.asking_nouns or not (one in passed or _is_passed(one, lexicon)))
    noun = next(nouns, "")
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
            # «بكم الكتاب», «بقداش حصة السياقة», «بشحال شرات», «كم سعر سهم» ask for a price; «بكم هدفا» counts.
            own = normals[question_word.first : question_word.last]
            is_money |= any(lexicon.asking_nouns.get(one) is AnswerType.MONEY for one in own)
            if is_money or not noun or noun.startswith(ARTICLE) or lexicon.dialects.is_verb(noun):
                return AnswerType.MONEY
            at = normals.index(noun, question_word.last)
            # «بشحال كان دخول معرض الزربية؟»: what is counted stands right behind the question word.
            is_price = at > question_word.last or any(behind.startswith(ARTICLE) for behind in normals[at + 1 : at + 2])
            return AnswerType.MONEY if is_price else AnswerType.QUANTITY
    return question_word.answer_type


def _is_of_share(question_word: QuestionWord, noun: str, normals: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether «how much» asks for a share: «كم نسبة», «كم بالمئة», «إلى كم وصلت نسبة», «نسبة البطالة كم»."""
    if (unit := lexicon.quantities.unit(noun)) and unit.kind is Kind.SHARE:
        return True
    is_open = not noun or lexicon.everyday.is_verb(noun) or lexicon.dialects.is_verb(noun)
    first, last = question_word.first, question_word.last
    behind = normals[last : last + _MOST_PASSED] if is_open else ()
    near = [noun, *normals[max(first - _MOST_PASSED, 0) : first], *behind]
    return any(lexicon.asking_nouns.get(one.removeprefix(ARTICLE)) is AnswerType.SHARE for one in near)


def find_counted_noun(question_word: QuestionWord, text: TokenisedText) -> int | None:
    """Return where the noun starts that «how many» counts, or None: where it measures, and in doubt."""
    first, lexicon = question_word.last, text.table.lexicon
    of_number = first > 0 and text.normals[first - 1] in lexicon.number_nouns
    for word in text.words[first : first + _REACH + 1]:
        normal = word.normal
        is_indefinite = normal.endswith(_NOUN_ENDINGS) and not normal.endswith(_VERB_ENDINGS)
        is_first = word is text.words[first] and is_indefinite and not normal.startswith(ARTICLE)
        if normal in lexicon.number_nouns or normal == _OF:
            of_number = True
        elif _is_measured(normal, lexicon):
            return None
        elif (of_number or is_first) and not _is_passed(normal, lexicon):
            return word.start
    return None


def find_number_noun(normals: Sequence[str], lexicon: Lexicon) -> QuestionWord | None:
    """Return the noun that heads key words which ask for a number: «عدد غرف الفندق»; it is searched for, too."""
    is_headed = len(normals) > 1 and normals[0] in lexicon.number_nouns
    return QuestionWord(AnswerType.QUANTITY, 0, 0) if is_headed else None


def _is_measured(normal: str, lexicon: Lexicon) -> bool:
    """Whether a noun is measured in units of its own: «نسبة», «مساحة», «قيمة», «وقت» but not «سنة»."""
    noun = normal.removeprefix(ARTICLE)
    asked = lexicon.asking_nouns.get(normal) or lexicon.asking_nouns.get(noun)
    is_time = asked is AnswerType.TIME and noun not in lexicon.time_units
    return is_time or asked in {AnswerType.QUANTITY, AnswerType.MONEY, AnswerType.SHARE}


def _is_passed(normal: str, lexicon: Lexicon) -> bool:
    return normal in _PASSED or normal in lexicon.stop_words or normal in lexicon.question_fillers


def _defined_words(question_word: QuestionWord, text: TokenisedText) -> range:
    """Return the positions of X in «ما هو X؟» and «من هو X؟»; an empty range where the question is no definition.

    In doubt it is none: «ما هي عملة اليابان؟» asks for an attribute, and no list of attributes is complete.
    """
    normals, lexicon = text.normals, text.table.lexicon
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
    noun, definitions = named[0].removeprefix(ARTICLE), lexicon.definitions
    # «ما الشورى؟»: «ما» with a definite noun and its adjectives.
    is_definite = normals[first - 1] in _WHAT and all(normal.startswith(ARTICLE) for normal in named)
    if question_word.answer_type is AnswerType.PERSON:
        is_asked = has_pronoun and noun not in definitions.roles | definitions.attributes
    else:
        # A thing, «القانون المدني», and no attribute of one, «قانون الهجرة».
        is_thing = noun not in definitions.attributes or (noun != named[0] and len(named) == _NOUN_AND_ADJECTIVE)
        is_asked = is_thing and (has_pronoun or is_definite)
    return range(first, last) if is_asked else range(0)


def _can_be_named(named: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether words can be a name or a term: at most six, without function words and superlatives."""
    excluded = (lexicon.stop_words - {_ALI}, RELATIVES, lexicon.question_fillers)
    has_excluded = any(
        any(normal in words for words in excluded) or normal.removeprefix(ARTICLE) in lexicon.definitions.superlatives
        for normal in named
    )
    has_preposition = any(normal.startswith(DEFINITE_PREPOSITIONS) for normal in named[1:])
    return 0 < len(named) <= _LONGEST and not has_excluded and not has_preposition
