"""Rows and strings of two tables put together: old ones copied in long runs, new ones between them."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.storage.ragged import offsets
from bot.storage.spools import ArrayBuilder
from bot.storage.strings import StringTable, TextTable

_WIDTHS: tuple[type[np.unsignedinteger[Any] | np.signedinteger[Any]], ...] = (np.uint8, np.uint16, np.uint32, np.int64)
_Run = tuple[bool, int, int]


def narrowest_type(highest: int) -> type[np.integer[Any]]:
    """Return the type in which a `IntegerBuilder` keeps numbers up to this one."""
    return next(width for width in _WIDTHS if highest <= np.iinfo(width).max)


@dataclass(frozen=True, slots=True)
class Merge:
    """The rows of a table in order, as runs: whether they are new ones, the first, and the one behind the last.

    What is copied grows in files of a folder, or else in memory.
    """

    runs: tuple[_Run, ...]
    folder: Path | None = None

    @classmethod
    def of(cls, rows: NDArray[np.integer], old: int, folder: Path | None = None) -> "Merge":
        """Take rows by number, those of the new table counted on from the `old` rows of the old one."""
        breaks = np.flatnonzero((np.diff(rows) != 1) | (rows[1:] == old)) + 1
        bounds = [0, *breaks.tolist(), len(rows)] if len(rows) else [0]
        spans = ((int(rows[first]), last - first) for first, last in pairwise(bounds))
        return cls(
            tuple((at >= old, at - old * (at >= old), at - old * (at >= old) + size) for at, size in spans), folder
        )

    def expand(self, old: NDArray[np.integer], new: NDArray[np.integer]) -> "Merge":
        """Return what becomes of the values of rows, given where the rows of both tables start."""
        starts = (old, new)
        return Merge(tuple((new, int(starts[new][a]), int(starts[new][b])) for new, a, b in self.runs), self.folder)

    def take(self, old: NDArray[Any], new: NDArray[Any]) -> NDArray[Any]:
        """Put a column together; both tables have it in one type."""
        spool = ArrayBuilder(old.dtype.type, self.folder)
        for part in self._parts(old, new):
            spool.append(part)
        return spool.array()

    def take_narrow(self, old: NDArray[np.integer], new: NDArray[np.integer]) -> NDArray[np.integer]:
        """Put a column of numbers from zero on together, as narrow as a `IntegerBuilder` would have it."""
        highest = max((int(part.max()) for part in self._parts(old, new) if len(part)), default=0)
        spool = ArrayBuilder(narrowest_type(highest), self.folder)
        for part in self._parts(old, new):
            spool.append(part)
        return spool.array()

    def starts(self, old: NDArray[np.integer], new: NDArray[np.integer]) -> NDArray[np.int64]:
        """Return where rows start, given where those of both tables do."""
        return offsets(self.take(np.diff(old), np.diff(new)))

    def new_numbers(self, old: int) -> NDArray[np.int64]:
        """Return the new numbers of so many old rows, -1 for those that are gone."""
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
    """Put new rows between the old ones that are kept, each before the old row at its place; places are in order.

    Return the rows as `Merge.of` takes them, and the numbers that old and new rows get; of a row that is not kept it
    says nothing.
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
    """What becomes of sorted strings: how their rows are put together, and the numbers they get.

    `old` numbers the old strings, `new` all that were given as new; `added` are those among them that were not in the
    old table, as sorted, and the places of these among those given. `kept` tells which old ones stay, and `places` say
    before which old one each added one goes.
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
        """Merge those of a table that are used with new ones, sorted and distinct, which the table may have too."""
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
    """Put the strings of two tables together."""
    before, after = old.arrays(), new.arrays()
    characters = merge.expand(before["starts"], after["starts"]).take(before["characters"], after["characters"])
    return {"characters": characters, "starts": merge.starts(before["starts"], after["starts"])}
