"""The order in which a reader of passages meets their words."""

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.fields import Fields
from bot.storage import Numbers, Ragged

_ROWS = 1 << 14
_BITS = 32
_LATEST = np.iinfo(np.int64).max


def first_met(fields: Fields, words: int) -> Numbers:
    """Return the numbers of words in the order in which they first stand: title, then heading and text a passage."""
    met = np.full(words, _LATEST)
    firsts = np.searchsorted(fields.articles, np.arange(len(fields.titles)))
    passages = np.arange(len(fields))
    # The title comes before the first of an article's passages.
    for rows, ranks in (
        (fields.titles, 3 * firsts),
        (fields.headings, 3 * passages + 1),
        (fields.texts, 3 * passages + 2),
    ):
        _note(met, rows, ranks)
    return np.argsort(met, kind="stable").astype(np.int32)


def _note(met: NDArray[np.int64], rows: Ragged, ranks: NDArray[np.integer]) -> None:
    """Note for each word where it stands first: the rank of the row, then the place in it."""
    for first in range(0, len(rows), _ROWS):
        starts = rows.starts[first : first + _ROWS + 1]
        values = rows.values[starts[0] : starts[-1]]
        lengths = np.diff(starts)
        places = np.arange(len(values)) - np.repeat(starts[:-1] - starts[0], lengths)
        np.minimum.at(met, values, np.repeat(ranks[first : first + _ROWS], lengths) << _BITS | places)
