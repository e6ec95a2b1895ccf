"""An inverted index: for each token the passages that hold it, and how much it weighs in each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.storage import Arrays, ArraySpool, Numbers, ends

Scores = NDArray[np.float64]
Counts = NDArray[np.integer]
Chunk = tuple[NDArray[np.integer], NDArray[np.integer]]
"""All tokens of some passages that follow each other, and for each token the number of its passage among them."""
CHUNK = 2048
"""How many passages to count at a time: more take more memory, fewer take longer."""
# From this share of all passages on, to add a whole row to the scores is faster than to add to some of them.
_DENSE_SHARE = 0.125
_MOST_DENSE = 64
# Postings to hold at a time, 12 bytes each; and how often to go over the passages at most.
_PART, _MOST_PARTS = 1 << 21, 8


@dataclass(frozen=True, slots=True)
class Postings:
    """Token n stands in `documents[starts[n]:starts[n + 1]]`, in order, with as many `saturations`.

    A saturation is everything of a BM25 score but the idf. `dense` has a row over all passages for each of the few
    tokens in `dense_tokens`, 0 where a passage lacks it. `lengths` are those of the passages, in tokens.
    """

    starts: NDArray[np.int64]
    documents: Numbers
    saturations: Scores
    dense_tokens: NDArray[np.int64]
    dense: Scores
    lengths: Counts

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "Postings":
        """Take postings out of their arrays."""
        return cls(**{field.name: arrays[field.name] for field in fields(cls)})

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what the postings are made of."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def held(self, token: int) -> int:
        """Return how many passages hold a token."""
        return int(self.starts[token + 1] - self.starts[token])

    def of(self, token: int) -> tuple[Numbers, Scores]:
        """Return the passages that hold a token, and its saturation in each."""
        place = slice(self.starts[token], self.starts[token + 1])
        return self.documents[place], self.saturations[place]

    def row(self, token: int) -> Scores | None:
        """Return the saturation of a token in every passage, where so many hold it that there is such a row."""
        at = int(np.searchsorted(self.dense_tokens, token))
        return self.dense[at] if at < len(self.dense_tokens) and self.dense_tokens[at] == token else None

    def among(self, token: int, passages: NDArray[np.integer]) -> Scores:
        """Return the saturation of a token in some passages, 0 where they lack it."""
        documents, saturations = self.of(token)
        if not len(documents):
            return np.zeros(len(passages))
        places = np.minimum(np.searchsorted(documents, passages), len(documents) - 1)
        return np.where(documents[places] == passages, saturations[places], 0.0)


def build_postings(
    chunks: Callable[[], Iterator[Chunk]],
    tokens: int,
    lengths: Counts,
    saturate: Callable[[Counts, Counts], Scores],
    folder: Path | None = None,
) -> Postings:
    """Count tokens, numbered up to `tokens`, in passages of these lengths.

    Each chunk has `CHUNK` passages, the last one fewer. They are gone over several times, so that at no time more than
    a part of the postings is held; what comes out is kept in files of a folder, or else in memory.
    """
    held = np.zeros(tokens, dtype=np.int64)
    for chunk in chunks():
        held += np.bincount(_distinct(chunk, 0, tokens)[0], minlength=tokens)
    starts = ends(held)
    documents, saturations = ArraySpool(np.int32, folder), ArraySpool(np.float64, folder)
    for first, last in pairwise(_ranges(starts)):
        part = _count(chunks(), starts[first : last + 1] - starts[first], first, lengths, saturate)
        documents.append(part[0])
        saturations.append(part[1])
    all_documents, all_saturations = documents.array(), saturations.array()
    common, rows = _dense(starts, all_documents, all_saturations, len(lengths), folder)
    return Postings(starts, all_documents, all_saturations, common, rows, lengths)


def _ranges(starts: NDArray[np.int64]) -> list[int]:
    """Return between which tokens to divide, so that each part has its share of the postings, but for large ones."""
    share = max(_PART, -(-int(starts[-1]) // _MOST_PARTS))
    inner = np.searchsorted(starts, np.arange(share, int(starts[-1]), share))
    return sorted({0, len(starts) - 1, *map(int, inner)})


def _count(
    chunks: Iterator[Chunk],
    starts: NDArray[np.int64],
    lowest: int,
    lengths: Counts,
    saturate: Callable[[Counts, Counts], Scores],
) -> tuple[Numbers, Scores]:
    """Return documents and saturations of the tokens from `lowest` on, which start at `starts`."""
    documents, saturations = np.empty(starts[-1], dtype=np.int32), np.empty(starts[-1])
    free, first = starts[:-1].copy(), 0
    for chunk in chunks:
        token, owner, counts = _distinct(chunk, lowest, lowest + len(free))
        token -= lowest
        new = np.flatnonzero(np.diff(token, prepend=-1))
        run = np.diff(new, append=len(token))
        places = np.arange(len(token)) + np.repeat(free[token[new]] - new, run)
        free[token[new]] += run
        documents[places] = owner + first
        saturations[places] = saturate(counts, lengths[owner + first])
        first += CHUNK
    return documents, saturations


def _distinct(chunk: Chunk, lowest: int, end: int) -> tuple[NDArray[np.int64], NDArray[np.int64], Counts]:
    """Count each token from one up to another in each passage: (tokens, passages, counts), sorted in that order."""
    tokens, owners = chunk
    among = (tokens >= lowest) & (tokens < end)
    keys = np.sort(tokens[among].astype(np.int64) * CHUNK + owners[among])
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    keys, counts = keys[first], np.diff(first, append=len(keys))
    return keys // CHUNK, keys % CHUNK, counts


def _dense(
    starts: NDArray[np.int64], documents: Numbers, saturations: Scores, size: int, folder: Path | None
) -> tuple[NDArray[np.int64], Scores]:
    held = np.diff(starts)
    common = np.sort(np.argsort(-held, kind="stable")[:_MOST_DENSE])
    common = common[held[common] >= max(_DENSE_SHARE * size, CHUNK)]
    rows = ArraySpool(np.float64, folder)
    for token in common.tolist():
        row, place = np.zeros(size), slice(starts[token], starts[token + 1])
        row[documents[place]] = saturations[place]
        rows.append(row)
    return common, rows.array().reshape(len(common), size)
