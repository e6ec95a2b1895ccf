"""The risk-coverage curve of a set: what answering more questions costs in wrong answers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.answering import Answerer, Knowledge, Refusal
from bot.edition import Edition
from bot.evaluation.sets import GOLD, Case

# Where next to nothing is answered, a share of the answers says nothing.
_LEAST_COVERAGE = 0.05
# Probabilities at logits from -6 to 8, in steps of a half.
_THRESHOLDS = tuple(float(1 / (1 + np.exp(-step / 2))) for step in range(-12, 17))


@dataclass(frozen=True, slots=True)
class Point:
    """What a threshold of the evidence model gives, as shares from 0 to 1.

    `coverage` is the share of the answerable questions that are answered, rightly or not. `risk` is the share of all
    answers given that are wrong: those without an accepted answer in any quote, and those to questions to be refused.
    """

    threshold: float
    coverage: float
    risk: float


@dataclass(frozen=True, slots=True)
class Curve:
    """The points of a set with a coverage of a twentieth or more, by rising threshold; `shipped` is the model's own."""

    name: str
    points: tuple[Point, ...]
    shipped: Point | None


def risk_coverage(name: str, cases: Sequence[Case], edition: Edition, knowledge: Knowledge) -> Curve:
    """Answer a set's questions at thresholds from far below to far above the model's own, and count.

    Every answer counted is given by the answerer itself at that threshold.

    Source: R. El-Yaniv, Y. Wiener, "On the Foundations of Noise-free Selective Classification", 2010; here some
    questions have no answer, and count in the risk alone.
    """
    own = knowledge.model.threshold
    thresholds = sorted({*_THRESHOLDS, own})
    answerer = Answerer(knowledge)
    mistakes = [_mistakes(case, edition, answerer, thresholds) for case in cases]
    gold = [each for case, each in zip(cases, mistakes, strict=True) if case.kind == GOLD]
    points = [
        Point(threshold, coverage, float(np.mean(_at(place, mistakes))))
        for place, threshold in enumerate(thresholds)
        if (coverage := len(_at(place, gold)) / len(gold)) >= _LEAST_COVERAGE
    ]
    return Curve(name, tuple(points), next((point for point in points if point.threshold == own), None))


def _mistakes(case: Case, edition: Edition, answerer: Answerer, thresholds: Sequence[float]) -> list[bool]:
    """Say of each threshold at which a question is answered, from the lowest, whether no quote has a right answer."""
    mistakes: list[bool] = []
    for outcome in answerer.at_thresholds(case.question, edition, thresholds):
        if isinstance(outcome, Refusal):
            break
        mistakes.append(not any(case.is_answered_by(quote.text) for quote in outcome.quotes))
    return mistakes


def _at(place: int, mistakes: Sequence[Sequence[bool]]) -> list[bool]:
    """Return the answers given at a threshold, each as whether it is mistaken."""
    return [each[place] for each in mistakes if place < len(each)]
