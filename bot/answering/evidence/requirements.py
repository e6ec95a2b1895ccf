"""Objections: what rules a candidate out, however well its words match.

A passage on the right person does not answer when they were born if it speaks of no birth, and one on the contract of
2025 does not answer about the contract of 2022. Weighed signals let both pass too often; these are the errors that
would embarrass most.
"""

from collections.abc import Collection, Iterable
from functools import cached_property

from bot.answering.evidence.answer_values import AnswerValues
from bot.answering.evidence.candidate import Candidate
from bot.answering.evidence.word_match import LEAST_MATCH
from bot.answering.knowledge import Lexicon, Relation
from bot.answering.question import Question
from bot.answering.reasons import AnswerType, Requirement
from bot.arabic import Term
from bot.arabic.dates import is_year
from bot.retrieval import PassageIndex

VALUED = frozenset({AnswerType.TIME, AnswerType.QUANTITY, AnswerType.MONEY})
"""What questions ask for that no passage answers without a value: a time, a number, a sum."""
# A passage with fewer of a question's words is on something else than the passage that answered it.
_SAME_SUBJECT = 0.5


class Requirements:
    """Finds what rules passages of an index out as answers to one question."""

    def __init__(self, question: Question, index: PassageIndex, lexicon: Lexicon) -> None:
        self._question = question
        self._index = index
        self._lexicon = lexicon
        self._values = AnswerValues(question, lexicon)

    def first_missing(self, candidate: Candidate) -> Requirement | None:
        """Return the first objection to a passage, or None."""
        unmatched = unmatched_terms(candidate, self._question)
        if any(is_year(term.normal) for term in unmatched):
            return Requirement.YEAR
        if self._misses_name(candidate, unmatched):
            return Requirement.NAME
        if self._misses_value(candidate):
            return Requirement.VALUE
        if not all(self._says(candidate, *asked) for asked in self._relations):
            return Requirement.RELATION
        added = self._question.added
        return None if added is None else self._missing_of_follow_up(candidate, added, unmatched)

    def _misses_name(self, candidate: Candidate, unmatched: Iterable[Term]) -> bool:
        """Look for the question's names; where a «he» may stand for a name, it is in the paragraph before."""
        unnamed = [
            term for term in unmatched if not self._lexicon.names.isdisjoint((term.stem, term.without_proclitic))
        ]
        return bool(unnamed) and not _forms(unnamed) & _forms(self._index.analyser.terms(candidate.passage.before))

    def _misses_value(self, candidate: Candidate) -> bool:
        """Tell whether a time or a quantity is asked for and neither passage nor title names one but the question's."""
        if self._question.answer_type not in VALUED:
            return False
        return not (self._values.found_in(candidate) or self._values.found_in_text(candidate.passage.article.title))

    @cached_property
    def _relations(self) -> list[tuple[Relation, set[int | None]]]:
        """What is asked of the subject (birth, price, author), and the stems that say it, by number in the index."""
        find = self._index.vocabulary.forms.find
        asked = _asked_relations(self._question.focus, self._lexicon)
        return [(relation, set(map(find, relation.passage_stems))) for relation in asked]

    def _says(self, candidate: Candidate, relation: Relation, said: set[int | None]) -> bool:
        """Tell whether a passage, its title or its heading has a word or a sign of a relation."""
        if not candidate.forms.isdisjoint(said):
            return True
        return relation.pattern is not None and relation.pattern.search(candidate.text) is not None

    def _missing_of_follow_up(
        self, candidate: Candidate, added: Collection[Term], unmatched: Collection[Term]
    ) -> Requirement | None:
        """Look for what a follow-up asks beyond the question before it, whose passages match most of its words anyway.

        That is a word of its own, or for a bare «ولماذا؟» a reason, in a passage that speaks of the same and not only
        stands under the same title.
        """
        if self._question.answer_type is AnswerType.REASON and not self._values.found_in(candidate):
            return Requirement.VALUE
        matched = candidate.word_matches.max(axis=0, initial=0.0) >= LEAST_MATCH
        strange = set(added) <= set(unmatched) if added else matched.mean() < _SAME_SUBJECT
        return Requirement.FOLLOW_UP if strange else None


def terms_of_requirement(
    missing_requirement: Requirement, candidate: Candidate, question: Question, lexicon: Lexicon
) -> list[Term]:
    """Return the terms of a question for whose absence a passage is ruled out; none where it lacks a value."""
    about = {
        Requirement.YEAR: [term for term in question.terms if is_year(term.normal)],
        Requirement.NAME: [term for term in question.terms if {term.stem, term.without_proclitic} & lexicon.names],
        Requirement.RELATION: [term for term in question.focus if _asked_relations([term], lexicon)],
        Requirement.FOLLOW_UP: question.added or (),
    }.get(missing_requirement, ())
    return [term for term in unmatched_terms(candidate, question) if term in about]


def _asked_relations(terms: Iterable[Term], lexicon: Lexicon) -> list[Relation]:
    normals = [term.normal for term in terms]
    return [relation for relation in lexicon.relations if not relation.question_forms.isdisjoint(normals)]


def unmatched_terms(candidate: Candidate, question: Question) -> list[Term]:
    """Return the terms of a question that a passage has in no form known here."""
    matches = candidate.matches.tolist()
    return [term for match, term in zip(matches, question.terms, strict=True) if match < LEAST_MATCH]


def _forms(terms: Iterable[Term]) -> set[str]:
    """Return the stems of words, with and without a proclitic."""
    return {form for term in terms for form in (term.stem, term.without_proclitic)}
