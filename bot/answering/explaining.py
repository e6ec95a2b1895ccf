"""The explanation of an outcome, made from the very steps that led to it: terms, matches, signals, decision."""

from collections.abc import Iterator

import numpy as np

from bot.answering.answer import Answer, Refusal
from bot.answering.candidate import Candidate
from bot.answering.comparison import Matches
from bot.answering.considering import Considered
from bot.answering.explanation import (
    ExplainedCandidate,
    ExplainedMatch,
    ExplainedSignal,
    ExplainedTerm,
    Explanation,
)
from bot.answering.model import NAMES, EvidenceModel
from bot.answering.question import Question
from bot.answering.ranking import Knowledge, Ranked, Ranking


def explain(considered: Considered, outcome: Answer | Refusal, knowledge: Knowledge) -> Explanation:
    """Lay open what was considered on the way to an outcome."""
    question, ranking, model = considered.understood.question, considered.ranking, knowledge.model
    return Explanation(
        outcome=outcome,
        understood=question.text if question else considered.understood.text,
        asks=question.asks if question else None,
        terms=tuple(_terms(ranking, considered)) if ranking else (),
        candidates=tuple(_candidates(ranking, model)) if ranking else (),
        intercept=model.intercept,
        threshold=model.threshold,
        decision=considered.decision,
    )


def _terms(ranking: Ranking, considered: Considered) -> Iterator[ExplainedTerm]:
    question, weights = ranking.question, ranking.weights
    worth = zip(question.terms, weights.information.tolist(), weights.importance.tolist(), strict=True)
    for term, information, importance in worth:
        word = question.text[term.start : term.end]
        held = considered.edition.index.stems.document_frequency(term.stem)
        missing = word in considered.missing
        yield ExplainedTerm(word, term.normal, term.stem, information, importance, held, missing)


def _candidates(ranking: Ranking, model: EvidenceModel) -> Iterator[ExplainedCandidate]:
    for item in ranking.items:
        yield ExplainedCandidate(
            article=item.candidate.passage.article,
            paragraph=item.candidate.passage.paragraph,
            rank=item.rank,
            matches=tuple(_matches(item.candidate, ranking.question)),
            signals=tuple(_signals(item, model)),
            objection=item.objection,
            probability=item.probability,
        )


def _matches(candidate: Candidate, question: Question) -> Iterator[ExplainedMatch]:
    found = _written(candidate)
    strengths: Matches = np.vstack((candidate.word_matches, candidate.heading_matches))
    for column, term in enumerate(question.terms):
        strength = float(candidate.matches[column])
        word = found[int(strengths[:, column].argmax())] if strength > 0 else None
        yield ExplainedMatch(question.text[term.start : term.end], word, strength)


def _written(candidate: Candidate) -> list[str]:
    """Return the words of passage, title and heading, in the order of their matches, as they are written."""
    places = zip(candidate.layout.starts, candidate.layout.ends, strict=True)
    above = [text[term.start : term.end] for text, terms in candidate.above for term in terms]
    return [candidate.text[start:end] for start, end in places] + above


def _signals(item: Ranked, model: EvidenceModel) -> Iterator[ExplainedSignal]:
    values = zip(NAMES, item.signals.array().tolist(), model.weights.tolist(), strict=True)
    for name, value, weight in values:
        yield ExplainedSignal(name, value, weight, value * weight)
