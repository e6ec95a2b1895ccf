"""The k best of many scores without sorting all, and scores of passages accumulated from postings."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.postings import Scores

# The scores are read as a table of so many rows, whose column maxima are found at once. Measured, as all numbers here.
_ROWS = 32
# With fewer columns than so many times the limit, their maxima exclude too little.
_LEAST_COLUMNS = 4
# Reading scattered scores takes so many times as long as reading consecutive ones.
_SCATTERED = 16
# Below this many scores, numpy compares all of them in the time of the calls that would spare most.
_FEW = 1 << 15

# Concatenating so many postings takes as long as adding token after token.
_TOGETHER = 1 << 13


def top_k(scores: Scores, limit: int) -> NDArray[np.intp]:
    """Return the indices of the `limit` highest of (n,) scores, or of all, the highest first; equal scores by index."""
    if limit <= 0 or not len(scores):
        return np.zeros(0, dtype=np.intp)
    height = min(_ROWS, len(scores) // (_LEAST_COLUMNS * limit))
    if height <= 1:
        return (-scores).argsort(kind="stable")[:limit]
    columns = len(scores) // height
    table = scores[: height * columns].reshape(height, columns)
    # Ufuncs and the methods of arrays spare the time that numpy's functions of the same names take to find them.
    maxima = np.maximum.reduce(table)
    least = _lower_bound(maxima, limit)
    if least <= 0:
        return _sorted_by_score(scores, _few_distinct(scores, least, limit), limit)
    if len(scores) > _FEW and len(reaching := (maxima >= least).nonzero()[0]) * _SCATTERED <= columns:
        rows, among = (table.take(reaching, axis=1) >= least).nonzero()
        rest = (scores[height * columns :] >= least).nonzero()[0] + height * columns
        places = np.concatenate((rows * columns + reaching[among], rest))
        places.sort()
    else:
        places = (scores >= least).nonzero()[0]
    return _sorted_by_score(scores, places, limit)


def top_k_in_order(scores: Scores, limit: int) -> NDArray[np.intp]:
    """Return the indices of the `limit` highest of (n,) scores, ascending; of equal scores the first."""
    return np.sort(top_k(scores, limit))


def _lower_bound(maxima: Scores, limit: int) -> float:
    """Return a lower bound of the k-th highest score: the k-th highest of the maxima, or of maxima of these.

    Each maximum is the score of another passage, so that at least k = `limit` scores reach the bound.
    """
    rows = len(maxima) // (_LEAST_COLUMNS * limit)
    if rows > _LEAST_COLUMNS:
        columns = len(maxima) // rows
        maxima = np.maximum.reduce(maxima[: rows * columns].reshape(rows, columns))
    else:
        maxima = maxima.copy()
    maxima.partition(len(maxima) - limit)
    return float(maxima[-limit])


def _sorted_by_score(scores: Scores, places: NDArray[np.intp], limit: int) -> NDArray[np.intp]:
    """Return the first of some ascending indices by their scores, the highest first."""
    return places[(-scores[places]).argsort(kind="stable")[:limit]]


def _few_distinct(scores: Scores, least: float, limit: int) -> NDArray[np.intp]:
    """Return indices of the best, ascending, where few scores exceed the bound and nearly all others equal it."""
    above = np.flatnonzero(scores > least)
    equal = np.flatnonzero(scores == least)[: max(limit - len(above), 0)]
    return np.sort(np.concatenate((above, equal)))


def accumulate_scores(documents: Sequence[NDArray[np.integer] | None], added: Sequence[Scores], size: int) -> Scores:
    """Sum the scores of tokens over `size` passages, in this order, so that the last bit is fixed; return (size,).

    Each of `added` is (n,) for the (n,) passages at its place in `documents`, or (size,) where that is None.
    """
    sparse = [some for some in documents if some is not None]
    if len(sparse) == len(added) and 0 < sum(map(len, sparse)) <= _TOGETHER:
        # One call counts the postings, in the order in which they come; of none it would make integers.
        return np.bincount(np.concatenate(sparse), np.concatenate(added), size)
    scores = np.zeros(size)
    for some, values in zip(documents, added, strict=True):
        if some is None:
            scores += values
        else:
            # Measured: converted before, they take two thirds of what they take more than numbers of its own type.
            np.add.at(scores, some.astype(np.intp, copy=False), values)
    return scores
