"""Compares passages by their words, each two of them once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.shingles import Pairs
from bot.storage import Arrays, Numbers

LEAST_SHARED = 0.75
"""Of the pairs of neighbouring words that two passages have, so many must be in both for these to be alike."""


@dataclass(frozen=True, slots=True)
class Comparisons:
    """Which passages were compared, in order, the lower number first, and whether they are alike."""

    ones: NDArray[np.int32]
    others: NDArray[np.int32]
    alike: NDArray[np.bool_]

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "Comparisons":
        """Take comparisons out of their arrays."""
        return cls(arrays["ones"], arrays["others"], arrays["alike"])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what the comparisons are made of."""
        return {"ones": self.ones, "others": self.others, "alike": self.alike}

    def renumbered(self, numbers: Numbers) -> "Comparisons":
        """Return those of the passages that are still there, given new numbers in the same order, -1 for the others."""
        ones, others = numbers[self.ones], numbers[self.others]
        stay = (ones >= 0) & (others >= 0)
        return Comparisons(ones[stay].astype(np.int32), others[stay].astype(np.int32), self.alike[stay])


NOTHING_COMPARED = Comparisons(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.bool_))


def compare(
    ones: NDArray[np.int32], others: NDArray[np.int32], read: Callable[[int], Pairs], known: Comparisons
) -> Comparisons:
    """Compare pairs of passages, as `Comparisons` has them; those that are known are not read again."""
    alike = np.zeros(len(ones), np.bool_)
    codes, before = _codes(ones, others), _codes(known.ones, known.others)
    places = np.searchsorted(before, codes)
    is_known = np.append(before, -1)[places] == codes
    alike[is_known] = known.alike[places[is_known]]
    sets = dict[int, Pairs]()

    def members(passage: int) -> Pairs:
        if passage not in sets:
            sets[passage] = np.unique(read(passage))
        return sets[passage]

    for place in np.flatnonzero(~is_known).tolist():
        alike[place] = _jaccard(members(int(ones[place])), members(int(others[place]))) >= LEAST_SHARED
    return Comparisons(ones, others, alike)


def _codes(ones: NDArray[np.int32], others: NDArray[np.int32]) -> NDArray[np.int64]:
    return ones.astype(np.int64) << 32 | others


def _jaccard(one: Pairs, other: Pairs) -> float:
    """Return the share of the members of two sets that both have, 0 to 1."""
    common = len(np.intersect1d(one, other, assume_unique=True))
    return common / (len(one) + len(other) - common)
