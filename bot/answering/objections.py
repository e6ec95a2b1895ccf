"""Objections: what rules a candidate out, however well its words match.

A passage on the right person does not answer when they were born if it speaks of no birth, and one on the contract of
2025 does not answer about the contract of 2022. Weighed signals let both pass too often; these are the errors that
would embarrass most.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from bot.answering.candidate import Candidate
from bot.answering.lexicon import Lexicon, Relation
from bot.answering.matching import LEAST_MATCH
from bot.answering.question import Question
from bot.answering.values import is_year, lacks_value
from bot.arabic import Analyser, Term

_PREFIXES = ("ال", "وال", "بال", "فال", "لل", "و", "ف", "ب", "ل")


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
    asked = {form for term in question.focus for form in _without_prefixes(term.normal)}
    relations = [relation for relation in lexicon.relations if relation.asked & asked]
    return any(not _says(candidate, relation) for relation in relations)


def _says(candidate: Candidate, relation: Relation) -> bool:
    """Tell whether a passage, its title or its section has a word or a sign of a relation."""
    if relation.said & _forms(candidate.all_words):
        return True
    return relation.pattern is not None and relation.pattern.search(candidate.passage.text) is not None


def unmatched(candidate: Candidate, question: Question) -> list[Term]:
    """Return the terms of a question that a passage has in no form known here."""
    return [term for match, term in zip(candidate.matches, question.terms, strict=True) if match < LEAST_MATCH]


def _without_prefixes(normal: str) -> Iterator[str]:
    """Write a word as it is and without what may be written onto its beginning: article, preposition, conjunction."""
    yield normal
    yield from (normal.removeprefix(prefix) for prefix in _PREFIXES if normal.startswith(prefix))


def _forms(terms: Iterable[Term]) -> set[str]:
    """Return the stems of words, with and without a proclitic."""
    return {form for term in terms for form in (term.stem, term.bare)}
