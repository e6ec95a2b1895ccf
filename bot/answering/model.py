"""The evidence model: a logistic regression over a candidate's signals, its few numbers in `config/evidence.toml`."""

import math
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.answering.signals import Signals

NAMES = tuple(field.name for field in fields(Signals))


@dataclass(frozen=True, slots=True)
class EvidenceModel:
    """Weights per unit of each signal in the order of `Signals`, the intercept, and the least probability to answer."""

    weights: NDArray[np.float64]
    intercept: float
    threshold: float

    @classmethod
    def read(cls, file: Path) -> "EvidenceModel":
        """Read the numbers; raise ValueError where one is missing or is no number."""
        try:
            numbers = tomllib.loads(file.read_text(encoding="utf-8"))
            weights = np.array([float(numbers["weights"][name]) for name in NAMES])
            model = cls(weights, float(numbers["intercept"]), float(numbers["threshold"]))
        except KeyError as error:
            raise ValueError(f"{file}: the number {error} is missing") from error
        except (OSError, ValueError, TypeError) as error:
            raise ValueError(f"{file}: {error}") from error
        if not (np.isfinite(weights).all() and math.isfinite(model.intercept) and 0 < model.threshold < 1):
            raise ValueError(f"{file}: weights must be finite and the threshold between 0 and 1")
        return model

    def write(self, file: Path, comment: str) -> None:
        """Write the numbers in the form that `read` takes, under a comment that says what made them."""
        lines = [f"# {line}".rstrip() for line in comment.splitlines()]
        lines += ["", f"threshold = {self.threshold:.3f}", f"intercept = {self.intercept:.4f}", "", "[weights]"]
        lines += [f"{name} = {weight:.4f}" for name, weight in zip(NAMES, self.weights, strict=True)]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def probability(self, signals: Signals) -> float:
        """Return the probability, 0 to 1, that a candidate with these signals supports the question."""
        logit = float(self.weights @ signals.array()) + self.intercept
        return 0.5 * (1 + math.tanh(logit / 2))
