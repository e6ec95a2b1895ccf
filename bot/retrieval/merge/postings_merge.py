"""Puts postings together from those of passages that stay and those of passages that are new."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.fields import Fields
from bot.retrieval.postings import CHUNK, Counts, Part, Score, token_counts, token_ranges
from bot.storage import Arrays, IntArray, Merge, MergedStrings, offsets

_Counted = tuple[NDArray[np.int64], NDArray[np.int64], Counts]
"""Tokens, the documents that hold them, and how often they do."""


class PostingsMerge:
    """Renumbers old postings, leaves out those of passages that are gone, and puts new ones between them."""

    def __init__(
        self, arrays: Arrays, tokens: MergedStrings, passages: Merge, kept: NDArray[np.bool_], size: int
    ) -> None:
        """Take old postings, what becomes of their tokens and passages, and how many tokens there are now."""
        self._arrays = arrays
        self._tokens = tokens
        self._numbers = np.flatnonzero(tokens.kept)
        self._kept = kept
        self._passages = passages.new_numbers(len(kept))
        self._size = size
        self._added: _Counted = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))
        self.held = np.zeros(size, dtype=np.int64)
        """How many passages hold each token."""
        self.held[tokens.old[self._numbers]] = self._held_by_kept()[self._numbers]

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
        self.held += np.bincount(tokens, minlength=self._size)

    def parts(self, lengths: Counts, score: Score) -> Iterator[Part]:
        """Yield the postings part after part, scored, given the lengths of all passages."""
        for first, last in pairwise(token_ranges(offsets(self.held))):
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

    def _held_by_kept(self) -> NDArray[np.int64]:
        """Return how many of the passages that stay hold each old token."""
        held = np.diff(self._arrays["starts"])
        if self._kept.all():
            return held
        starts = self._arrays["starts"]
        for first, last in pairwise(token_ranges(starts)):
            gone = ~self._kept[self._arrays["documents"][starts[first] : starts[last]]]
            tokens = np.repeat(np.arange(last - first), held[first:last])
            held[first:last] -= np.bincount(tokens[gone], minlength=last - first)
        return held
