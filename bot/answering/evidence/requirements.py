"""Requirements of an answer: a candidate that misses one is ruled out, however well its words match.

A passage on the right person does not answer when they were born if it speaks of no birth, and one on the contract of
2025 does not answer about the contract of 2022. Weighed signals let both pass too often, and no errors would
embarrass more.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import pairwise

import numpy as np

from bot.answering.evidence.candidate import Candidate
from bot.answering.evidence.given import Given
from bot.answering.evidence.office_holders import OfficeHolders
from bot.answering.evidence.word_match import CLITIC, SYNONYM
from bot.answering.knowledge import Lexicon, Relation
from bot.answering.question import Question
from bot.answering.reasons import VALUED, WITHOUT_SIGN, AnswerType, AskedKind, Requirement
from bot.arabic import MONTH_WORDS, Term, light_stem, normalise, stem_without_proclitic
from bot.arabic.dates import is_year
from bot.retrieval import RANKING, SearchEngine

# Chosen: a passage with a smaller share of a question's terms is about something else.
_SAME_SUBJECT = 0.5
# Chosen: «محمد الحبيب بن علي» has so many words from the first to the last.
_WITHIN_NAME = 3
# Measured: so large a share of its passages names the country that a coverage is from, 27 and 47 of 100 in the archives
# of two national outlets; that of an international one names none so often.
_HOME = 0.2
# Whether something came about is answered by what did in its place.
_OF_EVENTS = frozenset({AnswerType.TIME, AnswerType.PLACE, AnswerType.PERSON, AnswerType.REASON, AnswerType.MANNER})
# That something is not known yet answers whether it is so, what happened and what was said of it.
_OF_UNKNOWN = frozenset({AskedKind.YES_NO, AskedKind.ONE_OF_TWO, *WITHOUT_SIGN, AskedKind.DEFINITION})
_MONTHS = " ".join(sorted(MONTH_WORDS))


class Requirements:
    """Checks what one question requires of a passage that answers it."""

    def __init__(self, given: Given, engine: SearchEngine, candidates: Sequence[Candidate]) -> None:
        self._question, self._lexicon, self._weights = given.question, given.lexicon, given.weights
        self._given, self._values, self._names = given, given.values, given.names
        self._years = frozenset(term for term in given.question.terms if is_year(term.normal))
        self._engine = engine
        self._candidates = candidates
        # No method: what a question holds is freed at once where nothing of it refers to itself.
        self._is_home = partial(_is_home, self._lexicon, engine)
        self.holders = OfficeHolders(self._question, self._lexicon, self._weights, self._is_home)

    def first_missing(self, candidate: Candidate) -> Requirement | None:
        """Return the first requirement that a candidate misses, or None."""
        return next(self._missing(candidate), None)

    def _missing(self, candidate: Candidate) -> Iterator[Requirement]:
        """Yield the requirements that a candidate misses, each checked only when it is asked for."""
        unmatched = unmatched_terms(candidate, self._question)
        if not self._years.isdisjoint(unmatched):
            yield Requirement.YEAR
        if self._misses_name(candidate, unmatched) or any(
            self._parts_name(candidate, *columns) for columns in self._full_names
        ):
            yield Requirement.NAME
        if not all(_expresses(candidate, *asked) for asked in self._relations):
            yield Requirement.RELATION
        if self._misses_value(candidate):
            yield Requirement.VALUE if self._question.counted is None else Requirement.COUNT
        elif self._values.are_of_other_years(candidate):
            yield Requirement.OTHER_YEAR
        if self._lacks_event(candidate) and self._is_opposite_told:
            yield Requirement.OPPOSITE
        if not any(self.holders.find(candidate)) if self.holders.is_asked else self._names.are_missing(candidate):
            yield Requirement.ASKED_NAME
        if self._question.asked_for.kind not in _OF_UNKNOWN and self._given.is_set_aside(candidate):
            yield Requirement.SET_ASIDE
        yield from self._missing_of_follow_up(candidate)

    def _misses_name(self, candidate: Candidate, unmatched: Iterable[Term]) -> bool:
        """Return whether a name of the question is missing, also from the paragraph before: a «he» may stand for it.

        News from home does not say where it is from.
        """
        unnamed = [
            term
            for term in unmatched
            if not self._lexicon.names.isdisjoint((term.stem, term.without_proclitic))
            and not self._is_home(term.normal)
        ]
        if not unnamed:
            return False
        forms, before = _forms(unnamed), candidate.passage.before
        # A stem is a part of its word, but that figures are written in several ways, and months have several names.
        written = f"{normalise(before)}\n{_MONTHS}"
        may_be_named = any(form in written or not form.isalpha() for form in forms)
        return not may_be_named or not forms & _forms(self._engine.analyser.terms(before))

    @cached_property
    def _event(self) -> tuple[int, set[int | None], set[int | None]] | None:
        """The event behind the question word, by number, with the stems of its side and of its opposite, or None."""
        term = self._question.event if self._question.answer_type in _OF_EVENTS else None
        sides = [side for side in self._lexicon.opposites if term and not side.is_weak and term.stem in side.own]
        find = self._engine.vocabulary.forms.find
        own = {find(stem) for side in sides for stem in side.own}
        other = {find(stem) for side in sides for stem in side.other} - {None}
        return (self._question.terms.index(term), own, other) if term and sides else None

    def _lacks_event(self, candidate: Candidate) -> bool:
        """Whether a candidate does not have the event, where that has an opposite: «انتهت», «أبرمت»."""
        if self._event is None:
            return False
        column, own, _ = self._event
        return bool(candidate.mentions[column] < RANKING.least_match) and candidate.source.forms.isdisjoint(own)

    @cached_property
    def _is_opposite_told(self) -> bool:
        """Whether a candidate without the event has its opposite in the sentence that is nearest to the question."""
        other = self._event[2] if self._event else set()
        return any(
            not candidate.source.forms.isdisjoint(other) and not other.isdisjoint(_nearest_stems(candidate))
            for candidate in self._candidates
            if self._lacks_event(candidate)
        )

    @cached_property
    def _full_names(self) -> list[tuple[int, int]]:
        """The terms, by number, of a given name and of the word that follows it in the question: «ألفة يوسف»."""
        question, names = self._question, self._lexicon.name_words
        return [
            (number, number + 1)
            for number, (first, second) in enumerate(pairwise(question.terms))
            if first.normal in names.given_names
            and question.text[first.end : second.start].isspace()
            and (names.is_given_name(second.normal) or self._weights.is_rare(second.normal, RANKING.common_word))
        ]

    def _parts_name(self, candidate: Candidate, first: int, second: int) -> bool:
        """Return whether a candidate has both words of a name, but nowhere together: «ألفة السكري» and «يوسف الشاهد».

        The family name alone may stand for somebody who was named in full before.
        """
        parts = [
            (np.flatnonzero(matches[:, first] >= CLITIC), np.flatnonzero(matches[:, second] >= CLITIC))
            for matches in (candidate.word_matches, candidate.heading_word_matches)
        ]
        if not any(given.size for given, _ in parts) or not any(family.size for _, family in parts):
            return False
        distances = range(1, _WITHIN_NAME + 1)
        return not any(np.isin(given + distance, family).any() for given, family in parts for distance in distances)

    def _misses_value(self, candidate: Candidate) -> bool:
        """Return whether a value is asked for and neither passage nor title has one that is not the question's own."""
        if self._question.asked_for.kind not in VALUED:
            return False
        return self._values.is_unknown(candidate, self._engine) or not (
            self._values.found_in(candidate) or self._values.found_in_title(candidate)
        )

    @cached_property
    def _relations(self) -> list[tuple[Relation, set[int | None]]]:
        """The relations asked for (birth, price, author), each with the numbers of the stems that express it."""
        find = self._engine.vocabulary.forms.find
        asked = _asked_relations(self._question.focus, self._lexicon)
        return [(relation, set(map(find, relation.passage_stems))) for relation in asked]

    def _missing_of_follow_up(self, candidate: Candidate) -> Iterator[Requirement]:
        """Yield the requirement that a follow-up question adds to the one before it, if the candidate misses it.

        It is a term of its own, or for a bare «ولماذا؟» a reason, in a passage whose text, and not its title alone, is
        about the same. Most other terms match anyway, since they were completed from the question before.
        """
        added = self._question.added
        if added is None:
            return
        if self._question.answer_type is AnswerType.REASON and not self._values.found_in(candidate):
            yield Requirement.VALUE
        matched = candidate.word_matches.max(axis=0, initial=0.0) >= RANKING.least_match
        is_on_subject = self._adds(candidate, added) if added else bool(matched.mean() >= _SAME_SUBJECT)
        if not is_on_subject:
            yield Requirement.FOLLOW_UP

    def _adds(self, candidate: Candidate, added: Collection[Term]) -> bool:
        """Return whether a candidate has a term that a follow-up adds, or of its meaning beside the subject.

        What is spelled alike, «يمكن» for «يسكن», is another word, and «أقامت» far from a name says nothing of where
        its bearer lives.
        """
        own = [self._question.terms.index(term) for term in added]
        strengths = candidate.mentions[own]
        if not (strengths >= SYNONYM).any() or (strengths >= CLITIC).any():
            return bool((strengths >= CLITIC).any())
        is_named = np.delete(candidate.sentence_matches, own, axis=1).max(axis=1, initial=0.0) >= RANKING.least_match
        is_added = candidate.sentence_matches[:, own].max(axis=1) >= SYNONYM
        is_named[1:] |= is_named[:-1].copy()
        return bool((is_named & is_added).any()) or not is_added.any()


