"""An inverted index: for each token the passages that hold it, and its share of the score of each."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.storage import ArrayBuilder, Arrays, IntArray, Memory, offsets, release_memory

Scores = NDArray[np.float64]
Counts = NDArray[np.integer]
Chunk = tuple[NDArray[np.integer], NDArray[np.integer]]
"""(tokens, owners) of a run of passages: (n,) token numbers, and for each the place of its passage in the run."""
CHUNK = 2048
"""How many passages to count at a time: more take more memory, fewer take longer. Chosen."""
Score = Callable[[NDArray[np.int64], Counts, Counts], Scores]
"""Scores of (n,) postings, given their tokens, their counts, and the lengths of their passages."""
# From this share of all passages on, adding a whole row to the scores is faster than adding to some of them. Measured.
_DENSE_SHARE = 0.125
_MOST_DENSE = 64
# Slicing the postings of a common word takes as long as adding up some hundred of them.
_REMEMBERED = 1 << 11
# Postings in memory at a time, 12 bytes each, and the most runs over the passages. Chosen.
_PART, _MOST_PARTS = 1 << 19, 8


class Postings:
    """Postings as compressed sparse rows: token n stands in passages `documents[starts[n]:starts[n + 1]]`, in order.

    `scores` has for each posting its share of the passage's score. `dense_rows` maps the few tokens that very many
    passages hold to their scores of all passages, 0 where a passage lacks the token. `lengths` are those of the
    passages, in tokens.
    """

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self.starts: NDArray[np.int64] = arrays["starts"]
        self.documents: NDArray[np.int32] = arrays["documents"]
        self.scores: Scores = arrays["scores"]
        self.lengths: Counts = arrays["lengths"]
        # Reading a number from a view takes a fraction of the time that it takes from an array.
        self._bounds = memoryview(self.starts)
        rows = partial(_row, self._bounds, self.documents, self.scores)
        self.get: Callable[[int], tuple[IntArray, Scores]] = Memory(rows, _REMEMBERED).__getitem__
        """Return the passages that hold a token, (n,) in order, and the token's score in each."""
        self.dense_rows: dict[int, Scores] = dict(zip(arrays["dense_tokens"].tolist(), arrays["dense"], strict=True))

    def arrays(self) -> Arrays:
        return self._arrays

    def document_frequency(self, token: int) -> int:
        return int(self._bounds[token + 1] - self._bounds[token])

    def get_all(self, tokens: NDArray[np.integer]) -> tuple[IntArray, Scores, NDArray[np.int64]]:
        """Return the passages and scores of (n,) tokens, one token behind the other, and how many each has, (n,)."""
        firsts, lengths = self.starts[tokens], self.starts[tokens + 1] - self.starts[tokens]
        places = np.repeat(firsts - (lengths.cumsum() - lengths), lengths)
        places += np.arange(len(places))
        return self.documents[places], self.scores[places], lengths

    def get_among(self, token: int, passages: NDArray[np.integer]) -> tuple[NDArray[np.bool_], Scores]:
        """Which of (n,) passages hold a token, and return its score in each, 0 where it is not held."""
        documents, scores = self.get(token)
        if not len(documents):
            return np.zeros(len(passages), dtype=np.bool_), np.zeros(len(passages))
        places = np.minimum(
            np.searchsorted(documents, passages.astype(documents.dtype, copy=False)), len(documents) - 1
        )
        held = documents[places] == passages
        return held, np.where(held, scores[places], 0.0)


def _row(bounds: memoryview, documents: IntArray, scores: Scores, token: int) -> tuple[IntArray, Scores]:
    own = slice(bounds[token], bounds[token + 1])
    return documents[own], scores[own]


def document_frequencies(chunks: Iterator[Chunk], tokens: int) -> NDArray[np.int64]:
    """Return for each token below `tokens` how many passages hold it, (tokens,) int64."""
    frequencies = np.zeros(tokens, dtype=np.int64)
    for chunk in chunks:
        frequencies += np.bincount(_token_counts(chunk, 0, tokens)[0], minlength=tokens)
    return frequencies


