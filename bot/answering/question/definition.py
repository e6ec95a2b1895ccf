"""Definition questions, «ما هو X؟» and «من هو X؟»: the words of X, told from an attribute of something."""

from collections.abc import Sequence

from bot.answering.knowledge import Lexicon
from bot.answering.question.question_type import PRONOUNS, RELATIVES, QuestionWord, bare_question_word
from bot.answering.reasons import AnswerType
from bot.arabic import ARTICLE, DEFINITE_PREPOSITIONS

_WHAT = ("ما", "وما")
_WITH_PRONOUN = ("هو", "هي")
_LONGEST, _LONGEST_WITHOUT_PRONOUN, _NOUN_AND_ADJECTIVE = 6, 3, 2
# A name that looks like «على».
_ALI = "علي"


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
            or bare_question_word(normal, lexicon)
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
