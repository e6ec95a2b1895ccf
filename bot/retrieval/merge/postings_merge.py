"""Postings merged from those of the old passages that stay and those of the new ones."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.fields import Fields
from bot.retrieval.postings import CHUNK, Counts, Part, Score, token_counts, token_ranges
from bot.storage import Arrays, IntArray, Merge, MergedStrings, offsets

_Counted = tuple[NDArray[np.int64], NDArray[np.int64], Counts]
"""(tokens, documents, counts) of postings, each (n,)."""


class PostingsMerge:
    """Renumbers old postings, drops those of passages that are gone, and inserts those of new passages."""

    def __init__(
        self, arrays: Arrays, tokens: MergedStrings, passages: Merge, kept: NDArray[np.bool_], size: int
    ) -> None:
        """Take old postings, the merges of their tokens and passages, and the number of merged tokens."""
        self._arrays = arrays
        self._tokens = tokens
        self._numbers = np.flatnonzero(tokens.kept)
        self._kept = kept
        self._passages = passages.new_numbers(len(kept))
        self._size = size
        self._added: _Counted = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))
        self.frequencies = np.zeros(size, dtype=np.int64)
        """The document frequency of each token."""
        self.frequencies[tokens.old[self._numbers]] = self._frequencies_of_kept()[self._numbers]

    def add(self, fields: Fields, stems: IntArray, passages: NDArray[np.int64]) -> None:
        """Add the postings of new passages, in order."""
        parts = []
        for first in range(0, len(passages), CHUNK):
            some = passages[first : first + CHUNK]
            words, owners = fields.words(some)
            tokens, places, counts = token_counts((stems[words], owners), 0, self._size)
            parts.append((tokens, some[places], counts))
        if not parts:
            return
        tokens, documents, counts = map(np.concatenate, zip(*parts, strict=True))
        order = np.argsort(tokens, kind="stable")
        self._added = (tokens[order], documents[order], counts[order])
        self.frequencies += np.bincount(tokens, minlength=self._size)

    def parts(self, lengths: Counts, score: Score) -> Iterator[Part]:
        """Yield the merged postings part after part, scored, given the lengths of all passages."""
        for first, last in pairwise(token_ranges(offsets(self.frequencies))):
            tokens, documents, counts = self._part(first, last, len(lengths))
            yield documents, score(tokens, counts, lengths[documents]), counts

    def _part(self, first: int, last: int, passages: int) -> _Counted:
        """Return tokens, documents and counts of the postings of a range of tokens."""
        tokens, documents, counts = self._old(first, last)
        added = slice(*np.searchsorted(self._added[0], (first, last)))
        new_tokens, new_documents, new_counts = (column[added] for column in self._added)
        places = np.searchsorted(tokens * passages + documents, new_tokens * passages + new_documents)
        return (
            np.insert(tokens, places, new_tokens),
            np.insert(documents, places, new_documents),
            np.insert(counts, places, new_counts),
        )

    def _old(self, first: int, last: int) -> _Counted:
        """Return the old postings of a range of tokens, renumbered."""
        some = self._numbers[slice(*np.searchsorted(self._tokens.old[self._numbers], (first, last)))]
        low, high = (int(some[0]), int(some[-1]) + 1) if len(some) else (0, 0)
        starts = self._arrays["starts"][low : high + 1]
        place = slice(int(starts[0]), int(starts[-1]))
        tokens = np.repeat(self._tokens.old[low:high].astype(np.int64), np.diff(starts))
        documents = self._passages[self._arrays["documents"][place]]
        stay = documents >= 0
        return tokens[stay], documents[stay], self._arrays["counts"][place][stay].astype(np.int64)

    def _frequencies_of_kept(self) -> NDArray[np.int64]:
        """Return the document frequency of each old token among the passages that stay."""
        frequencies = np.diff(self._arrays["starts"])
        if self._kept.all():
            return frequencies
        starts = self._arrays["starts"]
        for first, last in pairwise(token_ranges(starts)):
            gone = ~self._kept[self._arrays["documents"][starts[first] : starts[last]]]
            tokens = np.repeat(np.arange(last - first), frequencies[first:last])
            frequencies[first:last] -= np.bincount(tokens[gone], minlength=last - first)
        return frequencies
