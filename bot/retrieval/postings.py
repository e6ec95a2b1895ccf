"""An inverted index: for each token the passages that hold it, and what it adds to the score of each."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.storage import ArrayBuilder, Arrays, narrowest_type, offsets

Scores = NDArray[np.float64]
Counts = NDArray[np.integer]
Chunk = tuple[NDArray[np.integer], NDArray[np.integer]]
"""All tokens of some passages that follow each other, and for each token the number of its passage among them."""
CHUNK = 2048
"""How many passages to count at a time: more take more memory, fewer take longer."""
Score = Callable[[NDArray[np.int64], Counts, Counts], Scores]
"""What tokens add to passages, given their counts there and the lengths of these."""
Part = tuple[NDArray[np.intp], Scores, Counts]
"""Documents of some tokens, what these add to the scores, and how often they stand there."""
# From this share of all passages on, to add a whole row to the scores is faster than to add to some of them.
_DENSE_SHARE = 0.125
_MOST_DENSE = 64
# To cut the postings of a common word out of all takes as long as to add up some hundred of them.
_REMEMBERED = 4096
# Postings to hold at a time, 16 bytes each; and how often to go over the passages at most.
_PART, _MOST_PARTS = 1 << 19, 8


class Postings:
    """Token n stands in `documents[starts[n]:starts[n + 1]]`, in order, and adds as many `scores` to theirs.

    `rows` have the scores of the few tokens that very many passages hold, over all passages, 0 where one lacks the
    token. `lengths` are those of the passages, in tokens. How often a token stands in each of its documents is kept for
    the next edition, and not read here.
    """

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self.starts: NDArray[np.int64] = arrays["starts"]
        self.documents: NDArray[np.intp] = arrays["documents"]
        self.scores: Scores = arrays["scores"]
        self.lengths: Counts = arrays["lengths"]
        # Numbers come out of a view in a fraction of the time that they take to come out of an array.
        self._places = memoryview(self.starts)
        self._remembered: dict[int, tuple[NDArray[np.intp], Scores]] = {}
        self.rows: dict[int, Scores] = dict(zip(arrays["dense_tokens"].tolist(), arrays["dense"], strict=True))

    def arrays(self) -> Arrays:
        """Return what the postings are made of."""
        return self._arrays

    def held(self, token: int) -> int:
        """Return how many passages hold a token."""
        return int(self.starts[token + 1] - self.starts[token])

    def of(self, token: int) -> tuple[NDArray[np.intp], Scores]:
        """Return the passages that hold a token, and what it adds to the score of each."""
        found = self._remembered.get(token)
        if found is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered = {}
            first, last = self._places[token], self._places[token + 1]
            found = self._remembered[token] = self.documents[first:last], self.scores[first:last]
        return found

    def among(self, token: int, passages: NDArray[np.integer]) -> tuple[NDArray[np.bool_], Scores]:
        """Tell which of some passages hold a token, and return what it adds to the score of each, else 0."""
        documents, scores = self.of(token)
        if not len(documents):
            return np.zeros(len(passages), dtype=np.bool_), np.zeros(len(passages))
        places = np.minimum(np.searchsorted(documents, passages), len(documents) - 1)
        held = documents[places] == passages
        return held, np.where(held, scores[places], 0.0)


def count_passages(chunks: Iterator[Chunk], tokens: int) -> NDArray[np.int64]:
    """Return how many passages hold each token, numbered up to `tokens`."""
    held = np.zeros(tokens, dtype=np.int64)
    for chunk in chunks:
        held += np.bincount(distinct(chunk, 0, tokens)[0], minlength=tokens)
    return held


def build_postings(
    chunks: Callable[[], Iterator[Chunk]],
    held: NDArray[np.int64],
    lengths: Counts,
    score: Score,
    folder: Path | None = None,
) -> Postings:
    """Build the postings of tokens, given how many passages hold each, and the lengths of all passages.

    `score` says what tokens add to passages, given their counts there and the lengths of these. The chunks are gone
    over several times, so that at no time more than a part of the postings is held; what comes out is kept in files of
    a folder, or else in memory.
    """
    starts = offsets(held)

    def parts() -> Iterator[Part]:
        for first, last in pairwise(ranges(starts)):
            yield _count(chunks(), starts[first : last + 1] - starts[first], first, lengths, score)

    return Postings(join_parts(parts(), starts, lengths, folder))


def join_parts(
    parts: Iterator[Part], starts: NDArray[np.int64], lengths: Counts, folder: Path | None
) -> dict[str, NDArray[Any]]:
    """Return the arrays of postings that come in parts, given where the postings of each token start."""
    spools = (
        ArrayBuilder(np.intp, folder),
        ArrayBuilder(np.float64, folder),
        ArrayBuilder(narrowest_type(int(lengths.max(initial=0))), folder),
    )
    for part in parts:
        for spool, array in zip(spools, part, strict=True):
            spool.append(array)
    documents, scores, counts = (spool.array() for spool in spools)
    common, rows = _dense(starts, documents, scores, len(lengths), folder)
    return {
        "starts": starts,
        "documents": documents,
        "scores": scores,
        "counts": counts,
        "lengths": lengths,
        "dense_tokens": common,
        "dense": rows,
    }


def ranges(starts: NDArray[np.int64]) -> list[int]:
    """Return between which tokens to divide, so that each part has its share of the postings, but for large ones."""
    share = max(_PART, -(-int(starts[-1]) // _MOST_PARTS))
    inner = np.searchsorted(starts, np.arange(share, int(starts[-1]), share))
    return sorted({0, len(starts) - 1, *map(int, inner)})


def _count(
    chunks: Iterator[Chunk],
    starts: NDArray[np.int64],
    lowest: int,
    lengths: Counts,
    score: Score,
) -> Part:
    """Return the postings of the tokens from `lowest` on, which start at `starts`."""
    documents, scores = np.empty(starts[-1], dtype=np.intp), np.empty(starts[-1])
    all_counts = np.empty(starts[-1], dtype=narrowest_type(int(lengths.max(initial=0))))
    free, first = starts[:-1].copy(), 0
    for chunk in chunks:
        number, owner, counts = distinct(chunk, lowest, lowest + len(free))
        token = number - lowest
        new = np.flatnonzero(np.diff(token, prepend=-1))
        run = np.diff(new, append=len(token))
        places = np.arange(len(token)) + np.repeat(free[token[new]] - new, run)
        free[token[new]] += run
        documents[places] = owner + first
        all_counts[places] = counts
        scores[places] = score(number, counts, lengths[owner + first])
        first += CHUNK
    return documents, scores, all_counts


def distinct(chunk: Chunk, lowest: int, end: int) -> tuple[NDArray[np.int64], NDArray[np.int64], Counts]:
    """Count each token from one up to another in each passage: (tokens, passages, counts), sorted in that order."""
    tokens, owners = chunk
    among = (tokens >= lowest) & (tokens < end)
    keys = np.sort(tokens[among].astype(np.int64) * CHUNK + owners[among])
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    keys, counts = keys[first], np.diff(first, append=len(keys))
    return keys // CHUNK, keys % CHUNK, counts


def _dense(
    starts: NDArray[np.int64], documents: NDArray[np.intp], scores: Scores, size: int, folder: Path | None
) -> tuple[NDArray[np.int64], Scores]:
    held = np.diff(starts)
    common = np.sort(np.argsort(-held, kind="stable")[:_MOST_DENSE])
    common = common[held[common] >= max(_DENSE_SHARE * size, CHUNK)]
    rows = ArrayBuilder(np.float64, folder)
    for token in common.tolist():
        row, place = np.zeros(size), slice(starts[token], starts[token + 1])
        row[documents[place]] = scores[place]
        rows.append(row)
    return common, rows.array().reshape(len(common), size)
