"""Finds sets of word pairs that share three quarters of their members, without comparing all with all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.shingles import Shingles, slots

LEAST_SHARED = 0.75
_WINDOW = 64  # passages that have a pair of words in common and are compared with each other


class Likeness:
    """Which passages may be alike, and whether two of them are."""

    def __init__(self, shingles: Shingles, passages: NDArray[np.int64]) -> None:
        self._counts = shingles.rarities(passages)
        self._pairs: dict[int, NDArray[np.uint64]] = {}
        self._figures: dict[int, int] = {}
        owners, pairs = self._rare_pairs(shingles, self._likely(shingles, passages))
        self.candidates = _meetings(owners, pairs)

    def like(self, one: int, others: Iterable[int]) -> list[int]:
        """Choose passages with the same numbers as one, and a Jaccard index of its pairs and theirs of 0.75 or more."""
        same = [other for other in others if self._figures[one] == self._figures[other]]
        pairs = frozenset(self._pairs[one].tolist()) if same else frozenset()
        return [other for other in same if _jaccard(pairs, self._pairs[other].tolist()) >= LEAST_SHARED]

    def _likely(self, shingles: Shingles, passages: NDArray[np.int64]) -> NDArray[np.int64]:
        """Choose the passages in which at most a quarter of the pairs are theirs alone: others are like none."""
        likely = []
        for chunk, sizes, pairs in shingles.pairs(passages):
            own = self._counts[slots(pairs)] == 1
            totals = np.concatenate(([0], np.cumsum(own)))
            ends = np.cumsum(sizes)
            alone = totals[ends] - totals[ends - sizes]
            likely.append(chunk[alone <= (1 - LEAST_SHARED) * sizes])
        return np.concatenate(likely) if likely else passages

    def _rare_pairs(
        self, shingles: Shingles, passages: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
        """List the rarest pairs of each passage, as many as two alike ones cannot all lack, and whose they are."""
        owners, rare = [np.empty(0, np.int64)], [np.empty(0, np.uint64)]
        for chunk, sizes, row in shingles.pairs(passages):
            for passage, pairs in zip(chunk.tolist(), np.split(row, np.cumsum(sizes)[:-1]), strict=True):
                distinct = np.unique(pairs)
                by_rarity = distinct[np.lexsort((distinct, self._counts[slots(distinct)]))]
                prefix = by_rarity[: len(distinct) - int(np.ceil(LEAST_SHARED * len(distinct))) + 1]
                self._pairs[passage] = distinct
                self._figures[passage] = shingles.figures(passage)
                owners.append(np.full(len(prefix), passage))
                rare.append(prefix)
        return np.concatenate(owners), np.concatenate(rare)


def _jaccard(one: frozenset[int], other: Sequence[int]) -> float:
    """Return the share of the members of two sets that both have, 0 to 1; `other` has each member once."""
    common = len(one.intersection(other))
    return common / (len(one) + len(other) - common)


def _meetings(owners: NDArray[np.int64], pairs: NDArray[np.uint64]) -> Mapping[int, list[int]]:
    """Map each passage to the later ones with which it has a pair of words in common, in order."""
    order = np.lexsort((owners, pairs))
    owners, pairs = owners[order], pairs[order]
    met: defaultdict[int, set[int]] = defaultdict(set)
    for distance in range(1, _WINDOW):
        same = np.flatnonzero(pairs[distance:] == pairs[:-distance])
        if not len(same):
            break
        for one, other in zip(owners[same].tolist(), owners[same + distance].tolist(), strict=True):
            met[one].add(other)
    return {one: sorted(others) for one, others in met.items()}
