"""The scores of all passages added up from those of tokens, and the k best of them without sorting."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.postings import Scores

# Rows of a table of scores, of which the maxima of the columns are found at once: measured, like the other numbers.
_ROWS = 32
# With fewer columns than so many times the limit, their maxima tell too little.
_LEAST_COLUMNS = 4
# To look at a score here and there takes so many times as long as to look at one after the other.
_SCATTERED = 16
# With fewer scores than these, numpy looks at all of them in the time of the calls that spare most of them.
_FEW = 1 << 15

# To copy so many postings together takes as long as to add one token after the other. Measured.
_TOGETHER = 1 << 13


def top_k(scores: Scores, limit: int) -> NDArray[np.intp]:
    """Return the places of the highest scores, the highest first; of equal scores the first place."""
    if limit <= 0 or not len(scores):
        return np.zeros(0, dtype=np.intp)
    height = min(_ROWS, len(scores) // (_LEAST_COLUMNS * limit))
    if height <= 1:
        return (-scores).argsort(kind="stable")[:limit]
    columns = len(scores) // height
    table = scores[: height * columns].reshape(height, columns)
    # Ufuncs and the methods of arrays spare the time that numpy's functions of the same names take to find them.
    maxima = np.maximum.reduce(table)
    least = _least(maxima, limit)
    if least <= 0:
        return _first(scores, _few(scores, least, limit), limit)
    if len(scores) > _FEW and len(reaching := (maxima >= least).nonzero()[0]) * _SCATTERED <= columns:
        rows, among = (table.take(reaching, axis=1) >= least).nonzero()
        rest = (scores[height * columns :] >= least).nonzero()[0] + height * columns
        places = np.concatenate((rows * columns + reaching[among], rest))
        places.sort()
    else:
        places = (scores >= least).nonzero()[0]
    return _first(scores, places, limit)


def top_k_in_order(scores: Scores, limit: int) -> NDArray[np.intp]:
    """Return the places of the highest scores, in order of place; of equal scores the first ones."""
    return np.sort(top_k(scores, limit))


def _least(maxima: Scores, limit: int) -> float:
    """Return a score that at least `limit` of the maxima reach: the least of the highest maxima of maxima.

    Each maximum is a score of its own, so as many scores reach the least of them; it is near the last of the highest.
    """
    rows = len(maxima) // (_LEAST_COLUMNS * limit)
    if rows > _LEAST_COLUMNS:
        columns = len(maxima) // rows
        maxima = np.maximum.reduce(maxima[: rows * columns].reshape(rows, columns))
    else:
        maxima = maxima.copy()
    maxima.partition(len(maxima) - limit)
    return float(maxima[-limit])


def _first(scores: Scores, places: NDArray[np.intp], limit: int) -> NDArray[np.intp]:
    """Return the first places, given in order, by the scores there."""
    return places[(-scores[places]).argsort(kind="stable")[:limit]]


def _few(scores: Scores, least: float, limit: int) -> NDArray[np.intp]:
    """Return places of the best where few passages have anything of a query, and nearly all others score the same."""
    above = np.flatnonzero(scores > least)
    equal = np.flatnonzero(scores == least)[: max(limit - len(above), 0)]
    return np.sort(np.concatenate((above, equal)))


def accumulate_scores(documents: Sequence[NDArray[np.intp] | None], added: Sequence[Scores], size: int) -> Scores:
    """Return the scores of `size` passages: to the last bit the sums, added in this order.

    Each of `added` is for the passages of `documents` in its place, or for all of them where these are None.
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
            np.add.at(scores, some, values)
    return scores
