"""The explanation of an outcome, made from the steps that led to it: terms, matches, signals, decision."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bot.answering.answer import Answer, Refusal
from bot.answering.configuration import Knowledge
from bot.answering.decision import Decision, Verdict
from bot.answering.evidence import SIGNAL_NAMES, Candidate, EvidenceModel, Matches
from bot.answering.question import Question
from bot.answering.ranking import Ranking
from bot.answering.reasons import AnswerType, Mode, Requirement
from bot.articles import Article


@dataclass(frozen=True, slots=True)
class ExplainedTerm:
    """A search term: the word as written, its forms, its weights in nats, how many passages hold its stem.

    `information` is its weight by Arabic news at large, `importance` that weight drawn towards this corpus's own.
    """

    word: str
    normal: str
    stem: str
    information: float
    importance: float
    passages: int
    is_missing: bool


@dataclass(frozen=True, slots=True)
class ExplainedMatch:
    """A word of the question, the word of passage or title that matches it best, and how well, 0 to 1."""

    asked: str
    found: str | None
    strength: float


@dataclass(frozen=True, slots=True)
class ExplainedSignal:
    """A signal, the model's weight for a unit of it, and what both contribute to the log odds."""

    name: str
    value: float
    weight: float
    contribution: float


@dataclass(frozen=True, slots=True)
class ExplainedCandidate:
    """A weighed passage: rank score, matches, signals, missing requirement, and probability, 0 to 1."""

    article: Article
    paragraph: int
    rank: float
    matches: tuple[ExplainedMatch, ...]
    signals: tuple[ExplainedSignal, ...]
    missing_requirement: Requirement | None
    probability: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """An outcome, the question as it was understood, its terms, the weighed passages best first, and the verdict.

    `removed` are the courtesies of the message that were taken off before it was understood, as they were written.
    The model's log odds of a candidate are the sum of its signals' contributions and the intercept.
    """

    outcome: Answer | Refusal
    understood: str
    removed: tuple[str, ...]
    answer_type: AnswerType | None
    mode: Mode
    terms: tuple[ExplainedTerm, ...]
    candidates: tuple[ExplainedCandidate, ...]
    intercept: float
    threshold: float
    verdict: Verdict


def explain(decision: Decision, outcome: Answer | Refusal, knowledge: Knowledge) -> Explanation:
    """Explain an outcome by the decision that led to it."""
    question, ranking, model = decision.interpretation.question, decision.ranking, knowledge.model
    # The verdict is on a fact; of another mode it is whether the subject was found.
    verdict = decision.verdict
    if isinstance(outcome, Answer):
        verdict = verdict if outcome.mode is Mode.FACT else Verdict.FOUND
    elif decision.mode is not Mode.FACT and ranking is not None and decision.interpretation.reason is None:
        verdict = Verdict.NOT_FOUND
    return Explanation(
        outcome=outcome,
        understood=question.text if question else decision.interpretation.text,
        removed=decision.interpretation.removed,
        answer_type=question.answer_type if question else None,
        mode=decision.mode,
        terms=tuple(_terms(ranking, decision)) if ranking else (),
        candidates=tuple(_candidates(ranking, model)) if ranking else (),
        intercept=model.intercept,
        threshold=model.threshold,
        verdict=verdict,
    )


def _terms(ranking: Ranking, decision: Decision) -> Iterator[ExplainedTerm]:
    question, weights = ranking.question, ranking.weights
    worth = zip(question.terms, weights.information.tolist(), weights.importance.tolist(), strict=True)
    for term, information, importance in worth:
        word = question.text[term.start : term.end]
        held = decision.edition.index.document_frequency(term.stem)
        missing = word in decision.missing
        yield ExplainedTerm(word, term.normal, term.stem, information, importance, held, missing)


def _candidates(ranking: Ranking, model: EvidenceModel) -> Iterator[ExplainedCandidate]:
    for item in ranking.items:
        values = zip(SIGNAL_NAMES, item.signals.array().tolist(), model.weights.tolist(), strict=True)
        yield ExplainedCandidate(
            article=item.candidate.passage.article,
            paragraph=item.candidate.passage.paragraph,
            rank=item.rank,
            matches=tuple(_matches(item.candidate, ranking.question)),
            signals=tuple(ExplainedSignal(name, value, weight, value * weight) for name, value, weight in values),
            missing_requirement=item.missing_requirement,
            probability=item.probability,
        )


def _matches(candidate: Candidate, question: Question) -> Iterator[ExplainedMatch]:
    source = candidate.source
    found = [candidate.text[start:end] for start, end in zip(source.layout.starts, source.layout.ends, strict=True)]
    found += [text[term.start : term.end] for text, terms in source.title_and_heading for term in terms]
    strengths: Matches = np.vstack((candidate.word_matches, candidate.heading_word_matches))
    for column, term in enumerate(question.terms):
        strength = float(candidate.matches[column])
        word = found[int(strengths[:, column].argmax())] if strength > 0 else None
        yield ExplainedMatch(question.text[term.start : term.end], word, strength)
