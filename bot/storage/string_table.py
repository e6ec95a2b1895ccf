"""Distinct strings in the order of their code points, found by bisection."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from bot.storage.arrays import Arrays
from bot.storage.text_table import TextTable, encode

# A question looks for each of its words several times.
_REMEMBERED = 4096


class StringTable(TextTable):
    """Distinct strings in the order of their code points, which is also that of their bytes; a number for each."""

    def __init__(self, characters: NDArray[np.uint8], starts: NDArray[np.int64]) -> None:
        super().__init__(characters, starts)
        self._remembered: dict[str, int | None] = {}

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "StringTable":
        """Take a table out of its arrays."""
        return cls(arrays["characters"], arrays["starts"])

    @classmethod
    def of(cls, strings: Sequence[str]) -> "StringTable":
        """Make a table of strings that are sorted already."""
        encoded = [encode(string) for string in strings]
        starts = np.fromiter(accumulate(map(len, encoded), initial=0), dtype=np.int64, count=len(encoded) + 1)
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), starts)

    def find(self, string: str) -> int | None:
        """Return the number of a string, or None where the table lacks it."""
        if string not in self._remembered:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered = {}
            self._remembered[string] = self._find(encode(string))
        return self._remembered[string]

    def starting_with(self, prefix: str) -> range:
        """Return the numbers of the strings that begin with another; every string begins with an empty one."""
        encoded = encode(prefix)
        cut = len(encoded)
        first = bisect_left(range(len(self)), encoded, key=self._encoded)
        return range(first, bisect_right(range(len(self)), encoded, first, key=lambda at: self._encoded(at)[:cut]))

    def _find(self, encoded: bytes) -> int | None:
        number = bisect_left(range(len(self)), encoded, key=self._encoded)
        return number if number < len(self) and self._encoded(number) == encoded else None

    def _encoded(self, number: int) -> bytes:
        return self._view[self._starts[number] : self._starts[number + 1]].tobytes()
