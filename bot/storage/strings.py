"""String tables: strings by number, and sorted strings found by bisection."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from bot.storage.arrays import Arrays, IntArray, gather_ranges, offsets

# A question looks for each of its words several times, and the words that stand for them are those of many questions.
_REMEMBERED = 1 << 15
# Words that mean the same are looked for together, a few hundred at a time.
_REMEMBERED_SETS = 1 << 11
# So many bytes fill a number; most strings differ in them.
_PREFIX, _FILLING = 8, b"\0"
# The two highest bits of a byte of UTF-8, and what they are within a character.
_HIGHEST, _CONTINUES = 0xC0, 0x80
# Strings decoded together, so that what is computed stays small. Chosen.
_BLOCK = 1 << 12


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

    @classmethod
    def of(cls, strings: Sequence[str]) -> Self:
        """Make a table of strings; a `StringTable` takes them distinct and sorted."""
        characters = np.frombuffer(encode("".join(strings)), dtype=np.uint8)
        places = np.append(np.flatnonzero(_begin_characters(characters)), len(characters))
        return cls(characters, places[offsets(np.fromiter(map(len, strings), dtype=np.int64, count=len(strings)))])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the table as named arrays."""
        return {"characters": self._characters, "starts": self._starts}

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __iter__(self) -> Iterator[str]:
        return self.select(np.arange(len(self)))

    def __getitem__(self, number: int) -> str:
        return str(self._view[self._bounds[number] : self._bounds[number + 1]], "utf-8", "surrogatepass")

    def select(self, numbers: IntArray) -> Iterator[str]:
        """Yield the strings with some numbers: several times faster than one by one."""
        for at in range(0, len(numbers), _BLOCK):
            block = numbers[at : at + _BLOCK]
            characters, owners = gather_ranges(self._characters, self._starts[block], self._starts[block + 1])
            text = str(characters, "utf-8", "surrogatepass")
            lengths = np.bincount(owners[_begin_characters(characters)], minlength=len(block))
            yield from (text[first:last] for first, last in pairwise(offsets(lengths).tolist()))


def _begin_characters(encoded: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether each byte of UTF-8 is the first of a character."""
    return np.asarray(encoded & _HIGHEST != _CONTINUES)


def encode(string: str) -> bytes:
    """Return the UTF-8 bytes of a string, which sort as its code points do; lone surrogates are let through."""
    return string.encode("utf-8", "surrogatepass")


class StringTable(TextTable):
    """Distinct strings, sorted by code points, which is also the order of their bytes."""

    def __init__(self, characters: NDArray[np.uint8], starts: NDArray[np.int64]) -> None:
        super().__init__(characters, starts)
        self._remembered: dict[str, int | None] = {}
        self._remembered_sets: dict[frozenset[str], NDArray[np.int64]] = {}

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
