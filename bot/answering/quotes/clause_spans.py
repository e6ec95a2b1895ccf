"""Spans of clauses in a sentence: why and how something is, and what it is."""

import re
from collections.abc import Iterator

from bot.answering.knowledge import Lexicon, phrase_length
from bot.answering.question import Question
from bot.answering.quotes.quoted_sentence import FoundPositions, QuotedSentence
from bot.arabic import ARTICLE, CONJUNCTIONS, PREPOSITIONS

# Chosen: a longer clause ends before a conjunction, a relative or, at the latest, behind so many words.
_MOST_WORDS, _MOST_OF_DEFINITION, _LEAST = 16, 10, 3
# Chosen: so many words may stand between a subject and the pronoun behind it, and so many before one that opens a text.
_REACH, _FIRST_WORDS, _BETWEEN, _FEW = 20, 8, 2, 2
# Chosen: what is added where the subject opens its sentence, for a copula, a pronoun further on, an apposition.
_OPENING, _COPULA, _PRONOUN, _NOMINAL = 0.2, 0.3, 0.25, 0.15
# Chosen: the pronoun of an identity, «عاصمتها وأكبر مدنها هي …», stands so near, and its other side has so many words.
_NEAR, _MOST_IDENTICAL, _IS = 6, 8, frozenset({"هو", "هي"})
_REFERRING = frozenset({"هذا", "هذه", "وهذا", "وهذه", "ذلك", "تلك"})
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


class ClauseSpans:
    """Finds spans of the clauses that a question asks for."""

    def __init__(self, question: Question, lexicon: Lexicon) -> None:
        self._words, self._lexicon = lexicon.answer_words, lexicon
        defined = question.defined_terms or question.terms
        self._defined = [question.terms.index(term) for term in defined if term.normal not in lexicon.definitions.kinds]

    def reasons(self, sentence: QuotedSentence) -> Iterator[FoundPositions]:
        """Yield the clauses behind «لأن» and the like, and those that «احتجاجا» and the like begin."""
        for at in range(len(sentence.words)):
            if length := phrase_length(self._words.reasons, sentence.normals, at):
                yield from self._clause(sentence, at + length, _MOST_WORDS)
            elif phrase_length(self._words.reasons_with, sentence.normals, at) or self._is_purpose(
                sentence.normals[at]
            ):
                yield from self._clause(sentence, at, _MOST_WORDS)

    def _is_purpose(self, normal: str) -> bool:
        """Tell whether a word is a verb with «to» written onto it: «ليقود»."""
        return normal.startswith("لي") and len(normal) >= _LEAST_OF_VERB and self._lexicon.everyday.is_verb(normal[1:])

    def manners(self, sentence: QuotedSentence) -> Iterator[FoundPositions]:
        """Yield the clauses that «عن طريق» and the like begin."""
        for at in range(len(sentence.words)):
            if phrase_length(self._words.manners, sentence.normals, at):
                yield from self._clause(sentence, at, _MOST_WORDS)

    def definitions(self, sentence: QuotedSentence) -> Iterator[FoundPositions]:
        """Yield the predicates of what a question wants to have defined, brackets between them passed over."""
        for last in self._ends(sentence):
            passed = _PASSED.match(sentence.text, sentence.words[last].end)
            behind = sentence.first_from(passed.end() if passed else sentence.words[last].end)
            if behind is None:
                continue
            opening = _OPENING * (last < _FIRST_WORDS and sentence.number == 0)
            marks = passed.group() if passed else ""
            if length := phrase_length(self._words.definitions, sentence.normals, behind):
                yield from self._clause(sentence, behind + length, _MOST_OF_DEFINITION, opening + _COPULA)
            elif (pronoun := self._pronoun(sentence, behind)) is not None:
                yield from self._clause(sentence, pronoun + 1, _MOST_OF_DEFINITION, opening + _PRONOUN)
            elif self._is_predicate(sentence, behind, is_marked=bool(marks.strip())):
                yield from self._clause(sentence, behind, _MOST_OF_DEFINITION, opening + _NOMINAL * bool(marks.strip()))

    def identities(self, sentence: QuotedSentence) -> Iterator[FoundPositions]:
        """Yield what stands behind «هو» or before it where what is asked for stands on its other side."""
        for at in range(len(sentence.words)):
            if not sentence.is_event(at):
                continue
            if name := sentence.marked_name(at + 1):
                yield name, _COPULA
            pronoun = next(
                (one for one in range(at + 1, min(at + _NEAR, len(sentence.words))) if sentence.normals[one] in _IS),
                None,
            )
            if pronoun is not None and not any(sentence.breaks(one) for one in range(at, pronoun)):
                yield from self._clause(sentence, pronoun + 1, _MOST_IDENTICAL, _COPULA)
            if at > 1 and sentence.normals[at - 1] in _IS:
                first = at - 2
                while first and not sentence.breaks(first - 1) and at - 1 - first < _MOST_IDENTICAL:
                    first -= 1
                is_whole = not first or sentence.breaks(first - 1)
                if is_whole and not any(sentence.own[first : at - 1]) and sentence.normals[first] not in _REFERRING:
                    yield (first, at - 2), _COPULA

    def _pronoun(self, sentence: QuotedSentence, behind: int) -> int | None:
        """Return the position of the pronoun that a predicate stands behind, other names of its subject before it."""
        for at in range(behind, min(behind + _REACH, len(sentence.words))):
            if sentence.normals[at] in _PRONOUNS and not sentence.is_enclosed(at) and "." not in sentence.gap(at - 1):
                return at
        return None

    def _is_predicate(self, sentence: QuotedSentence, at: int, *, is_marked: bool) -> bool:
        """Tell whether a word can begin a predicate: no verb, no function word, nothing of the question's."""
        normal, lexicon = sentence.normals[at], self._lexicon
        return not (
            sentence.own[at]
            or not normal.isalpha()
            or normal in lexicon.stop_words
            or normal.startswith("و")
            or lexicon.everyday.is_verb(normal)
            or (not is_marked and normal.startswith((ARTICLE, *PREPOSITIONS)))
        )

    def _ends(self, sentence: QuotedSentence) -> Iterator[int]:
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

    def _clause(self, sentence: QuotedSentence, first: int, most: int, bonus: float = 0.0) -> Iterator[FoundPositions]:
        """Yield the words from a position to the end of the clause, of a long one to where it may be cut."""
        if first >= len(sentence.words):
            return
        last = first
        while not sentence.breaks(last):
            if last - first + 1 >= _LEAST and (sentence.normals[last + 1] in _RELATIVES or last - first + 1 >= most):
                break
            last += 1
        if not sentence.breaks(last):
            while last - first + 1 > _LEAST and self._hangs(sentence.normals[last]):
                last -= 1
        if not all(sentence.own[first : last + 1]):
            yield (first, last), bonus

    def _hangs(self, normal: str) -> bool:
        """Tell whether a word at the end of a cut clause waits for more: «في», «التي», «ويوجد»."""
        lexicon = self._lexicon
        return normal in lexicon.stop_words or normal.startswith(CONJUNCTIONS[0]) or lexicon.everyday.is_verb(normal)
