"""Spans of clauses in a sentence: why something is, and what it is."""

import re
from collections.abc import Iterator
from functools import cached_property

from bot.answering.evidence.analysed_sentence import AnalysedSentence, FoundPositions
from bot.answering.knowledge import Lexicon, phrase_length
from bot.answering.question import Question
from bot.arabic import ARTICLE, CONJUNCTIONS, PREPOSITIONS

# Chosen: a longer clause ends before a conjunction, a relative or, at the latest, behind so many words.
_MOST_WORDS, _MOST_OF_DEFINITION, _LEAST = 16, 10, 3
# Chosen: so many words may stand between a subject and the pronoun behind it, and so many before one that opens a text.
_REACH, _FIRST_WORDS, _BETWEEN, _FEW = 20, 8, 2, 2
# Chosen: so many words behind «لم» and the like stands what it denies, and behind «قرب» and the like what is near.
_BEHIND_DENIAL, _BEHIND_NEAR = 4, 5
# Chosen: what is added where the subject opens its sentence, for a copula, a pronoun further on.
_OPENING, _COPULA, _PRONOUN = 0.2, 0.3, 0.25
# Brackets and notes behind a subject, and a mark.
_PASSED = re.compile(r"(?:\s*(?:\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\])[.،,]?)*\s*[،,:–—-]?\s*")
_PRONOUNS = frozenset({"هو", "هي", "هم", "هما", "وهو", "وهي", "فهو", "فهي", "كان", "كانت"})
_LEAST_OF_VERB = 5
_RELATIVES = frozenset(
    {
        "الذي",
        "التي",
        "الذين",
        "اللذين",
        "حيث",
        "حين",
        "عند",
        "عندما",
        "بينما",
        "لكن",
        "ولكن",
        "فيما",
        "كما",
        "وهو",
        "وهي",
        "وقد",
        "وكان",
        "وكانت",
        "مما",
        "وفق",
        "وفقا",
        "بحسب",
        "حسب",
        "حسبما",
        "مضيفا",
        "مضيفه",
        "موكدا",
        "موكده",
        "مشيرا",
        "مشيره",
    }
)


def set_aside(sentence: AnalysedSentence, lexicon: Lexicon) -> tuple[list[int], list[int]]:
    """Return the positions of the clauses that tell of what is not known yet or will be told, and of what is only near.

    What the question itself has, «متى سيُعلن», is asked about.
    """
    first, normals, words = 0, sentence.normals, lexicon.answer_words
    untold, near = list[int](), list[int]()
    for last in range(len(normals)):
        if not sentence.breaks(last):
            continue
        clause = [("" if sentence.own[at] else normals[at]) for at in range(first, last + 1)]
        told = (at for at, normal in enumerate(clause) if normal in words.told)
        behind = (clause[max(at - _BEHIND_DENIAL, 0) : at] for at in told)
        if not words.told_later.isdisjoint(clause) or not all(map(words.not_yet.isdisjoint, behind)):
            untold += range(first, last + 1)
        beside = next((at for at, normal in enumerate(clause) if normal in words.beside), len(clause))
        near += range(first + beside, min(first + beside + _BEHIND_NEAR, last) + 1)
        first = last + 1
    return untold, near


