"""A table of strings that loses some and gains some."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.storage.merging import Merge, interleave
from bot.storage.string_table import StringTable
from bot.storage.text_table import TextTable


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
    characters = merge.within(before["starts"], after["starts"]).take(before["characters"], after["characters"])
    return {"characters": characters, "starts": merge.starts(before["starts"], after["starts"])}
