"""Passages grouped that say the same in the same words: candidate pairs compared by Jaccard similarity."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.duplicates.minhash import LEAST_WORDS, MinHashSignatures
from bot.retrieval.duplicates.shingles import Pairs
from bot.storage import Arrays, IntArray

LEAST_SHARED = 0.75
"""Of the pairs of neighbouring words that two passages have, so many must be in both for these to be alike."""

_WINDOW = 64  # passages that have a band in common and are compared with each other


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

    def renumbered(self, numbers: IntArray) -> "Comparisons":
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


def group_near_duplicates(
    signatures: MinHashSignatures, order: NDArray[np.integer], read: Callable[[int], Pairs], known: Comparisons
) -> tuple[list[list[int]], Comparisons]:
    """Group the passages that say the same in the same words; return these by number, and what was compared for it.

    `order` has all passages, the leader of each group and its followers come in that; `read` gives the pairs of
    neighbouring words of a passage; what is `known` is not compared again. Passages of equal words, whatever their
    punctuation, vowel signs and spellings of hamza, are always together. Other ones join a group if at least 0.75 of
    the pairs of neighbouring words that they or the group's first have are in both (the Jaccard index of their
    2-shingles), and if they have the same numbers, since a report that differs in a sum is another report. By the
    triangle inequality of the Jaccard distance any two of a group share at least half. What only one article has is
    no twin.

    Who has a band in common is compared, as `MinHashSignatures` has it. Only where more than 64 different passages have
    it are some not compared: what they share is a formula.
    """
    order = order[signatures.lengths[order] > 0]
    _, firsts, classes = np.unique(signatures.words[order], return_index=True, return_inverse=True)
    leaders = np.sort(firsts)
    copies: defaultdict[int, list[int]] = defaultdict(list)
    is_copy = firsts[classes] != np.arange(len(order))
    for first, passage in zip(order[firsts[classes]][is_copy].tolist(), order[is_copy].tolist(), strict=True):
        copies[first].append(passage)
    different = order[leaders]
    compared = compare(*_candidates(signatures, different), read, known)
    like = _likes(compared)
    led = _led((passage for passage in different.tolist() if passage in like or passage in copies), like)
    groups = ([passage for member in group for passage in (member, *copies.get(member, ()))] for group in led)
    owners = np.repeat(np.arange(len(signatures.starts) - 1), np.diff(signatures.starts))
    places = np.empty(len(signatures), np.int64)
    places[order] = np.arange(len(order))
    twins = (sorted(group, key=places.__getitem__) for group in groups)
    return [group for group in twins if len(set(owners[group].tolist())) > 1], compared


def _candidates(
    signatures: MinHashSignatures, passages: NDArray[np.integer]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Pair the passages that have a band and all numbers in common, as `Comparisons` has pairs."""
    passages = passages[signatures.lengths[passages] >= LEAST_WORDS]
    found = [np.zeros(0, np.int64)]
    for band in range(signatures.bands.shape[1]):
        values = signatures.bands[passages, band]
        by_value = np.argsort(values, kind="stable")
        values, owners = values[by_value], passages[by_value]
        for distance in range(1, _WINDOW):
            same = np.flatnonzero(values[distance:] == values[:-distance])
            if not len(same):
                break
            ones, others = owners[same], owners[same + distance]
            may_be = signatures.figures[ones] == signatures.figures[others]
            ones, others = ones[may_be], others[may_be]
            found.append(np.minimum(ones, others) << 32 | np.maximum(ones, others))
    codes = np.unique(np.concatenate(found))
    return (codes >> 32).astype(np.int32), (codes & 0xFFFFFFFF).astype(np.int32)


def _likes(compared: Comparisons) -> Mapping[int, set[int]]:
    """Map the passages that are like another to those they are like."""
    likes: defaultdict[int, set[int]] = defaultdict(set)
    ones, others = compared.ones[compared.alike].tolist(), compared.others[compared.alike].tolist()
    for one, other in zip(ones, others, strict=True):
        likes[one].add(other)
        likes[other].add(one)
    return likes


def _led(passages: Iterable[int], like: Mapping[int, set[int]]) -> Iterator[list[int]]:
    """Let each passage that no earlier one has taken take the later ones that are like it."""
    taken: set[int] = set()
    for leader in passages:
        if leader in taken:
            continue
        followers = like.get(leader, set()) - taken
        taken |= {leader, *followers}
        yield [leader, *followers]
