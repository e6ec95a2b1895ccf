"""Groups of near duplicates: candidate pairs of passages compared by the Jaccard index of their shingles."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.duplicates.minhash import LEAST_WORDS, MinHashSignatures
from bot.retrieval.duplicates.shingles import Shingles
from bot.storage import Arrays, IntArray

LEAST_JACCARD = 0.75
"""The least Jaccard index, |A n B| / |A u B|, of the 2-shingles of two near duplicates. Chosen."""

_WINDOW = 64  # passages with a band in common that are compared with each other; chosen


@dataclass(frozen=True, slots=True)
class Comparisons:
    """Compared pairs of passages, first < second, sorted, and whether they are near duplicates; (n,) each."""

    first: NDArray[np.int32]
    second: NDArray[np.int32]
    similar: NDArray[np.bool_]

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "Comparisons":
        """Read comparisons from their arrays."""
        return cls(arrays["first"], arrays["second"], arrays["similar"])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the comparisons as named arrays."""
        return {"first": self.first, "second": self.second, "similar": self.similar}

    def renumbered(self, numbers: IntArray) -> "Comparisons":
        """Return the comparisons of the passages that stay, given new numbers in the same order, -1 for those gone."""
        first, second = numbers[self.first], numbers[self.second]
        stay = (first >= 0) & (second >= 0)
        return Comparisons(first[stay].astype(np.int32), second[stay].astype(np.int32), self.similar[stay])


NOTHING_COMPARED = Comparisons(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.bool_))


def compare(
    first: NDArray[np.int32], second: NDArray[np.int32], read: Callable[[int], Shingles], known: Comparisons
) -> Comparisons:
    """Compare (n,) pairs of passages, ordered as in `Comparisons`; passages of known pairs are not read again."""
    similar = np.zeros(len(first), np.bool_)
    codes, known_codes = _codes(first, second), _codes(known.first, known.second)
    places = np.searchsorted(known_codes, codes)
    is_known = np.append(known_codes, -1)[places] == codes
    similar[is_known] = known.similar[places[is_known]]
    sets = dict[int, Shingles]()

    def members(passage: int) -> Shingles:
        if passage not in sets:
            sets[passage] = np.unique(read(passage))
        return sets[passage]

    for pair in np.flatnonzero(~is_known).tolist():
        one, other = members(int(first[pair])), members(int(second[pair]))
        common = len(np.intersect1d(one, other, assume_unique=True))
        similar[pair] = common / (len(one) + len(other) - common) >= LEAST_JACCARD
    return Comparisons(first, second, similar)


def _codes(first: NDArray[np.int32], second: NDArray[np.int32]) -> NDArray[np.int64]:
    return first.astype(np.int64) << 32 | second


def group_near_duplicates(
    signatures: MinHashSignatures, order: NDArray[np.integer], read: Callable[[int], Shingles], known: Comparisons
) -> tuple[list[list[int]], Comparisons]:
    """Group near duplicates; return the groups as lists of passage numbers, and all comparisons made for them.

    `order` (n,) has all passages: groups and their members come in it, and the first passage leads its group. `read`
    returns the shingles of a passage; `known` comparisons are not repeated. Passages of equal words, whatever their
    punctuation, vowel signs and spellings of hamza, are always together. Others join a group where the Jaccard index
    of their 2-shingles and its leader's is at least 0.75 and their numbers are the same, since a report that differs in
    a sum is another report. By the triangle inequality of the Jaccard distance, any two of a group have an index of at
    least a half. Passages of a single article are no near duplicates.

    Candidates are the passages with a band in common (see `MinHashSignatures`). Where more than 64 different passages
    have one, not all of them are compared: such a text is a set phrase.
    """
    order = order[signatures.lengths[order] > 0]
    _, firsts, classes = np.unique(signatures.word_digests[order], return_index=True, return_inverse=True)
    leaders = np.sort(firsts)
    copies: defaultdict[int, list[int]] = defaultdict(list)
    is_copy = firsts[classes] != np.arange(len(order))
    for first, passage in zip(order[firsts[classes]][is_copy].tolist(), order[is_copy].tolist(), strict=True):
        copies[first].append(passage)
    different = order[leaders]
    compared = compare(*_candidates(signatures, different), read, known)
    similar = _similar_passages(compared)
    led = _groups_by_leader(
        (passage for passage in different.tolist() if passage in similar or passage in copies), similar
    )
    groups = ([passage for member in group for passage in (member, *copies.get(member, ()))] for group in led)
    owners = np.repeat(np.arange(len(signatures.starts) - 1), np.diff(signatures.starts))
    places = np.empty(len(signatures), np.int64)
    places[order] = np.arange(len(order))
    ordered = (sorted(group, key=places.__getitem__) for group in groups)
    return [group for group in ordered if len(set(owners[group].tolist())) > 1], compared


def _candidates(
    signatures: MinHashSignatures, passages: NDArray[np.integer]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the pairs of passages with a band and all numbers in common, ordered as in `Comparisons`."""
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
            first, second = owners[same], owners[same + distance]
            has_same_numbers = signatures.number_digests[first] == signatures.number_digests[second]
            first, second = first[has_same_numbers], second[has_same_numbers]
            found.append(np.minimum(first, second) << 32 | np.maximum(first, second))
    codes = np.unique(np.concatenate(found))
    return (codes >> 32).astype(np.int32), (codes & 0xFFFFFFFF).astype(np.int32)


def _similar_passages(compared: Comparisons) -> Mapping[int, set[int]]:
    """Map each passage that has near duplicates to these."""
    similar: defaultdict[int, set[int]] = defaultdict(set)
    first, second = compared.first[compared.similar].tolist(), compared.second[compared.similar].tolist()
    for one, other in zip(first, second, strict=True):
        similar[one].add(other)
        similar[other].add(one)
    return similar


def _groups_by_leader(passages: Iterable[int], similar: Mapping[int, set[int]]) -> Iterator[list[int]]:
    """Let each passage that is in no group lead one of the passages similar to it that are in none."""
    taken: set[int] = set()
    for leader in passages:
        if leader in taken:
            continue
        followers = similar.get(leader, set()) - taken
        taken |= {leader, *followers}
        yield [leader, *followers]
