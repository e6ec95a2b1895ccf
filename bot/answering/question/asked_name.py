"""The name that a question asks for: «شنوة اسم المهرب», «السفينة سموها ايه», «في أنو معهد», «مين المدرب»."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from bot.answering.knowledge import Lexicon
from bot.answering.reasons import AnswerType
from bot.answering.words import PRONOUNS, RELATIVES, QuestionWord
from bot.arabic import ARTICLE, Term

_ASKS_WHAT = frozenset({AnswerType.THING, AnswerType.PERSON, AnswerType.MANNER, AnswerType.DEFINITION})
# «شنوة كان الاسم», «اسم الست اللي …» with its question word at the end.
_REACH, _END, _NEAR, _NAMELESS = 3, 2, 2, 2


class Bearer(StrEnum):
    """What a name is asked of: somebody, something, or either."""

    PERSON = "person"
    THING = "thing"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class NameAsked:
    """The position of the noun whose name a question asks for, None where it has none, and what bears the name.

    `is_who` tells «who is the coach» from «what is the coach called»: an office answers it as well.
    """

    noun: int | None
    bearer: Bearer
    is_who: bool = False


@dataclass(frozen=True, slots=True)
class AskedName:
    """The same with the noun as a term of the question."""

    noun: Term | None
    bearer: Bearer
    is_who: bool = False


def find_asked_name(
    question_word: QuestionWord | None, answer_type: AnswerType | None, normals: Sequence[str], lexicon: Lexicon
) -> NameAsked | None:
    """Return which name a question asks for, or None."""
    finder = _AskedNameFinder(question_word, answer_type, normals, lexicon)
    return finder.called() or finder.which() or finder.who()


class _AskedNameFinder:
    def __init__(
        self,
        question_word: QuestionWord | None,
        answer_type: AnswerType | None,
        normals: Sequence[str],
        lexicon: Lexicon,
    ) -> None:
        self._question_word, self._answer_type = question_word, answer_type
        self._normals, self._lexicon, self._naming = normals, lexicon, lexicon.name_words

    def called(self) -> NameAsked | None:
        """Find «اسم X», «اسمها», «شسمه», «سموه» beside the question word."""
        naming = self._naming
        for at, normal in enumerate(self._normals):
            if normal in naming.alone:
                return self._called(range(at, at + 1))
            if normal in naming.nouns and self._is_asked(at):
                # «ما هو الاسم الحالي للملعب»: what follows is no noun.
                return self._named(None if normal.startswith(ARTICLE) else self._first_noun(at + 1))
            if normal in naming.own_nouns and self._is_asked(at):
                return self._called(self._with_question_word(at))
            if normal in naming.verbs and self._is_asked(at) and self._is_what():
                return self._called(self._with_question_word(at))
        return None

    def _called(self, asking: range) -> NameAsked:
        """Return what «اسمه» is of; «اسمه ايه اللي …» is of somebody."""
        is_relative = not RELATIVES.isdisjoint(self._normals[asking.stop : asking.stop + 1])
        return self._named(self._noun_of_pronoun(asking), Bearer.PERSON if is_relative else Bearer.EITHER)

    def which(self) -> NameAsked | None:
        """Find «في أي مستشفى», «ما هو الفريق الذي»."""
        word = self._question_word
        if word is None or word.answer_type is not AnswerType.THING:
            return None
        noun = self._first_noun(word.last)
        if noun is None or self._normals[noun] not in self._naming.things:
            return None
        is_which = self._normals[word.last - 1] in self._naming.which
        is_relative = not RELATIVES.isdisjoint(self._normals[noun + 1 : noun + _REACH])
        return NameAsked(noun, Bearer.THING) if is_which or is_relative else None

    def who(self) -> NameAsked | None:
        """Find «مين المدرب», and «who» without a noun."""
        word = self._question_word
        if word is None or word.answer_type is not AnswerType.PERSON or self._answer_type is not AnswerType.PERSON:
            return None
        noun = self._first_noun(word.last)
        if noun is None or not self._bears(noun) or not RELATIVES.isdisjoint(self._normals[word.last : noun]):
            return NameAsked(None, Bearer.EITHER, is_who=True)
        is_role = self._normals[noun] in self._naming.persons
        return NameAsked(noun, Bearer.PERSON if is_role else Bearer.THING, is_who=is_role)

    def _is_asked(self, at: int) -> bool:
        """Tell whether the question word stands close to a position, or ends what begins with it."""
        word = self._question_word
        if word is None:
            return at == 0
        if word.answer_type not in _ASKS_WHAT:
            return False
        if word.first > at:
            return word.first == at + 1 or word.last >= len(self._normals) - _END or at == 0
        between = self._normals[word.last : at]
        return len(between) < _REACH and all(map(self._is_passed, between))

    def _is_what(self) -> bool:
        """Tell whether the question word asks what or how something is called, not who calls it."""
        word = self._question_word
        return word is not None and word.answer_type in {AnswerType.THING, AnswerType.MANNER}

    def _with_question_word(self, at: int) -> range:
        """Return the positions of a word that asks for a name and of the question word, if it is next to it."""
        word = self._question_word
        if word is None:
            return range(at, at + 1)
        if word.last <= at:
            return range(word.first, at + 1)
        return range(at, word.last if word.first == at + 1 else at + 1)

    def _noun_of_pronoun(self, asking: range) -> int | None:
        """Return the noun of «اسمها», «سموه»: behind it, or one owned close before it, or the first."""
        normals = self._normals
        behind = self._first_noun(asking.stop)
        if behind is not None and self._bears(behind) and not RELATIVES.intersection(normals[asking.stop : behind]):
            return behind
        near = range(asking.start - 1, max(asking.start - _NEAR, 0) - 1, -1)
        return next(chain(filter(self._is_owned, near), filter(self._bears, range(asking.start))), None)

    def _is_owned(self, at: int) -> bool:
        """Tell whether a noun has a pronoun, «جوزها», so that what comes before it owns it."""
        return self._bears(at) and self._normals[at] in self._naming.owned

    def _bears(self, at: int) -> bool:
        return self._normals[at] in self._naming.persons or self._normals[at] in self._naming.things

    def _first_noun(self, first: int) -> int | None:
        for at in range(first, min(first + _REACH + 1, len(self._normals))):
            if not self._is_passed(self._normals[at]):
                return at
        return None

    def _is_passed(self, normal: str) -> bool:
        lexicon = self._lexicon
        return (
            normal in PRONOUNS
            or normal in RELATIVES
            or normal in lexicon.stop_words
            or normal in lexicon.question_fillers
            or normal in lexicon.dialects.fillers
            or normal in lexicon.question_words
            or normal in lexicon.definitions.superlatives
            or normal[0].isdecimal()
            or normal.removeprefix(ARTICLE) in lexicon.values[AnswerType.QUANTITY]
        )

    def _named(self, noun: int | None, otherwise: Bearer = Bearer.EITHER) -> NameAsked:
        if noun is None:
            return NameAsked(None, otherwise)
        normal = self._normals[noun]
        if normal in self._naming.persons:
            return NameAsked(noun, Bearer.PERSON)
        return NameAsked(noun, Bearer.THING if normal in self._naming.things else Bearer.EITHER)


def asked_term(asked: NameAsked | None, terms: Mapping[int, Term], starts: Sequence[int]) -> AskedName | None:
    """Return the asked name with its noun as a term of the question, of which `terms` has those by their starts."""
    if asked is None:
        return None
    noun = None if asked.noun is None else terms.get(starts[asked.noun])
    if noun and asked.bearer is Bearer.EITHER and len(set(terms.values())) <= _NAMELESS:
        return None  # «ما هو اسم التفضيل؟» asks what a term means.
    return AskedName(noun, asked.bearer, asked.is_who)
