"""Objections: what rules a candidate out, however well its words match.

A passage on the right person does not answer when they were born if it speaks of no birth, and one on the contract of
2025 does not answer about the contract of 2022. Weighed signals let both pass too often; these are the errors that
would embarrass most.
"""

from collections.abc import Iterable

from bot.answering.candidate import Candidate
from bot.answering.lexicon import Lexicon
from bot.answering.matching import LEAST_MATCH
from bot.answering.question import Question
from bot.answering.values import is_year, lacks_value
from bot.arabic import Analyser, Term


def is_ruled_out(candidate: Candidate, question: Question, lexicon: Lexicon, analyser: Analyser) -> bool:
    """Tell whether a passage lacks what no answer to the question can lack: a name, a year, a value, a relation."""
    return (
        _lacks_name(candidate, question, lexicon, analyser)
        or lacks_value((candidate.passage.text, candidate.passage.article.title), question, lexicon)
        or _lacks_relation(candidate, question, lexicon)
    )


def _lacks_name(candidate: Candidate, question: Question, lexicon: Lexicon, analyser: Analyser) -> bool:
    """Look for the question's years and names; where a «he» may stand for a name, it is in the paragraph before."""
    missing = [term for match, term in zip(candidate.matches, question.terms, strict=True) if match < LEAST_MATCH]
    if any(is_year(term.normal) for term in missing):
        return True
    unnamed = [term for term in missing if {term.stem, term.bare} & lexicon.names]
    return bool(unnamed) and not _forms(unnamed) & _forms(analyser.terms(candidate.passage.before))


def _lacks_relation(candidate: Candidate, question: Question, lexicon: Lexicon) -> bool:
    """Tell whether what is asked of the subject (birth, price, author) has none of its words in the passage."""
    asked = _forms(question.focus)
    relations = [relation for relation in lexicon.relations if relation.asked & asked]
    return any(not relation.said & _forms(candidate.all_words) for relation in relations)


def _forms(terms: Iterable[Term]) -> set[str]:
    """Return the stems of words, with and without a proclitic."""
    return {form for term in terms for form in (term.stem, term.bare)}
