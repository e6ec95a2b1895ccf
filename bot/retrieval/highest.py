"""The highest of many scores, without sorting them."""

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.postings import Scores

# Blocks of this size leave few of them, and few scores beside the highest to look at.
_BLOCK = 128
# With fewer blocks than so many times the limit, their maxima tell too little.
_LEAST_BLOCKS = 4


def best(scores: Scores, limit: int) -> NDArray[np.intp]:
    """Return the places of the highest scores, the highest first; of equal scores the first place."""
    if limit <= 0 or not len(scores):
        return np.zeros(0, dtype=np.intp)
    least = _bound(scores, limit)
    # The methods of arrays spare the time that numpy's functions of the same names take to find them.
    if least > 0:
        places = (scores >= least).nonzero()[0]
    else:
        # Few passages have anything of the query, and nearly all of the others score the same.
        above = np.flatnonzero(scores > least)
        equal = np.flatnonzero(scores == least)[: max(limit - len(above), 0)]
        places = np.sort(np.concatenate((above, equal)))
    return places[(-scores[places]).argsort(kind="stable")[:limit]]


def highest(scores: Scores, limit: int) -> NDArray[np.intp]:
    """Return the places of the highest scores, in order of place; of equal scores the first ones."""
    return np.sort(best(scores, limit))


def _bound(scores: Scores, limit: int) -> float:
    """Return a score that at least `limit` scores reach, as near the last of them as the maxima of blocks can tell.

    The maximum of each block is a score of its own, so as many scores as blocks reach the least of the highest maxima.
    """
    if len(scores) <= limit:
        return float(scores.min())
    size = min(_BLOCK, len(scores) // (_LEAST_BLOCKS * limit))
    if size <= 1:
        return float(np.partition(scores, -limit)[-limit])
    blocks = len(scores) // size
    maxima = scores[: blocks * size].reshape(size, blocks).max(axis=0)
    maxima.partition(blocks - limit)
    return float(maxima[blocks - limit])
