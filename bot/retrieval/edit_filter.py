"""Candidates for strings within one edit, filtered by character masks before any characters are compared."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.storage import Arrays, IntArray, StringTable, add_prefix, offsets, strip_prefix

_BITS = 63
_NONE = np.uint64(0)


@dataclass(frozen=True, slots=True)
class CharacterMasks:
    """Lengths (n,) and 64-bit masks (n,) of strings: each character sets the bit of its code point modulo 64."""

    lengths: NDArray[np.int32]
    masks: NDArray[np.uint64]

    @classmethod
    def of(cls, strings: Sequence[str]) -> "CharacterMasks":
        """Compute the masks of (n,) strings."""
        lengths = np.array([len(string) for string in strings], dtype=np.int32)
        points = np.frombuffer("".join(strings).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        # One more bit, none set, so that every string starts somewhere.
        bits = np.append(np.uint64(1) << (points & _BITS).astype(np.uint64), _NONE)
        return cls(lengths, np.where(lengths > 0, np.bitwise_or.reduceat(bits, offsets(lengths)[:-1]), _NONE))

    @classmethod
    def of_few(cls, strings: Collection[str]) -> "CharacterMasks":
        """Compute the masks of strings that are words of many messages, which are remembered."""
        masks = np.array(list(map(_mask, strings)), dtype=np.uint64)
        return cls(np.array(list(map(len, strings)), dtype=np.int32), masks)

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "CharacterMasks":
        return cls(arrays["lengths"], arrays["masks"])

    def arrays(self) -> dict[str, NDArray[Any]]:
        return {"lengths": self.lengths, "masks": self.masks}

    def __getitem__(self, numbers: NDArray[np.integer] | slice) -> "CharacterMasks":
        return CharacterMasks(self.lengths[numbers], self.masks[numbers])

    def min_edits(self, string: str) -> NDArray[np.integer]:
        """Return a lower bound of the edit distance of each string to a string, (n,), as `min_edits_to` does."""
        return self.min_edits_to(CharacterMasks(np.array(len(string), np.int32), np.array(_mask(string))))

    def min_edits_to(self, others: "CharacterMasks") -> NDArray[np.integer]:
        """Return a lower bound of the edit distance of each string to another of (n,), or to one, (n,).

        The distance is that of optimal string alignment. An edit that adds or removes a character changes at most one
        bit, a substitution at most two, a transposition none.
        """
        longer = np.abs(self.lengths - others.lengths)
        bits = np.bitwise_count(self.masks ^ others.masks)
        return np.asarray(longer + (np.maximum(bits - longer, 0) + 1) // 2)

    def min_missing(self, string: str) -> NDArray[np.int64]:
        """Return a lower bound of how many distinct characters of a string each string lacks, (n,) int64."""
        return np.asarray(np.bitwise_count(_mask(string) & ~self.masks), dtype=np.int64)


# Few words make up most messages; the bound keeps made-up ones out of memory.
@lru_cache(1 << 12)
def _mask(string: str) -> np.uint64:
    """Return the mask of one string, for which arrays would take longer."""
    mask = 0
    for character in string:
        mask |= 1 << (ord(character) & _BITS)
    return np.uint64(mask)


class OneEditIndex:
    """Finds strings of a table within one edit of another: an edit leaves one half of a string unchanged."""

    def __init__(self, strings: StringTable, arrays: Arrays) -> None:
        self._strings = strings
        self.masks = CharacterMasks.from_arrays(strip_prefix(arrays, "masks"))
        self._by_end: IntArray = arrays["by_end"]

    def candidates(self, string: str) -> list[int]:
        """Return the numbers, ascending, of all strings within one edit of a string, and of some more."""
        half = max(len(string) - 1, 0) // 2
        starting = self._strings.starting_with(string[:half])
        ending = self._ending_with(string[len(string) - half :])
        by_start = self.masks[starting.start : starting.stop].min_edits(string) <= 1
        by_end = self.masks[ending].min_edits(string) <= 1
        return sorted({*(by_start.nonzero()[0] + starting.start).tolist(), *ending[by_end].tolist()})

    def _ending_with(self, end: str) -> IntArray:
        backwards, cut = end[::-1], len(end)
        first = bisect_left(self._by_end, backwards, key=self._backwards)
        last = bisect_right(self._by_end, backwards, first, key=lambda number: self._backwards(number)[:cut])
        return self._by_end[first:last]

    def _backwards(self, number: int) -> str:
        return self._strings[number][::-1]


def one_edit_arrays(strings: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Return the arrays of a `OneEditIndex` of sorted strings, besides their table."""
    by_end = sorted(range(len(strings)), key=[string[::-1] for string in strings].__getitem__)
    return {"by_end": np.array(by_end, dtype=np.int32), **add_prefix("masks", CharacterMasks.of(strings).arrays())}
