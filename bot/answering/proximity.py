"""How near each other the matched words of a question stand in a text."""

import math

import numpy as np
from numpy.typing import NDArray

_NEAR = 2


def adjacency(matched: NDArray[np.bool_]) -> float:
    """Return the share of a question's neighbouring terms that are neighbours in a text; 0 where there is one term.

    `matched` has a row a word of the text and a column a term.
    """
    pairs = matched.shape[1] - 1
    if pairs < 1:
        return 0.0
    together = 0
    for left in range(pairs):
        first, second = np.flatnonzero(matched[:, left]), np.flatnonzero(matched[:, left + 1])
        together += _distance(first, second) <= _NEAR
    return float(together / pairs)


def _distance(first: NDArray[np.intp], second: NDArray[np.intp]) -> float:
    """Return the least distance between two sorted lists of places; infinity where one is empty."""
    if not len(first) or not len(second):
        return math.inf
    behind = np.searchsorted(second, first)
    last = len(second) - 1
    return float(min(np.abs(first - second[np.clip(at, 0, last)]).min() for at in (behind - 1, behind)))
