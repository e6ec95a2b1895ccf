"""Objections: what rules a candidate out, however well its words match.

A passage on the right person does not answer when they were born if it speaks of no birth, and one on the contract of
2025 does not answer about the contract of 2022. Weighed signals let both pass too often; these are the errors that
would embarrass most.
"""

from collections.abc import Collection, Iterable
from enum import StrEnum

from bot.answering.asks import Asks
from bot.answering.candidate import Candidate
from bot.answering.lexicon import Lexicon
from bot.answering.matching import LEAST_MATCH
from bot.answering.question import Question
from bot.answering.relations import Relation
from bot.answering.values import Values, is_year
from bot.arabic import Analyser, Term

# A passage with fewer of a question's words is on something else than the passage that answered it.
_SAME_SUBJECT = 0.5


class Objection(StrEnum):
    """What a passage lacks that no answer to the question can lack."""

    YEAR = "year"
    NAME = "name"
    VALUE = "value"
    RELATION = "relation"
    FOLLOW_UP = "follow_up"


def objection_to(candidate: Candidate, question: Question, lexicon: Lexicon, analyser: Analyser) -> Objection | None:
    """Return what rules a passage out as an answer to a question, the first that does, or None."""
    if _lacks_year(candidate, question):
        return Objection.YEAR
    if _lacks_name(candidate, question, lexicon, analyser):
        return Objection.NAME
    if _lacks_value(candidate, question, lexicon):
        return Objection.VALUE
    if _lacks_relation(candidate, question, lexicon):
        return Objection.RELATION
    return None if question.added is None else _to_follow_up(candidate, question, question.added, lexicon)


def _lacks_year(candidate: Candidate, question: Question) -> bool:
    """Tell whether the question has a year that the passage has not."""
    return any(is_year(term.normal) for term in unmatched(candidate, question))


def _lacks_name(candidate: Candidate, question: Question, lexicon: Lexicon, analyser: Analyser) -> bool:
    """Look for the question's names; where a «he» may stand for a name, it is in the paragraph before."""
    unnamed = [term for term in unmatched(candidate, question) if {term.stem, term.bare} & lexicon.names]
    return bool(unnamed) and not _forms(unnamed) & _forms(analyser.terms(candidate.passage.before))


def _lacks_value(candidate: Candidate, question: Question, lexicon: Lexicon) -> bool:
    """Tell whether a time or a quantity is asked for and neither passage nor title names one but the question's own."""
    if question.asks not in {Asks.TIME, Asks.QUANTITY, Asks.MONEY}:
        return False
    values = Values(question, lexicon)
    return not (values.are_in(candidate) or values.are_named(candidate.passage.article.title))


def _lacks_relation(candidate: Candidate, question: Question, lexicon: Lexicon) -> bool:
    """Tell whether what is asked of the subject (birth, price, author) has none of its words in the passage."""
    return any(not _says(candidate, relation) for relation in _asked_relations(question.focus, lexicon))


def _asked_relations(terms: Iterable[Term], lexicon: Lexicon) -> list[Relation]:
    normals = [term.normal for term in terms]
    return [relation for relation in lexicon.relations if not relation.asking.isdisjoint(normals)]


def _says(candidate: Candidate, relation: Relation) -> bool:
    """Tell whether a passage, its title or its heading has a word or a sign of a relation."""
    if not candidate.forms.isdisjoint(map(candidate.index.vocabulary.forms.find, relation.said)):
        return True
    return relation.pattern is not None and relation.pattern.search(candidate.text) is not None


def _to_follow_up(
    candidate: Candidate, question: Question, added: Collection[Term], lexicon: Lexicon
) -> Objection | None:
    """Look for what a follow-up asks beyond the question before it, whose passages match most of its words anyway.

    That is a word of its own, or for a bare «ولماذا؟» a reason, in a passage that speaks of the same and not only
    stands under the same title.
    """
    if question.asks is Asks.REASON and not Values(question, lexicon).are_in(candidate):
        return Objection.VALUE
    matched = candidate.word_matches.max(axis=0, initial=0.0) >= LEAST_MATCH
    strange = set(added) <= set(unmatched(candidate, question)) if added else matched.mean() < _SAME_SUBJECT
    return Objection.FOLLOW_UP if strange else None


def lacked_terms(objection: Objection, candidate: Candidate, question: Question, lexicon: Lexicon) -> list[Term]:
    """Return the terms of a question for whose absence a passage is ruled out; none where it lacks a value."""
    about = {
        Objection.YEAR: [term for term in question.terms if is_year(term.normal)],
        Objection.NAME: [term for term in question.terms if {term.stem, term.bare} & lexicon.names],
        Objection.RELATION: [term for term in question.focus if _asked_relations([term], lexicon)],
        Objection.FOLLOW_UP: question.added or (),
    }.get(objection, ())
    return [term for term in unmatched(candidate, question) if term in about]


def unmatched(candidate: Candidate, question: Question) -> list[Term]:
    """Return the terms of a question that a passage has in no form known here."""
    return [term for match, term in zip(candidate.matches, question.terms, strict=True) if match < LEAST_MATCH]


def _forms(terms: Iterable[Term]) -> set[str]:
    """Return the stems of words, with and without a proclitic."""
    return {form for term in terms for form in (term.stem, term.bare)}
