"""Named arrays, the form in which every part of an edition is stored, writers for them, and ragged rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]
"""Arrays by name; those of nested parts have dotted names, such as "index.stems.idf"."""
IntArray = NDArray[np.integer]
_ROWS = 1 << 14


def add_prefix(name: str, arrays: Arrays) -> dict[str, NDArray[Any]]:
    """Prefix the names of a part's arrays with the name of the part and a dot."""
    return {f"{name}.{own}": array for own, array in arrays.items()}


def strip_prefix(arrays: Arrays, name: str) -> dict[str, NDArray[Any]]:
    """Return the arrays of a part, their names without its prefix."""
    prefix = f"{name}."
    return {whole.removeprefix(prefix): array for whole, array in arrays.items() if whole.startswith(prefix)}


class ArrayWriter(Protocol):
    """Stores arrays, and returns them as stored (mapped, for a file), so that the originals can be freed."""

    def add(self, arrays: Arrays) -> dict[str, NDArray[Any]]:
        """Store arrays of new names."""
        ...


class MemoryWriter:
    """Stores arrays in memory."""

    def __init__(self) -> None:
        self.arrays: dict[str, NDArray[Any]] = {}

    def add(self, arrays: Arrays) -> dict[str, NDArray[Any]]:
        """Store arrays."""
        self.arrays |= arrays
        return dict(arrays)


class PrefixWriter:
    """Stores the arrays of a part in the writer of the whole, under its prefix."""

    def __init__(self, whole: ArrayWriter, name: str) -> None:
        self._whole = whole
        self._prefix = f"{name}."

    def add(self, arrays: Arrays) -> dict[str, NDArray[Any]]:
        """Store arrays under the prefix, and return them by their own names."""
        stored = self._whole.add({self._prefix + name: array for name, array in arrays.items()})
        return {name.removeprefix(self._prefix): array for name, array in stored.items()}


@dataclass(frozen=True, slots=True)
class Ragged:
    """Row n is `values[starts[n]:starts[n + 1]]`."""

    values: IntArray
    starts: NDArray[np.int64]

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "Ragged":
        """Read rows from their arrays."""
        return cls(arrays["values"], arrays["starts"])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the rows as named arrays."""
        return {"values": self.values, "starts": self.starts}

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> IntArray:
        return self.values[self.starts[row] : self.starts[row + 1]]

    def between(self, first: int, last: int) -> IntArray:
        """Return the values of the rows from `first` up to `last`, one row behind the other."""
        return self.values[self.starts[first] : self.starts[last]]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """The length of each row."""
        return np.diff(self.starts)

    def gather(self, rows: NDArray[np.integer]) -> tuple[IntArray, NDArray[np.intp]]:
        """Concatenate the values of (n,) rows; return them, (m,), and for each value its index in `rows`, (m,)."""
        return gather_ranges(self.values, self.starts[rows], self.starts[rows + 1])

    def select(self, rows: NDArray[np.integer]) -> "Ragged":
        """Return a table of these rows alone."""
        values, _ = self.gather(rows)
        return Ragged(values, offsets(self.starts[rows + 1] - self.starts[rows]))

    def sums(self, weights: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return for each row the sum of `weights[value]` over its values, (rows,) int64."""
        sums = np.empty(len(self), dtype=np.int64)
        for first in range(0, len(self), _ROWS):  # all at once takes many times the memory of the rows
            starts = self.starts[first : first + _ROWS + 1]
            totals = offsets(weights[self.values[starts[0] : starts[-1]]])
            sums[first : first + _ROWS] = np.diff(totals[starts - starts[0]])
        return sums

    def before(self, run: Sequence[int], rows: NDArray[np.integer]) -> IntArray:
        """Return the value right before each run of values in some rows, (n,)."""
        size = len(run)
        values, owners = self.gather(rows)
        places = places_before(values, run)
        found: IntArray = values[places[owners[places] == owners[places + size]]]
        return found

    def inverted(self, size: int) -> "Ragged":
        """Return the inverted table: for each value below `size` the rows that hold it, in order, with repeats."""
        rows = np.repeat(np.arange(len(self), dtype=np.int32), self.lengths)
        return Ragged(rows[np.argsort(self.values, kind="stable")], offsets(np.bincount(self.values, minlength=size)))


def places_before(values: IntArray, run: Sequence[int]) -> NDArray[np.intp]:
    """Return the places of (m,) values that are right before a run of some, (n,) in order."""
    places = np.flatnonzero(values[len(run) :] == run[-1])
    for at, value in enumerate(run[:-1], 1):
        places = places[values[places + at] == value]
    return places


def gather_ranges(
    values: NDArray[np.integer], firsts: NDArray[np.integer], lasts: NDArray[np.integer]
) -> tuple[NDArray[np.integer], NDArray[np.intp]]:
    """Concatenate the slices `values[first:last]`; return them, (m,), and for each value the index of its slice."""
    lengths = lasts - firsts
    owners = np.arange(len(lengths)).repeat(lengths)
    places = (firsts - (lengths.cumsum() - lengths)).repeat(lengths)
    places += np.arange(len(owners))
    return values[places], owners


def offsets(lengths: Sequence[int] | NDArray[np.integer]) -> NDArray[np.int64]:
    """Return the offsets of (n,) row lengths: where each row starts, and the end of the last, (n + 1,) int64."""
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths, dtype=np.int64)))
