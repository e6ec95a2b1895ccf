"""String tables: strings by number, and sorted strings found by bisection."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from bot.storage.array_builders import IntegerBuilder
from bot.storage.arrays import Arrays, offsets

# A question looks for each of its words several times, and the words that stand for them are those of many questions.
_REMEMBERED = 1 << 15
# Words that mean the same are looked for together, a few hundred at a time.
_REMEMBERED_SETS = 1 << 11
# So many bytes fill a number; most strings differ in them.
_PREFIX, _FILLING = 8, b"\0"


class TextTable:
    """Strings by number, kept as one array of UTF-8 bytes and offsets."""

    def __init__(self, characters: NDArray[np.uint8], starts: NDArray[np.int64]) -> None:
        self._characters = characters
        self._view = memoryview(characters)
        self._starts = starts
        # Reading a number from a view takes a fraction of the time that it takes from an array.
        self._bounds = memoryview(starts)

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Self:
        """Read a table from its arrays."""
        return cls(arrays["characters"], arrays["starts"])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the table as named arrays."""
        return {"characters": self._characters, "starts": self._starts}

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, number: int) -> str:
        return str(self._view[self._bounds[number] : self._bounds[number + 1]], "utf-8", "surrogatepass")


class TextTableBuilder:
    """Builds a `TextTable` string by string."""

    def __init__(self, folder: Path | None = None) -> None:
        self._characters = IntegerBuilder(folder)
        self._lengths = IntegerBuilder(folder)

    def append(self, text: str) -> None:
        """Append a string."""
        encoded = encode(text)
        self._characters.extend(encoded)
        self._lengths.append(len(encoded))

    def extend(self, table: Arrays, first: int, last: int) -> None:
        """Append the strings of another table from `first` up to `last`, given its arrays."""
        starts = table["starts"][first : last + 1]
        self._characters.extend(table["characters"][starts[0] : starts[-1]])
        self._lengths.extend(np.diff(starts))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of the table; nothing can be appended afterwards."""
        return {"characters": self._characters.array(), "starts": offsets(self._lengths.array())}


def encode(string: str) -> bytes:
    """Return the UTF-8 bytes of a string, which sort as its code points do; lone surrogates are let through."""
    return string.encode("utf-8", "surrogatepass")


class StringTable(TextTable):
    """Distinct strings, sorted by code points, which is also the order of their bytes."""

    def __init__(self, characters: NDArray[np.uint8], starts: NDArray[np.int64]) -> None:
        super().__init__(characters, starts)
        self._remembered: dict[str, int | None] = {}
        self._remembered_sets: dict[frozenset[str], NDArray[np.int64]] = {}

    @classmethod
    def of(cls, strings: Sequence[str]) -> Self:
        """Make a table of distinct strings, sorted already."""
        encoded = [encode(string) for string in strings]
        starts = np.fromiter(accumulate(map(len, encoded), initial=0), dtype=np.int64, count=len(encoded) + 1)
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), starts)

    def find(self, string: str) -> int | None:
        """Return the number of a string, None where the table lacks it."""
        # Another thread may begin to remember anew meanwhile.
        remembered = self._remembered
        if string not in remembered:
            if len(remembered) >= _REMEMBERED:
                remembered = self._remembered = {}
            encoded = encode(string)
            prefix = int.from_bytes(encoded[:_PREFIX].ljust(_PREFIX, _FILLING))
            first = bisect_left(self._prefixes, prefix)
            last = bisect_right(self._prefixes, prefix, first)
            number = bisect_left(range(last), encoded, first, key=self._encoded)
            remembered[string] = number if number < last and self._encoded(number) == encoded else None
        return remembered[string]

    def find_all(self, strings: frozenset[str]) -> NDArray[np.int64]:
        """Return the numbers of the strings that the table has, (n,) in order."""
        found = self._remembered_sets.get(strings)
        if found is None:
            if len(self._remembered_sets) >= _REMEMBERED_SETS:
                self._remembered_sets = {}
            numbers = (number for number in map(self.find, strings) if number is not None)
            found = self._remembered_sets[strings] = np.array(sorted(numbers), dtype=np.int64)
        return found

    def starting_with(self, prefix: str) -> range:
        """Return the numbers of the strings that begin with a prefix; with an empty one, of all."""
        encoded = encode(prefix)
        cut = len(encoded)
        if cut <= _PREFIX and _FILLING not in encoded:
            lowest, highest = (int.from_bytes(encoded.ljust(_PREFIX, byte)) for byte in (_FILLING, b"\xff"))
            start = bisect_left(self._prefixes, lowest)
            return range(start, bisect_right(self._prefixes, highest, start))
        first = bisect_left(range(len(self)), encoded, key=self._encoded)
        return range(first, bisect_right(range(len(self)), encoded, first, key=lambda at: self._encoded(at)[:cut]))

    @cached_property
    def _prefixes(self) -> memoryview:
        """The first bytes of each string as one number, zeros behind a shorter one: (n,) in order."""
        starts, lengths = self._starts[:-1], np.diff(self._starts)
        prefixes = np.zeros(len(self), dtype=np.uint64)
        for at in range(_PREFIX):
            own = np.flatnonzero(lengths > at)
            prefixes[own] |= self._characters[starts[own] + at].astype(np.uint64) << np.uint64(8 * (_PREFIX - 1 - at))
        return memoryview(prefixes)

    def _encoded(self, number: int) -> bytes:
        return self._view[self._bounds[number] : self._bounds[number + 1]].tobytes()
