"""The evidence model: a logistic regression over a candidate's signals, its few numbers in `config/evidence.toml`."""

import math
import textwrap
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.answering.evidence.signals import Signals
from bot.storage import atomic_write

_WIDTH = 118
SIGNAL_NAMES = tuple(field.name for field in fields(Signals))


class Risk(StrEnum):
    """How much a maintainer dares: fewer wrong answers, or fewer refusals."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class EvidenceModel:
    """Weights per unit of each signal in the order of `Signals`, and the intercept.

    `thresholds` are the least probabilities, 0 to 1, to answer at each risk, `threshold` the one in use.
    """

    weights: NDArray[np.float64]
    intercept: float
    thresholds: Mapping[Risk, float]
    threshold: float

    @classmethod
    def read(cls, file: Path) -> "EvidenceModel":
        """Read the numbers, for normal risk; raise ValueError where one is missing or is no number."""
        try:
            numbers = tomllib.loads(file.read_text(encoding="utf-8"))
            weights = np.array([float(numbers["weights"][name]) for name in SIGNAL_NAMES])
            thresholds = {risk: float(numbers["thresholds"][risk]) for risk in Risk}
            model = cls(weights, float(numbers["intercept"]), thresholds, thresholds[Risk.NORMAL])
        except KeyError as error:
            raise ValueError(f"{file}: the number {str(error.args[0])!r} is missing") from error
        except (OSError, ValueError, TypeError) as error:
            raise ValueError(f"{file}: {error}") from error
        if not (np.isfinite(weights).all() and math.isfinite(model.intercept)):
            raise ValueError(f"{file}: weights and intercept must be finite")
        if not 1 > thresholds[Risk.LOW] >= thresholds[Risk.NORMAL] >= thresholds[Risk.HIGH] > 0:
            raise ValueError(f"{file}: thresholds must lie between 0 and 1, and fall as the risk grows")
        return model

    def at(self, risk: Risk) -> "EvidenceModel":
        """Return the model with the threshold of a risk in use."""
        return replace(self, threshold=self.thresholds[risk])

    def write(self, file: Path, comment: str) -> None:
        """Write the numbers in the form that `read` takes, under a comment that says what made them."""
        lines = [f"# {line}" for line in textwrap.wrap(comment, _WIDTH)]
        lines += ["", f"intercept = {self.intercept:.4f}", "", "[thresholds]"]
        lines += [f"{risk} = {self.thresholds[risk]:.3f}" for risk in Risk]
        lines += ["", "[weights]"]
        lines += [f"{name} = {weight:.4f}" for name, weight in zip(SIGNAL_NAMES, self.weights, strict=True)]
        atomic_write(file, ("\n".join(lines) + "\n").encode())

    def probability(self, signals: Signals) -> float:
        """Return the probability, 0 to 1, that a candidate with these signals supports the question."""
        logit = float(self.weights @ signals.array()) + self.intercept
        return 0.5 * (1 + math.tanh(logit / 2))
