"""The evidence model fitted and cross-validated: weighted logistic regression, thresholds of refused shares."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from bot.answering import EvidenceModel, Knowledge, Risk
from bot.answering.evidence import SIGNAL_NAMES
from bot.answering.question import analyse_message, interpret
from bot.answering.ranking import RankedCandidate, rank
from bot.edition import Edition
from bot.lab.evaluation.question_sets import FACT_KINDS, GOLD, Case, EvaluationSet

# Ends the name of a set that is asked among distractors.
AMONG = "+"

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Refused = Mapping[tuple[str, str], float]
"""The share of a set's questions of a kind that is refused, by set and kind."""

_NEWTON_STEPS = 25
_PENALTY = 1.0
# Where the model is used at another risk, it refuses this many times the share of answerable questions.
_REFUSALS = {Risk.LOW: 2.0, Risk.NORMAL: 1.0, Risk.HIGH: 0.5}

_FOLDS = 10

# Of these a passage has the less, the better it answers; of all other signals, the more.
_AGAINST = frozenset({"unknown", "numbers", "undefined"})
_DIRECTIONS = np.array([-1 if name in _AGAINST else 1 for name in SIGNAL_NAMES])


@dataclass(frozen=True, slots=True)
class Example:
    """A question of a set: its kind, and the signals of its best candidates that are not ruled out, a row each.

    `is_right` has for each of them whether it answers: whether the question is answerable, and a right answer stands
    there. Questions of one `group` have an article in common, so that a model fitted to one has seen the other.
    """

    set_name: str
    kind: str
    group: str
    signals: NDArray[np.float64]
    is_right: NDArray[np.bool_]


def examples_of(evaluation_set: EvaluationSet, name: str, edition: Edition, knowledge: Knowledge) -> Iterator[Example]:
    """Rank candidates for every question of fact of a set, and keep the signals of those that the model would weigh."""
    for case in (case for case in evaluation_set.cases if case.kind in FACT_KINDS):
        items = weighed_candidates(case.question, edition, knowledge)
        yield example_of(case, evaluation_set.name, name, items)


def example_of(case: Case, set_name: str, name: str, items: Sequence[RankedCandidate]) -> Example:
    """Keep the signals of the candidates of a question that are not ruled out, under the name of a set in a table."""
    weighed = [item for item in items if item.missing_requirement is None]
    signals = np.array([item.signals.array() for item in weighed]).reshape(-1, len(SIGNAL_NAMES))
    is_right = [case.kind == GOLD and case.is_answered_by(item.candidate.text) for item in weighed]
    # The article, or the question itself: the same alone and among distractors.
    place = case.place.article_id if case.place else case.question
    group = blake2b(f"{set_name}\n{place}".encode(), digest_size=8).hexdigest()
    return Example(name, case.kind, group, signals, np.array(is_right, dtype=np.bool_))


def weighed_candidates(message: str, edition: Edition, knowledge: Knowledge) -> tuple[RankedCandidate, ...]:
    """Weigh what an edition has for a message, as the bot understands it; nothing where it refuses before it looks."""
    interpretation = interpret(analyse_message(message, knowledge.questions), None, edition.index, knowledge.questions)
    if interpretation.question is None or interpretation.reason is not None:
        return ()
    return rank(interpretation.question, edition, knowledge).items


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
    """Fit a regression of «the candidate answers» on the signals of all candidates.

    Each set weighs the same, as do answerable and other questions within it. A signal that would speak against what it
    is there for, since others say the same better, is left out and weighs nothing. Columns behind the signals of the
    model, such as are on trial, are there to speak for an answer.
    """
    usable = [example for example in examples if len(example.signals)]
    used = np.ones(usable[0].signals.shape[1], dtype=np.bool_)
    directions = np.append(_DIRECTIONS, np.ones(len(used) - len(_DIRECTIONS)))
    while True:
        regression = _regress_on(used, usable)
        against = np.flatnonzero(regression.weights * directions < 0)
        if not len(against):
            return regression
        used[against[np.argmax(np.abs(regression.weights[against]))]] = False


def _regress_on(used: NDArray[np.bool_], usable: Sequence[Example]) -> Regression:
    """Fit a regression on some of the signals; the others weigh nothing."""
    is_right = np.concatenate([example.is_right for example in usable]).astype(float)
    shares = np.repeat(_shares(usable), [len(example.signals) for example in usable])
    signals, weights = np.concatenate([example.signals for example in usable])[:, used], np.zeros(len(used))
    centre, spread = signals.mean(axis=0), signals.std(axis=0) + 1e-9
    standardised = _newton((signals - centre) / spread, is_right, shares)
    weights[used] = standardised[:-1] / spread
    return Regression(weights, float(standardised[-1] - weights[used] @ centre))


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
    """Weigh each example so that sets count alike, answerable questions half of each, and other kinds alike."""
    counts = Counter((example.set_name, example.kind) for example in examples)
    others = Counter(name for name, kind in counts if kind != GOLD)
    weights = [
        1 / counts[example.set_name, example.kind] / (1 if example.kind == GOLD else others[example.set_name])
        for example in examples
    ]
    return np.array(weights) * len(examples) / sum(weights)


def _newton(signals: Matrix, is_right: Vector, shares: Vector) -> Vector:
    """Fit a logistic regression by Newton's method, with a quadratic penalty on all but the last coefficient."""
    columns = np.column_stack((signals, np.ones(len(signals))))
    penalty = np.append(np.full(signals.shape[1], _PENALTY), 1e-9)
    coefficients: Vector = np.zeros(columns.shape[1])
    for _ in range(_NEWTON_STEPS):
        probabilities = 0.5 * (1 + np.tanh(columns @ coefficients / 2))
        gradient = columns.T @ (shares * (probabilities - is_right)) + penalty * coefficients
        curvature = (columns.T * (shares * probabilities * (1 - probabilities))) @ columns + np.diag(penalty)
        coefficients -= np.linalg.solve(curvature, gradient)
    return coefficients


def fitted_figures(examples: Sequence[Example], false_refusals: float) -> Refused:
    """Return what a model refuses of the questions that it was fitted to."""
    logits = regress(examples).logits(examples)
    return refused(examples, logits, threshold(examples, logits, false_refusals))


def cross_validated(examples: Sequence[Example], false_refusals: float) -> Refused:
    """Return what is refused by models that each have not seen a tenth of the articles, of the questions on these."""
    return _unseen(examples, false_refusals, lambda example: str(int(example.group, 16) % _FOLDS))


def leaving_one_set_out(examples: Sequence[Example], false_refusals: float) -> Refused:
    """Return what is refused by models that each have not seen a set, alone or among distractors, of that set."""
    return _unseen(examples, false_refusals, lambda example: example.set_name.removesuffix(AMONG))


def _unseen(examples: Sequence[Example], false_refusals: float, part: Callable[[Example], str]) -> Refused:
    """Give each part's questions the logits of a model fitted to the others, and hold all against one threshold."""
    parts = [part(example) for example in examples]
    logits: NDArray[np.float64] = np.zeros(len(examples))
    for unseen in sorted(set(parts)):
        model = regress([example for example, own in zip(examples, parts, strict=True) if own != unseen])
        places = [place for place, own in enumerate(parts) if own == unseen]
        logits[places] = model.logits([examples[place] for place in places])
    return refused(examples, logits, threshold(examples, logits, false_refusals))
