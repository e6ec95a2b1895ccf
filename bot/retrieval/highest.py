"""The highest of many scores, without sorting them."""

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.postings import Scores

# Blocks of this size leave few of them, and few scores beside the highest to look at.
_BLOCK = 128


def highest(scores: Scores, limit: int) -> NDArray[np.intp]:
    """Return the places of the highest scores, in order of place; of equal scores the first ones."""
    if limit <= 0:
        return np.zeros(0, dtype=np.intp)
    if len(scores) <= limit:
        return np.arange(len(scores))
    least = _bound(scores, limit)
    above = np.flatnonzero(scores > least)
    if len(above) >= limit:
        least = float(np.partition(scores[above], -limit)[-limit])
        above = above[scores[above] > least]
    # Where few passages have anything of a query, the others are equal.
    equal = np.flatnonzero(scores == least)[: limit - len(above)]
    return np.sort(np.concatenate((above, equal)))


def _bound(scores: Scores, limit: int) -> float:
    """Return a score that at least `limit` scores reach, as near the last of them as the maxima of blocks can tell.

    The maximum of each block is a score of its own, so as many scores as blocks reach the least of the highest maxima.
    """
    blocks = len(scores) // _BLOCK
    if blocks < limit:
        return float(np.partition(scores, -limit)[-limit])
    maxima = scores[: blocks * _BLOCK].reshape(_BLOCK, blocks).max(axis=0)
    return float(np.partition(maxima, -limit)[-limit])
