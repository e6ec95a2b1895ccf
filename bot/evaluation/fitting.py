"""Fitting the evidence model: a weighted logistic regression, and the thresholds that refuse chosen shares."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answering import EvidenceModel, Risk
from bot.evaluation.examples import Example
from bot.evaluation.sets import GOLD, SWAP

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Refused = Mapping[tuple[str, str], float]
"""The share of a set's questions of a kind that is refused, by set and kind."""

_ROUNDS = 4
_NEWTON_STEPS = 25
_PENALTY = 1.0
# Swapped questions are made by program, so they count half of those that people asked.
_SWAP_SHARE = 0.5
# Where the model is used at another risk, it refuses this many times the share of answerable questions.
_REFUSALS = {Risk.LOW: 2.0, Risk.NORMAL: 1.0, Risk.HIGH: 0.5}


@dataclass(frozen=True, slots=True)
class Regression:
    """A fitted regression: weights per unit of each signal, and the intercept."""

    weights: Vector
    intercept: float

    def logits(self, examples: Sequence[Example]) -> Vector:
        """Return the logit of each question's best candidate; minus infinity where it has none."""
        best = [(example.signals @ self.weights).max(initial=-np.inf) for example in examples]
        return np.array(best) + self.intercept


def fit(examples: Sequence[Example], false_refusals: float) -> EvidenceModel:
    """Fit a model that at normal risk refuses at most this share of the answerable questions, a mean over the sets."""
    regression = regress(examples)
    logits = regression.logits(examples)
    thresholds = {
        risk: float(1 / (1 + np.exp(-threshold(examples, logits, times * false_refusals))))
        for risk, times in _REFUSALS.items()
    }
    return EvidenceModel(regression.weights, regression.intercept, thresholds, thresholds[Risk.NORMAL])


def regress(examples: Sequence[Example]) -> Regression:
    """Fit a regression of «answerable» on the signals.

    A question is represented by its best candidate as the model sees it, so the fit is repeated with the candidates
    that the fit before would choose. Each set weighs the same, as do answerable and other questions within it.
    """
    usable = [example for example in examples if len(example.signals)]
    answerable = np.array([example.kind == GOLD for example in usable], dtype=float)
    shares = _shares(usable)
    chosen = np.array([example.signals[0] for example in usable])
    for _ in range(_ROUNDS):
        centre, spread = chosen.mean(axis=0), chosen.std(axis=0) + 1e-9
        standardised = _newton((chosen - centre) / spread, answerable, shares)
        weights = standardised[:-1] / spread
        chosen = np.array([example.signals[np.argmax(example.signals @ weights)] for example in usable])
    return Regression(weights, float(standardised[-1] - weights @ centre))


def threshold(examples: Sequence[Example], logits: Vector, false_refusals: float) -> float:
    """Return the highest logit, in steps of a hundredth, that refuses no more than a share of answerable questions.

    The share is a plain mean over the sets.
    """
    gold: dict[str, list[float]] = {}
    for example, logit in zip(examples, logits, strict=True):
        if example.kind == GOLD:
            gold.setdefault(example.set_name, []).append(logit)
    steps = [step / 100 for step in range(-600, 600)]
    shares = [np.mean([np.mean(np.array(of_set) < step) for of_set in gold.values()]) for step in steps]
    return max((step for step, share in zip(steps, shares, strict=True) if share <= false_refusals), default=steps[0])


def refused(examples: Sequence[Example], logits: Vector, least: float) -> Refused:
    """Return what share of each set's and kind's questions is refused where a logit is less than the least."""
    refusals: dict[tuple[str, str], list[bool]] = {}
    for example, logit in zip(examples, logits, strict=True):
        refusals.setdefault((example.set_name, example.kind), []).append(bool(logit < least))
    return {key: float(np.mean(values)) for key, values in sorted(refusals.items())}


def _shares(examples: Sequence[Example]) -> Vector:
    """Weigh each example so that sets count alike, answerable questions half of each, other kinds alike but swaps."""
    counts = Counter((example.set_name, example.kind) for example in examples)
    totals: defaultdict[str, float] = defaultdict(float)
    for name, kind in counts:
        totals[name] += 0 if kind == GOLD else _kind_share(kind)
    weights = [
        _kind_share(example.kind)
        / counts[example.set_name, example.kind]
        / (1 if example.kind == GOLD else totals[example.set_name])
        for example in examples
    ]
    return np.array(weights) * len(examples) / sum(weights)


def _kind_share(kind: str) -> float:
    return _SWAP_SHARE if kind == SWAP else 1.0


def _newton(signals: Matrix, answerable: Vector, shares: Vector) -> Vector:
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
