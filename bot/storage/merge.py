"""Two tables merged: rows of an old one, copied in long runs, with rows of a new one between them."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.storage.array_builders import ArrayBuilder
from bot.storage.arrays import offsets
from bot.storage.strings import StringTable, TextTable

_WIDTHS: tuple[type[np.unsignedinteger[Any] | np.signedinteger[Any]], ...] = (np.uint8, np.uint16, np.uint32, np.int64)
_Run = tuple[bool, int, int]


def narrowest_type(highest: int) -> type[np.integer[Any]]:
    """Return the narrowest type for numbers from 0 to `highest`, the one that an `IntegerBuilder` would use."""
    return next(width for width in _WIDTHS if highest <= np.iinfo(width).max)


@dataclass(frozen=True, slots=True)
class Merge:
    """The row order of a merged table, as runs (is_new, first, last) of rows `first:last` of the old or the new table.

    Merged columns are kept in files of a folder, or else in memory.
    """

    runs: tuple[_Run, ...]
    folder: Path | None = None

    @classmethod
    def of(cls, rows: NDArray[np.integer], old: int, folder: Path | None = None) -> "Merge":
        """Make runs of (n,) row numbers: below `old` they are of the old table, from there on of the new one."""
        breaks = np.flatnonzero((np.diff(rows) != 1) | (rows[1:] == old)) + 1
        bounds = [0, *breaks.tolist(), len(rows)] if len(rows) else [0]
        spans = ((int(rows[first]), last - first) for first, last in pairwise(bounds))
        return cls(
            tuple((at >= old, at - old * (at >= old), at - old * (at >= old) + size) for at, size in spans), folder
        )

    def expand(self, old: NDArray[np.integer], new: NDArray[np.integer]) -> "Merge":
        """Return the merge of the values of ragged rows, given the offsets of the rows in both tables."""
        starts = (old, new)
        return Merge(tuple((new, int(starts[new][a]), int(starts[new][b])) for new, a, b in self.runs), self.folder)

    def take(self, old: NDArray[Any], new: NDArray[Any]) -> NDArray[Any]:
        """Merge a column, which has one type in both tables."""
        builder = ArrayBuilder(old.dtype.type, self.folder)
        for part in self._parts(old, new):
            builder.append(part)
        return builder.array()

    def take_narrow(self, old: NDArray[np.integer], new: NDArray[np.integer]) -> NDArray[np.integer]:
        """Merge a column of numbers from zero on, in the narrowest type for them."""
        highest = max((int(part.max()) for part in self._parts(old, new) if len(part)), default=0)
        builder = ArrayBuilder(narrowest_type(highest), self.folder)
        for part in self._parts(old, new):
            builder.append(part)
        return builder.array()

    def starts(self, old: NDArray[np.integer], new: NDArray[np.integer]) -> NDArray[np.int64]:
        """Return the offsets of the merged ragged rows, given those of both tables."""
        return offsets(self.take(np.diff(old), np.diff(new)))

    def new_numbers(self, old: int) -> NDArray[np.int64]:
        """Return the new number of each of `old` old rows, -1 for a row that is gone."""
        numbers, at = np.full(old, -1, dtype=np.int64), 0
        for is_new, first, last in self.runs:
            if not is_new:
                numbers[first:last] = np.arange(at, at + last - first)
            at += last - first
        return numbers

    def _parts(self, old: NDArray[Any], new: NDArray[Any]) -> Iterator[NDArray[Any]]:
        return ((new if is_new else old)[first:last] for is_new, first, last in self.runs)


def interleave(
    kept: NDArray[np.bool_], places: NDArray[np.integer]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """Insert new rows between the old ones that are kept, each before the old row at its place; places ascend.

    Return the row numbers that `Merge.of` takes, and the new numbers of all old and all new rows; the number of an old
    row that is not kept is meaningless.
    """
    numbers = np.flatnonzero(kept)
    old = (np.cumsum(kept) - 1 + np.searchsorted(places, np.arange(len(kept)), "right")).astype(np.int32)
    new = (offsets(kept.astype(np.int8))[places] + np.arange(len(places))).astype(np.int32)
    rows = np.empty(len(numbers) + len(places), dtype=np.int64)
    rows[old[numbers]] = numbers
    rows[new] = len(kept) + np.arange(len(places))
    return rows, old, new


@dataclass(frozen=True, slots=True)
class MergedStrings:
    """Two sorted string tables merged to one: `table`, and how `merge` orders their rows.

    `old` has the new number of each old string, `new` that of each string given as new. `kept` marks the old strings
    that stay. `added` are the indices of the given strings that the old table lacks, and `places` the numbers of the
    old strings before which these are inserted.
    """

    merge: Merge
    old: NDArray[np.int32]
    new: NDArray[np.int32]
    kept: NDArray[np.bool_]
    added: NDArray[np.int64]
    places: NDArray[np.int64]
    table: StringTable

    @classmethod
    def of(
        cls, old: StringTable, used: NDArray[np.bool_], new: Sequence[str], folder: Path | None = None
    ) -> "MergedStrings":
        """Merge the strings of a table that are in use with new ones, sorted and distinct, old ones among them."""
        kept = used.copy()
        places = np.zeros(len(new), dtype=np.int64)
        is_old = np.zeros(len(new), dtype=np.bool_)
        low = 0
        for number, string in enumerate(new):
            low = places[number] = bisect_left(old, string, low)
            is_old[number] = low < len(old) and old[low] == string
        kept[places[is_old]] = True
        added = np.flatnonzero(~is_old)
        rows, old_numbers, added_numbers = interleave(kept, places[added])
        numbers = np.empty(len(new), dtype=np.int32)
        numbers[is_old] = old_numbers[places[is_old]]
        numbers[added] = added_numbers
        merge = Merge.of(rows, len(old), folder)
        fresh = StringTable.of([new[number] for number in added.tolist()])
        table = StringTable.from_arrays(merge_texts(merge, old, fresh))
        return cls(merge, old_numbers, numbers, kept, added, places[added], table)


def merge_texts(merge: Merge, old: TextTable, new: TextTable) -> dict[str, NDArray[Any]]:
    """Merge the strings of two tables; return the arrays of the merged table."""
    before, after = old.arrays(), new.arrays()
    characters = merge.expand(before["starts"], after["starts"]).take(before["characters"], after["characters"])
    return {"characters": characters, "starts": merge.starts(before["starts"], after["starts"])}
