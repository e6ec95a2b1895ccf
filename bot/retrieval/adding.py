"""Scores of all passages, added up from what each token of a query adds to those that hold it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.postings import Scores

# To copy so many postings together takes as long as to add one token after the other. Measured.
_TOGETHER = 1 << 13


def add_up(documents: Sequence[NDArray[np.intp] | None], added: Sequence[Scores], size: int) -> Scores:
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