def _is_home(lexicon: Lexicon, engine: SearchEngine, normal: str) -> bool:
    """Whether a word in normal form names the country that the coverage is from."""
    if not any(lexicon.regions.countries.find([normal])):
        return False
    held = max(map(engine.document_frequency, (light_stem(normal), stem_without_proclitic(normal))))
    # Of a few passages a fifth says nothing yet.
    return held >= _HOME * (len(engine) + RANKING.pseudo_passages)


def _nearest_stems(candidate: Candidate) -> list[int]:
    """Return the stems, by number, of the sentence that is nearest to the question."""
    source, nearest = candidate.source, int(candidate.sentence_matches.sum(axis=1).argmax())
    stems: list[int] = source.vocabulary.stems[source.words[source.layout.words[nearest]]].tolist()
    return stems


def terms_of_requirement(
    missing_requirement: Requirement, candidate: Candidate, question: Question, lexicon: Lexicon
) -> list[Term]:
    """Return the terms of a question that a missing requirement is about; none for a value."""
    if missing_requirement is Requirement.RELATION:
        # One may match a word that is spelled like it, «موقف» for «موظف», that does not state the relation.
        return [term for term in question.focus if _asks_unexpressed(term, candidate, lexicon)]
    about = {
        Requirement.YEAR: [term for term in question.terms if is_year(term.normal)],
        Requirement.NAME: [term for term in question.terms if {term.stem, term.without_proclitic} & lexicon.names],
        Requirement.FOLLOW_UP: question.added or (),
    }.get(missing_requirement, ())
    return [term for term in unmatched_terms(candidate, question) if term in about]


