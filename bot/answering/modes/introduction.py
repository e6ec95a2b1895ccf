"""Definitions: the paragraph that introduces X before those that only say something of it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bot.answering.configuration import Knowledge
from bot.answering.decision import Decision, Finding
from bot.answering.evidence import Candidate
from bot.answering.modes.subject_articles import EXACT, SubjectArticles
from bot.answering.quotes import select_quotes
from bot.answering.ranking import RankedCandidate, Ranking
from bot.answering.reasons import Statement

# Measured on the definitions of three question sets: the lead of an article about X goes before a passage that ranks by
# so much more; right@1 .87 to .91. Chosen for a passage with X among the first words of its first sentences, or with an
# apposition to it («بيتر ثيل، أحد مؤسسي …»), and for one whose title begins with X.
_LEAD, _SUBJECT, _APPOSED, _TITLED = 0.3, 0.3, 0.2, 0.1
_APPOSITION = ("،", ",", "(", "–", "-")
_SUBJECT_WORDS, _FIRST_SENTENCES = 5, 2


def find_introduction(decision: Decision, ranking: Ranking, knowledge: Knowledge) -> Finding | None:
    """Find the passages that answer what X is, the one first that introduces it."""
    question = ranking.question
    defined = question.defined_terms or question.terms
    named = [term for term in defined if term.normal not in knowledge.lexicon.definitions.kinds] or defined
    columns = [column for column, term in enumerate(question.terms) if term in named]
    if not decision.supporting:
        return None
    articles = SubjectArticles(ranking, decision.edition, knowledge.lexicon)
    leads = {one.lead.source.number for one in articles.about}

    def introduced(item: RankedCandidate) -> RankedCandidate:
        candidate = item.candidate
        gain = _SUBJECT * _is_subject(candidate, columns) + _APPOSED * _is_apposed(candidate, columns)
        is_lead = candidate.source.number in leads and _has_title(candidate, columns)
        gain += _LEAD * is_lead + _TITLED * _begins_title(candidate, columns)
        return replace(item, rank=item.rank + gain)

    # Where another passage of its article supports an answer, so does the one that introduces X.
    supporting = {item.candidate.source.article_number for item in decision.supporting}
    own = [item for item in ranking.items if item.candidate.source.article_number in supporting]
    found = [item for item in own if item in decision.supporting or not item.missing_requirement]
    order = sorted(map(introduced, found), key=lambda item: -item.rank)
    return Finding(
        Statement.DEFINITION,
        tuple(select_quotes(ranking, order, knowledge.lexicon, decision.edition.index)),
        shown=None,
    )


def _is_subject(candidate: Candidate, columns: Sequence[int]) -> bool:
    """Tell whether X stands at the beginning of one of the first sentences of a passage."""
    openings = (
        candidate.word_matches[own][:_SUBJECT_WORDS] for own in candidate.source.layout.words[:_FIRST_SENTENCES]
    )
    return any((opening[:, columns].max(axis=0, initial=0.0) >= EXACT).all() for opening in openings)


def _is_apposed(candidate: Candidate, columns: Sequence[int]) -> bool:
    """Tell whether an apposition stands behind X where the passage first names it."""
    named = np.flatnonzero(candidate.word_matches[:, columns[-1]] >= EXACT)
    if not len(named):
        return False
    return candidate.text[int(candidate.source.layout.ends[named[0]]) :].lstrip().startswith(_APPOSITION)


def _has_title(candidate: Candidate, columns: Sequence[int]) -> bool:
    """Tell whether a title has X."""
    title = candidate.heading_word_matches[: len(candidate.source.title_words), columns]
    return bool((title.max(axis=0, initial=0.0) >= EXACT).all())


def _begins_title(candidate: Candidate, columns: Sequence[int]) -> bool:
    """Tell whether a title begins with a word of X."""
    first = candidate.heading_word_matches[: min(1, len(candidate.source.title_words)), columns]
    return bool((first >= EXACT).any())