def build_postings(
    chunks: Callable[[], Iterator[Chunk]],
    frequencies: NDArray[np.int64],
    lengths: Counts,
    score: Score,
    folder: Path | None = None,
) -> Postings:
    """Build the postings of tokens, given their document frequencies, and the lengths of all passages.

    The chunks are read several times, so that no more than a part of the postings is in memory at a time; the result
    is kept in files of a folder, or else in memory.
    """
    starts = offsets(frequencies)
    builders = ArrayBuilder(np.int32, folder), ArrayBuilder(np.float64, folder)
    for first, last in pairwise(_token_ranges(starts)):
        part = _part(chunks(), starts[first : last + 1] - starts[first], first, lengths, score)
        builders[0].append(part[0])
        builders[1].append(part[1])
    documents, scores = (builder.array() for builder in builders)
    common, rows = _dense_rows(starts, documents, scores, len(lengths), folder)
    return Postings(
        {
            "starts": starts,
            "documents": documents,
            "scores": scores,
            "lengths": lengths,
            "dense_tokens": common,
            "dense": rows,
        }
    )


def _token_ranges(starts: NDArray[np.int64]) -> list[int]:
    """Return bounds of ranges of tokens with about as many postings each; the last bound is the number of tokens."""
    share = max(_PART, -(-int(starts[-1]) // _MOST_PARTS))
    inner = np.searchsorted(starts, np.arange(share, int(starts[-1]), share))
    return sorted({0, len(starts) - 1, *map(int, inner)})


def _part(
    chunks: Iterator[Chunk],
    starts: NDArray[np.int64],
    lowest: int,
    lengths: Counts,
    score: Score,
) -> tuple[NDArray[np.int32], Scores]:
    """Return documents and scores of the postings of the tokens from `lowest` on, whose offsets are `starts`."""
    documents, scores = np.empty(starts[-1], dtype=np.int32), np.empty(starts[-1])
    free, first = starts[:-1].copy(), 0
    for chunk in chunks:
        token, owner, counts = _token_counts(chunk, lowest, lowest + len(free))
        new = np.flatnonzero(np.diff(token, prepend=-1))
        run = np.diff(new, append=len(token))
        places = np.arange(len(token)) + np.repeat(free[token[new]] - new, run)
        free[token[new]] += run
        documents[places] = owner + first
        scores[places] = score(token + lowest, counts, lengths[owner + first])
        first += CHUNK
    return documents, scores


def _token_counts(chunk: Chunk, lowest: int, end: int) -> tuple[NDArray[np.int64], NDArray[np.int64], Counts]:
    """Count the tokens from `lowest` up to `end` in each passage: (n,) tokens less `lowest`, passages and counts."""
    tokens, owners = chunk
    among = (tokens >= lowest) & (tokens < end)
    # Half the bytes sort in half the time.
    dtype = np.min_scalar_type(max(end - lowest, 1) * CHUNK)
    keys = np.sort((tokens[among] - lowest).astype(dtype) * dtype.type(CHUNK) + owners[among].astype(dtype))
    first = np.flatnonzero(np.diff(keys, prepend=keys[:1] + 1))
    keys, counts = keys[first].astype(np.int64), np.diff(first, append=len(keys))
    return keys // CHUNK, keys % CHUNK, counts


def _dense_rows(
    starts: NDArray[np.int64], documents: NDArray[np.int32], scores: Scores, size: int, folder: Path | None
) -> tuple[NDArray[np.int64], Scores]:
    """Return the tokens that very many passages hold, (m,), and their scores of all passages, (m, size)."""
    frequencies = np.diff(starts)
    common = np.sort(np.argsort(-frequencies, kind="stable")[:_MOST_DENSE])
    common = common[frequencies[common] >= max(_DENSE_SHARE * size, CHUNK)]
    rows = ArrayBuilder(np.float64, folder)
    for token in common.tolist():
        row, own = np.zeros(size), slice(starts[token], starts[token + 1])
        row[documents[own]] = scores[own]
        rows.append(row)
        release_memory({"documents": documents, "scores": scores})
    return common, rows.array().reshape(len(common), size)
