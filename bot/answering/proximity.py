"""How near each other the matched words of a question stand in a text."""

import numpy as np
from numpy.typing import NDArray

_NEAR = 2


def adjacency(matched: NDArray[np.bool_]) -> float:
    """Return the share of a question's neighbouring terms that are neighbours in a text; 0 where there is one term.

    `matched` has a row a word of the text and a column a term.
    """
    first, second = matched[:, :-1], matched[:, 1:]
    if not first.shape[1]:
        return 0.0
    near = first.copy()
    for distance in range(1, _NEAR + 1):
        near[distance:] |= first[:-distance]
        near[:-distance] |= first[distance:]
    return float((near & second).any(axis=0).mean())
