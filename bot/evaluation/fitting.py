"""Fitting the evidence model: a weighted logistic regression, and the threshold that refuses a chosen share."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answering import EvidenceModel, Knowledge
from bot.answering.cleaning import clean
from bot.answering.considering import WEIGHED
from bot.answering.question import analyse
from bot.answering.ranking import rank
from bot.edition import Edition
from bot.evaluation.sets import GOLD, EvaluationSet

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
_ROUNDS = 4
_NEWTON_STEPS = 25
_PENALTY = 1.0


@dataclass(frozen=True, slots=True)
class Example:
    """A question of a set: its kind, and the signals of its best candidates that are not ruled out, a row each."""

    set_name: str
    kind: str
    signals: Matrix


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted model, and what it refuses of each (set, kind) that it was fitted to."""

    model: EvidenceModel
    refused: dict[tuple[str, str], float]


def examples_of(evaluation_set: EvaluationSet, edition: Edition, knowledge: Knowledge) -> Iterator[Example]:
    """Rank candidates for every question of a set, and keep the signals of those that the model would weigh."""
    for case in evaluation_set.cases:
        question = analyse(clean(case.question).text, knowledge.analyser, knowledge.lexicon)
        items = rank(question, edition, knowledge).items[:WEIGHED] if question.terms else ()
        signals = [item.signals.array() for item in items if item.objection is None]
        yield Example(evaluation_set.name, case.kind, np.array(signals))


def fit(examples: Sequence[Example], false_refusals: float) -> Fit:
    """Fit a model that refuses at most this share of the answerable questions, the mean over the sets.

    A question is represented by its best candidate as the model sees it, so the fit is repeated with the candidates
    that the fit before would choose. Each set weighs the same, as do answerable and other questions within it.
    """
    usable = [example for example in examples if len(example.signals)]
    answerable = np.array([example.kind == GOLD for example in usable], dtype=float)
    shares = _shares(usable)
    chosen = np.array([example.signals[0] for example in usable])
    for _ in range(_ROUNDS):
        centre, spread = chosen.mean(axis=0), chosen.std(axis=0) + 1e-9
        standardised = _regress((chosen - centre) / spread, answerable, shares)
        weights = standardised[:-1] / spread
        intercept = float(standardised[-1] - weights @ centre)
        chosen = np.array([example.signals[np.argmax(example.signals @ weights)] for example in usable])
    logits = [
        float((example.signals @ weights).max()) + intercept if len(example.signals) else -np.inf
        for example in examples
    ]
    threshold = _threshold(examples, logits, false_refusals)
    model = EvidenceModel(weights, intercept, float(1 / (1 + np.exp(-threshold))))
    return Fit(model, _refused(examples, logits, threshold))


def _shares(examples: Sequence[Example]) -> Vector:
    """Weigh each example so that sets count alike, answerable questions half of each, other kinds alike."""
    kinds = Counter((example.set_name, example.kind) for example in examples)
    others = Counter(name for name, kind in kinds if kind != GOLD)
    shares = np.array(
        [
            0.5 / (kinds[example.set_name, example.kind] * (1 if example.kind == GOLD else others[example.set_name]))
            for example in examples
        ]
    )
    return np.asarray(shares * len(examples) / shares.sum(), dtype=np.float64)


def _regress(signals: Matrix, answerable: Vector, shares: Vector) -> Vector:
    """Fit a logistic regression by Newton's method, with a quadratic penalty on all but the last coefficient."""
    columns = np.column_stack((signals, np.ones(len(signals))))
    penalty = np.append(np.full(signals.shape[1], _PENALTY), 1e-9)
    coefficients: Vector = np.zeros(columns.shape[1])
    for _ in range(_NEWTON_STEPS):
        probabilities = 0.5 * (1 + np.tanh(columns @ coefficients / 2))
        gradient = columns.T @ (shares * (probabilities - answerable)) + penalty * coefficients
        curvature = (columns.T * (shares * probabilities * (1 - probabilities))) @ columns + np.diag(penalty)
        coefficients -= np.linalg.solve(curvature, gradient)
    return coefficients


def _threshold(examples: Sequence[Example], logits: Sequence[float], false_refusals: float) -> float:
    """Return the highest logit, in steps of a hundredth, that refuses no more than a share of answerable questions."""
    gold: dict[str, list[float]] = {}
    for example, logit in zip(examples, logits, strict=True):
        if example.kind == GOLD:
            gold.setdefault(example.set_name, []).append(logit)
    steps = [step / 100 for step in range(-600, 600)]
    refused = [np.mean([np.mean(np.array(of_set) < step) for of_set in gold.values()]) for step in steps]
    return max((step for step, share in zip(steps, refused, strict=True) if share <= false_refusals), default=steps[0])


def _refused(examples: Sequence[Example], logits: Sequence[float], threshold: float) -> dict[tuple[str, str], float]:
    """Return the share of each set's and kind's questions that a threshold refuses."""
    refusals: dict[tuple[str, str], list[bool]] = {}
    for example, logit in zip(examples, logits, strict=True):
        refusals.setdefault((example.set_name, example.kind), []).append(logit < threshold)
    return {key: float(np.mean(values)) for key, values in sorted(refusals.items())}
