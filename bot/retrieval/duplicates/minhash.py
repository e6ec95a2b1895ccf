"""MinHash signatures of passages, (n, 24) uint32, by whose bands near duplicates are found (LSH)."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.duplicates.shingles import Words, are_number_tokens, shingles
from bot.storage import ArrayBuilder, Arrays, IntArray, IntegerBuilder, offsets

Hashes = NDArray[np.uint64]

LEAST_WORDS = 8
"""Words of the shortest passage with bands: in a shorter one, a single word changes too much. Chosen."""
_BANDS = 24
_HASHES = 4  # a band
_HIGH = np.uint64(32)
_COLUMNS: dict[str, type[np.generic]] = {
    "lengths": np.int32,
    "word_digests": np.uint64,
    "number_digests": np.uint64,
    "bands": np.uint32,
}


@dataclass(frozen=True, slots=True)
class MinHashSignatures:
    """The signatures of n passages, by number; those of article a begin at `starts[a]`.

    `lengths` (n,) are in words. `word_digests` (n,) are equal for passages of the same words in the same order, and
    `number_digests` (n,) for passages with the same set of words that have digits. `bands` (n, 24) are the MinHash of
    the 2-shingles of words, four hashes a band: two passages have a band in common with a probability of
    1 - (1 - j^4)^24, where j is the Jaccard index of their sets of shingles: one in ten thousand is missed of those at
    0.75, and 0.7 % are found of those at 0.13. A signature depends on nothing but the text of its passage.

    Source: A. Broder, "On the resemblance and containment of documents", 1997; the bands are those of J. Leskovec,
    A. Rajaraman, J. Ullman, "Mining of Massive Datasets", 3.4.
    """

    starts: NDArray[np.int64]
    lengths: NDArray[np.int32]
    word_digests: Hashes
    number_digests: Hashes
    bands: NDArray[np.uint32]

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "MinHashSignatures":
        return cls(arrays["starts"], *(arrays[name] for name in _COLUMNS))

    def arrays(self) -> dict[str, NDArray[Any]]:
        return {"starts": self.starts, **{name: getattr(self, name) for name in _COLUMNS}}

    def __len__(self) -> int:
        return len(self.lengths)


class SignatureBuilder:
    """Builds the `MinHashSignatures` of the passages of articles, added in order."""

    def __init__(self, folder: Path | None = None) -> None:
        """Keep the columns in files of a folder, or else in memory."""
        self._counts = IntegerBuilder(folder)
        self._columns = {name: ArrayBuilder(dtype, folder) for name, dtype in _COLUMNS.items()}

    def extend(self, counts: Sequence[int], words: Words, owners: IntArray) -> None:
        """Add articles with so many passages each; of all words in order the hash, and the number of its passage."""
        self._counts.extend(counts)
        lengths = np.bincount(owners, minlength=sum(counts))
        places = np.arange(len(words)) - offsets(lengths)[owners]
        columns: Arrays = {
            "lengths": lengths,
            "word_digests": _sums(_mixed(words.astype(np.uint64) << _HIGH | places.astype(np.uint64)), lengths),
            "number_digests": _number_digests(words, lengths),
            "bands": _bands(words, lengths),
        }
        for name, column in columns.items():
            self._columns[name].append(column)

    def take(self, old: MinHashSignatures, begin: int, end: int) -> None:
        """Add the passages of articles that have signatures, from `begin` up to `end`, their numbers there."""
        first, last = old.starts[begin], old.starts[end]
        self._counts.extend(np.diff(old.starts[begin : end + 1]))
        for name in _COLUMNS:
            self._columns[name].append(getattr(old, name)[first:last])

    def signatures(self) -> MinHashSignatures:
        """Return all signatures; nothing can be added afterwards."""
        columns = {name: self._columns[name].array() for name in _COLUMNS}
        columns["bands"] = columns["bands"].reshape(-1, _BANDS)
        return MinHashSignatures.from_arrays({"starts": offsets(self._counts.array()), **columns})


def _number_digests(words: Words, lengths: NDArray[np.int64]) -> Hashes:
    """Digest the set of the words of each passage that have digits."""
    is_number = are_number_tokens(words)
    owners = np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths)[is_number]
    distinct = np.unique(owners << _HIGH | words[is_number])
    counts = np.bincount((distinct >> _HIGH).astype(np.int64), minlength=len(lengths))
    return _sums(_mixed(distinct & np.uint64(0xFFFFFFFF)), counts)


def _bands(words: Words, lengths: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Return the bands of each passage, (n, 24) uint32; zeros for a passage that is too short."""
    bands = np.zeros((len(lengths), _BANDS), np.uint32)
    long = np.flatnonzero(lengths >= LEAST_WORDS)
    if not len(long):
        return bands
    starts = offsets(lengths)[long]
    sizes = lengths[long] - 1
    firsts = offsets(sizes)[:-1]
    mixed = _mixed(shingles(words)[np.arange(sizes.sum()) + np.repeat(starts - firsts, sizes)])
    factors = _mixed(np.arange(2 * _BANDS * _HASHES, dtype=np.uint64))
    hashes = np.empty_like(mixed)
    for band in range(_BANDS):
        value = np.zeros(len(long), np.uint64)
        for number in range(band * _HASHES, (band + 1) * _HASHES):
            np.multiply(mixed, factors[2 * number] | np.uint64(1), out=hashes)
            hashes += factors[2 * number + 1]
            value = _mixed(value ^ np.minimum.reduceat(hashes, firsts))
        bands[long, band] = value >> _HIGH
    return bands


def _sums(values: Hashes, lengths: NDArray[np.integer]) -> Hashes:
    """Sum `lengths[n]` values for each passage n, modulo 2^64."""
    totals = np.concatenate((np.zeros(1, np.uint64), np.cumsum(values, dtype=np.uint64)))
    bounds = offsets(lengths)
    return totals[bounds[1:]] - totals[bounds[:-1]]


def _mixed(values: Hashes) -> Hashes:
    """Mix the bits of 64-bit numbers: the finaliser of SplitMix64 (G. Steele, D. Lea, C. Flood, 2014)."""
    values = values + np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ values >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ values >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return values ^ values >> np.uint64(31)