def _asks_unexpressed(term: Term, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Return whether a term asks for a relation that a candidate does not express."""
    find = candidate.source.vocabulary.forms.find
    asked = _asked_relations([term], lexicon)
    return not all(_expresses(candidate, relation, set(map(find, relation.passage_stems))) for relation in asked)


def _expresses(candidate: Candidate, relation: Relation, stems: set[int | None]) -> bool:
    """Return whether a passage, its title or its heading expresses a relation by one of its stems or a pattern."""
    if not candidate.source.forms.isdisjoint(stems):
        return True
    return relation.pattern is not None and relation.pattern.search(candidate.text) is not None


def _asked_relations(terms: Iterable[Term], lexicon: Lexicon) -> list[Relation]:
    normals = [term.normal for term in terms]
    return [relation for relation in lexicon.relations if not relation.question_forms.isdisjoint(normals)]


def unmatched_terms(candidate: Candidate, question: Question) -> list[Term]:
    """Return the terms of a question that a candidate matches too weakly, its own questions included."""
    matches = candidate.mentions.tolist()
    return [term for match, term in zip(matches, question.terms, strict=True) if match < RANKING.least_match]


def _forms(terms: Iterable[Term]) -> set[str]:
    """Return the stems of words, with and without a proclitic."""
    return {form for term in terms for form in (term.stem, term.without_proclitic)}
