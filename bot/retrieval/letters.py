"""A quick look at which strings may be near each other, before any are compared letter by letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.storage import Arrays, ends

_BITS = 63
_NONE = np.uint64(0)


@dataclass(frozen=True, slots=True)
class Letters:
    """How many characters each string has, and which: a character sets the bit of 64 that its code point falls on."""

    lengths: NDArray[np.int32]
    masks: NDArray[np.uint64]

    @classmethod
    def of(cls, strings: Sequence[str]) -> "Letters":
        """Look at the characters of strings."""
        lengths = np.array([len(string) for string in strings], dtype=np.int32)
        points = np.frombuffer("".join(strings).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        # One more bit, none set, so that every string starts somewhere.
        bits = np.append(np.uint64(1) << (points & _BITS).astype(np.uint64), _NONE)
        return cls(lengths, np.where(lengths > 0, np.bitwise_or.reduceat(bits, ends(lengths)[:-1]), _NONE))

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "Letters":
        """Take letters out of their arrays."""
        return cls(arrays["lengths"], arrays["masks"])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what the letters are made of."""
        return {"lengths": self.lengths, "masks": self.masks}

    def __getitem__(self, numbers: NDArray[np.integer] | slice) -> "Letters":
        return Letters(self.lengths[numbers], self.masks[numbers])

    def least_edits(self, string: str) -> NDArray[np.int64]:
        """Return for each string how many edits at least lie between it and a string; fewer than there are, or as many.

        The edits are those of optimal string alignment. One that adds or removes a character changes at most one bit,
        another one at most two.
        """
        own = Letters.of([string])
        longer = np.abs(self.lengths - own.lengths).astype(np.int64)
        bits = np.bitwise_count(self.masks ^ own.masks)
        return np.asarray(longer + (np.maximum(bits - longer, 0) + 1) // 2)

    def least_lacking(self, string: str) -> NDArray[np.int64]:
        """Return for each string how many distinct characters of another it lacks at least."""
        return np.asarray(np.bitwise_count(Letters.of([string]).masks & ~self.masks), dtype=np.int64)
