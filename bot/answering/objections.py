"""Objections: what rules a candidate out, however well its words match.

A passage on the right person does not answer when they were born if it speaks of no birth, and one on the contract of
2025 does not answer about the contract of 2022. Weighed signals let both pass too often; these are the errors that
would embarrass most.
"""

from collections.abc import Iterable
from enum import StrEnum

from bot.answering.candidate import Candidate
from bot.answering.lexicon import Lexicon
from bot.answering.matching import LEAST_MATCH
from bot.answering.question import Question
from bot.answering.values import is_year, lacks_value
from bot.arabic import Analyser, Term


class Objection(StrEnum):
    """What a passage lacks that no answer to the question can lack."""

    YEAR = "year"
    NAME = "name"
    VALUE = "value"
    RELATION = "relation"


def objection_to(candidate: Candidate, question: Question, lexicon: Lexicon, analyser: Analyser) -> Objection | None:
    """Return what rules a passage out as an answer to a question, the first that does, or None."""
    if _lacks_year(candidate, question):
        return Objection.YEAR
    if _lacks_name(candidate, question, lexicon, analyser):
        return Objection.NAME
    if lacks_value((candidate.passage.text, candidate.passage.article.title), question, lexicon):
        return Objection.VALUE
    return Objection.RELATION if _lacks_relation(candidate, question, lexicon) else None


def _lacks_year(candidate: Candidate, question: Question) -> bool:
    """Tell whether the question has a year that the passage has not."""
    return any(is_year(term.normal) for term in unmatched(candidate, question))


def _lacks_name(candidate: Candidate, question: Question, lexicon: Lexicon, analyser: Analyser) -> bool:
    """Look for the question's names; where a «he» may stand for a name, it is in the paragraph before."""
    unnamed = [term for term in unmatched(candidate, question) if {term.stem, term.bare} & lexicon.names]
    return bool(unnamed) and not _forms(unnamed) & _forms(analyser.terms(candidate.passage.before))


def _lacks_relation(candidate: Candidate, question: Question, lexicon: Lexicon) -> bool:
    """Tell whether what is asked of the subject (birth, price, author) has none of its words in the passage."""
    asked, said = _forms(question.focus), _forms(candidate.all_words)
    return any(relation.asked & asked and not relation.said & said for relation in lexicon.relations)


def unmatched(candidate: Candidate, question: Question) -> list[Term]:
    """Return the terms of a question that a passage has in no form known here."""
    return [term for match, term in zip(candidate.matches, question.terms, strict=True) if match < LEAST_MATCH]


def _forms(terms: Iterable[Term]) -> set[str]:
    """Return the stems of words, with and without a proclitic."""
    return {form for term in terms for form in (term.stem, term.bare)}
