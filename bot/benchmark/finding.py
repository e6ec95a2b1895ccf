"""What all engines have in common: passages go in, the ten best come out."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

TOP = 10

Passages = Iterable[Sequence[str]]
Found = tuple[Sequence[int] | NDArray[np.integer], Sequence[float] | NDArray[np.floating]]
"""Numbers of passages and their scores, the best first."""
Search = Callable[[list[str]], Found]
Build = Callable[[Passages], Search]


def highest(scores: NDArray[np.float64]) -> Found:
    """Return the ten highest of all scores, as a user of rank-bm25 finds them."""
    # From the other end, numpy takes twenty times as long over the many passages that score nothing.
    numbers = np.argpartition(-scores, min(TOP, len(scores) - 1))[:TOP]
    numbers = numbers[np.argsort(-scores[numbers])]
    return numbers, scores[numbers]
