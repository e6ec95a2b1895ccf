"""Risk-coverage curves of question sets, and their plot."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.answering import Answerer, Knowledge, Refusal
from bot.edition import Edition
from bot.lab.evaluation.question_sets import FACT_KINDS, GOLD, Case
from bot.lab.svg import Axis, Line, picture

# Where next to nothing is answered, a share of the answers says nothing.
_LEAST_COVERAGE = 0.05
# Probabilities at logits from -6 to 8, in steps of a half.
_THRESHOLDS = tuple(float(1 / (1 + np.exp(-step / 2))) for step in range(-12, 17))

_GRID_LINES = 5
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2)
_X_LABEL = "Coverage: share of the answerable questions that are answered"
_Y_LABEL = "Risk: share of the answers given that are wrong, or given to questions that must be refused"


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the curve: coverage and risk at a threshold of the evidence model, as shares from 0 to 1.

    `coverage` is the share of the answerable questions that are answered, rightly or not. `risk` is the share of all
    answers given that are wrong: those without an accepted answer in any quote, and those to questions to be refused.
    """

    threshold: float
    coverage: float
    risk: float


@dataclass(frozen=True, slots=True)
class Curve:
    """The points of a set with at least 5 % coverage, by rising threshold; `shipped` is at the model's own."""

    name: str
    points: tuple[Point, ...]
    shipped: Point | None


def risk_coverage(name: str, cases: Sequence[Case], edition: Edition, knowledge: Knowledge) -> Curve:
    """Answer a set's questions of fact at thresholds from far below to far above the model's own; compute the curve.

    Every answer counted is given by the answerer itself at that threshold.

    Source: R. El-Yaniv, Y. Wiener, "On the Foundations of Noise-free Selective Classification", 2010; here some
    questions have no answer, and count in the risk alone.
    """
    own = knowledge.model.threshold
    thresholds = sorted({*_THRESHOLDS, own})
    answerer = Answerer(knowledge)
    cases = [case for case in cases if case.kind in FACT_KINDS]
    mistakes = [_mistakes(case, edition, answerer, thresholds) for case in cases]
    gold = [each for case, each in zip(cases, mistakes, strict=True) if case.kind == GOLD]
    points = [
        Point(threshold, coverage, float(np.mean(_at(place, mistakes))))
        for place, threshold in enumerate(thresholds)
        if (coverage := len(_at(place, gold)) / max(1, len(gold))) >= _LEAST_COVERAGE
    ]
    return Curve(name, tuple(points), next((point for point in points if point.threshold == own), None))


def _mistakes(case: Case, edition: Edition, answerer: Answerer, thresholds: Sequence[float]) -> list[bool]:
    """Return for each threshold at which a question is answered, from the lowest, whether all its quotes are wrong."""
    mistakes: list[bool] = []
    for outcome in answerer.answer_at_thresholds(case.question, edition, thresholds):
        if isinstance(outcome, Refusal):
            break
        mistakes.append(not any(case.is_answered_by(quote.text) for quote in outcome.quotes))
    return mistakes


def _at(place: int, mistakes: Sequence[Sequence[bool]]) -> list[bool]:
    """Return whether each answer given at a threshold is wrong."""
    return [each[place] for each in mistakes if place < len(each)]


def svg(curves: Sequence[Curve]) -> str:
    """Draw a line for each set, with a dot at the threshold in use."""
    threshold = next((curve.shipped.threshold for curve in curves if curve.shipped), None)
    remark = None if threshold is None else f"Each dot is at the threshold in use, {threshold:g}."
    coverage = Axis(_X_LABEL, 0, 1, {tenths / 10: f"{tenths / 10:.0%}" for tenths in range(0, 11, 2)})
    risk = _risk_axis(max((point.risk for curve in curves for point in curve.points), default=0.0))
    lines = [
        Line(
            curve.name,
            [(point.coverage, point.risk) for point in curve.points],
            [(curve.shipped.coverage, curve.shipped.risk)] if curve.shipped else [],
        )
        for curve in curves
    ]
    return picture("Risk and coverage as the evidence model's threshold falls", remark, coverage, risk, lines)


def _risk_axis(most: float) -> Axis:
    """Return an axis whose top grid line is at or above the greatest risk."""
    step = next((step for step in _STEPS if most <= step * _GRID_LINES), _STEPS[-1])
    grid_lines = max(1, math.ceil(most / step - 1e-9))
    marks = {number * step: f"{number * step:.0%}" for number in range(grid_lines + 1)}
    return Axis(_Y_LABEL, 0, step * grid_lines, marks)