class ClauseSpans:
    """Finds spans of the clauses that a question asks for."""

    def __init__(self, question: Question, lexicon: Lexicon) -> None:
        self._words, self._lexicon = lexicon.answer_words, lexicon
        defined = question.defined_terms or question.terms
        self._is_word = len(question.terms) == 1
        self._defined = [question.terms.index(term) for term in defined if term.normal not in lexicon.definitions.kinds]

    def reasons(self, sentence: AnalysedSentence) -> Iterator[FoundPositions]:
        """Yield the clauses behind «لأن» and the like, and those that «احتجاجا» and the like begin."""
        for at, normal in enumerate(sentence.normals):
            may_begin = normal in self._begin_reasons or normal[1:] in self._begin_reasons
            if may_begin and (length := phrase_length(self._words.reasons, sentence.normals, at)):
                yield from self._clause(sentence, at + length, _MOST_WORDS)
            # «ليقود» is a verb with «to» written onto it.
            elif (may_begin and phrase_length(self._words.reasons_with, sentence.normals, at)) or (
                normal.startswith("لي") and len(normal) >= _LEAST_OF_VERB and self._lexicon.everyday.is_verb(normal[1:])
            ):
                yield from self._clause(sentence, at, _MOST_WORDS)

    @cached_property
    def _begin_reasons(self) -> frozenset[str]:
        """The first words of the phrases on reasons."""
        return frozenset(phrase[0] for phrase in self._words.reasons | self._words.reasons_with)

    def definitions(self, sentence: AnalysedSentence) -> Iterator[FoundPositions]:
        """Yield the predicates of what a question wants to have defined, brackets between them passed over."""
        for last in self._ends(sentence):
            passed = _PASSED.match(sentence.text, sentence.words[last].end)
            behind = sentence.first_from(passed.end() if passed else sentence.words[last].end)
            if behind is None:
                continue
            opening = _OPENING * (last < _FIRST_WORDS and sentence.number == 0)
            if length := phrase_length(self._words.definitions, sentence.normals, behind):
                # What a single word names may be something else of that name, unless the text begins with what it is.
                if opening or not self._is_word:
                    yield from self._clause(sentence, behind + length, _MOST_OF_DEFINITION, opening + _COPULA)
            elif self._is_word:
                continue
            elif (pronoun := self._pronoun(sentence, behind)) is not None:
                yield from self._clause(sentence, pronoun + 1, _MOST_OF_DEFINITION, opening + _PRONOUN)
            elif self._is_predicate(sentence, behind, is_marked=not sentence.is_joined(last)):
                yield from self._clause(sentence, behind, _MOST_OF_DEFINITION, opening)

    def _pronoun(self, sentence: AnalysedSentence, behind: int) -> int | None:
        """Return the position of the pronoun that a predicate stands behind, other names of its subject before it.

        Behind «كان يظن» and «وهي تقوم على» stands what the subject does, and not what it is.
        """
        for at in range(behind, min(behind + _REACH, len(sentence.words) - 1)):
            if sentence.normals[at] in _PRONOUNS:
                told = sentence.normals[at + 1]
                is_event = self._lexicon.everyday.is_verb(told) or told in _RELATIVES
                return None if is_event else at
        return None

    def _is_predicate(self, sentence: AnalysedSentence, at: int, *, is_marked: bool) -> bool:
        """Return whether a word can begin a predicate: no function word, nothing of the question's.

        A single word right behind the subject is more of its name: «خواكين رودريغو فيدري».
        """
        if not is_marked and sentence.breaks(at):
            return False
        normal = sentence.normals[at]
        return not (
            sentence.own[at]
            or not normal.isalpha()
            or normal in self._lexicon.stop_words
            or normal.startswith("و")
            or (not is_marked and normal.startswith((ARTICLE, *PREPOSITIONS)))
        )

    def _ends(self, sentence: AnalysedSentence) -> Iterator[int]:
        """Yield where the whole of what is to be defined ends in a sentence."""
        columns = set(self._defined)
        for last in range(len(sentence.words)):
            if not columns:
                return
            if sentence.is_enclosed(last) or not any(sentence.has(last, column) for column in columns):
                continue
            near = range(max(0, last - len(columns) - _BETWEEN), last + 1)
            named = {column for at in near for column in columns if sentence.has(at, column)}
            if len(named) >= max(len(columns) - 1, 1) and (len(columns) > _FEW or named == columns):
                yield last

    def _clause(
        self, sentence: AnalysedSentence, first: int, most: int, bonus: float = 0.0
    ) -> Iterator[FoundPositions]:
        """Yield the words from a position to the end of the clause, of a long one to where it may be cut."""
        if first >= len(sentence.words):
            return
        last = first
        while not sentence.breaks(last):
            if last - first + 1 >= _LEAST and (sentence.normals[last + 1] in _RELATIVES or last - first + 1 >= most):
                break
            last += 1
        if not sentence.breaks(last):
            # «في», «التي», «ويوجد» wait for more.
            while last - first + 1 > _LEAST and (
                (normal := sentence.normals[last]) in self._lexicon.stop_words
                or normal.startswith(CONJUNCTIONS[0])
                or self._lexicon.everyday.is_verb(normal)
            ):
                last -= 1
        if not all(sentence.own[first : last + 1]):
            yield (first, last), bonus
