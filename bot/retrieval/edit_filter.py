"""Strings that may be one edit away, found by character masks before any letter is compared."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.storage import Arrays, IntArray, StringTable, add_prefix, offsets, strip_prefix

_BITS = 63
_NONE = np.uint64(0)


@dataclass(frozen=True, slots=True)
class CharacterMasks:
    """How many characters each string has, and which: a character sets the bit of 64 that its code point falls on."""

    lengths: NDArray[np.int32]
    masks: NDArray[np.uint64]

    @classmethod
    def of(cls, strings: Sequence[str]) -> "CharacterMasks":
        """Look at the characters of strings."""
        lengths = np.array([len(string) for string in strings], dtype=np.int32)
        points = np.frombuffer("".join(strings).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        # One more bit, none set, so that every string starts somewhere.
        bits = np.append(np.uint64(1) << (points & _BITS).astype(np.uint64), _NONE)
        return cls(lengths, np.where(lengths > 0, np.bitwise_or.reduceat(bits, offsets(lengths)[:-1]), _NONE))

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "CharacterMasks":
        """Take letters out of their arrays."""
        return cls(arrays["lengths"], arrays["masks"])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what the letters are made of."""
        return {"lengths": self.lengths, "masks": self.masks}

    def __getitem__(self, numbers: NDArray[np.integer] | slice) -> "CharacterMasks":
        return CharacterMasks(self.lengths[numbers], self.masks[numbers])

    def min_edits(self, string: str) -> NDArray[np.int64]:
        """Return for each string how many edits at least lie between it and a string; fewer than there are, or as many.

        The edits are those of optimal string alignment. One that adds or removes a character changes at most one bit,
        another one at most two.
        """
        own = CharacterMasks.of([string])
        longer = np.abs(self.lengths - own.lengths).astype(np.int64)
        bits = np.bitwise_count(self.masks ^ own.masks)
        return np.asarray(longer + (np.maximum(bits - longer, 0) + 1) // 2)

    def min_missing(self, string: str) -> NDArray[np.int64]:
        """Return for each string how many distinct characters of another it lacks at least."""
        return np.asarray(np.bitwise_count(CharacterMasks.of([string]).masks & ~self.masks), dtype=np.int64)


class OneEditIndex:
    """Looks through a table of strings; an edit (of optimal string alignment) leaves one half of a string alone."""

    def __init__(self, strings: StringTable, arrays: Arrays) -> None:
        self._strings = strings
        self.masks = CharacterMasks.from_arrays(strip_prefix(arrays, "masks"))
        self._by_end: IntArray = arrays["by_end"]

    def candidates(self, string: str) -> list[int]:
        """Return the numbers, in order, of the strings that may be one edit away, and of some more."""
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
    """Return what `OneEditIndex` of sorted strings is made of, besides their table."""
    by_end = sorted(range(len(strings)), key=lambda number: strings[number][::-1])
    return {"by_end": np.array(by_end, dtype=np.int32), **add_prefix("masks", CharacterMasks.of(strings).arrays())}
