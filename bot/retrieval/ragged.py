"""Rows of different lengths, held in one array: the words of each passage, the grams of each word."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Ragged:
    """Row n is `values[starts[n]:starts[n + 1]]`."""

    values: Numbers
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]], numbers: Numbers) -> "Ragged":
        """Join rows, each value renumbered: `numbers[value]` in its place."""
        values = np.fromiter(chain.from_iterable(rows), dtype=np.int32)
        return cls(numbers[values], ends([len(row) for row in rows]))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> Numbers:
        return self.values[self.starts[row] : self.starts[row + 1]]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """The length of each row."""
        return np.diff(self.starts)

    def gather(self, rows: NDArray[np.integer]) -> tuple[Numbers, NDArray[np.intp]]:
        """Return the values of these rows on end, and the place in `rows` that each value comes from."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        owners = np.repeat(np.arange(len(rows)), lengths)
        shifts = self.starts[rows] - ends(lengths)[:-1]
        return self.values[np.arange(len(owners)) + shifts[owners]], owners

    def sums(self, weights: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the sum over each row of `weights[value]`."""
        totals = ends(weights[self.values])
        return totals[self.starts[1:]] - totals[self.starts[:-1]]

    def holds(self, first: int, second: int) -> bool:
        """Tell whether a row has one value right behind another."""
        places = np.flatnonzero(self.values[:-1] == first) + 1
        places = places[self.values[places] == second]
        return bool(np.any(~np.isin(places, self.starts)))

    def inverted(self, size: int) -> "Ragged":
        """Return for each value below `size` the rows that hold it, in order, as often as they do."""
        rows = np.repeat(np.arange(len(self), dtype=np.int32), self.lengths)
        return Ragged(rows[np.argsort(self.values, kind="stable")], ends(np.bincount(self.values, minlength=size)))


def ends(lengths: Sequence[int] | NDArray[np.integer]) -> NDArray[np.int64]:
    """Return where rows of these lengths start, and behind them where the last one ends."""
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths, dtype=np.int64)))
