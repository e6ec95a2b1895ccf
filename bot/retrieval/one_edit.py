"""Which strings may be one edit away from another: those that begin or end as it does, with nearly its letters."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.letters import Letters
from bot.storage import Arrays, Numbers, StringTable, under, within


class OneEdit:
    """Looks through a table of strings; an edit (of optimal string alignment) leaves one half of a string alone."""

    def __init__(self, strings: StringTable, arrays: Arrays) -> None:
        self._strings = strings
        self.letters = Letters.from_arrays(within(arrays, "letters"))
        self._by_end: Numbers = arrays["by_end"]

    def __call__(self, string: str) -> list[int]:
        """Return the numbers, in order, of the strings that may be one edit away, and of some more."""
        half = max(len(string) - 1, 0) // 2
        starting = self._strings.starting_with(string[:half])
        ending = self._ending_with(string[len(string) - half :])
        by_start = self.letters[starting.start : starting.stop].least_edits(string) <= 1
        by_end = self.letters[ending].least_edits(string) <= 1
        return sorted({*(by_start.nonzero()[0] + starting.start).tolist(), *ending[by_end].tolist()})

    def _ending_with(self, end: str) -> Numbers:
        backwards, cut = end[::-1], len(end)
        first = bisect_left(self._by_end, backwards, key=self._backwards)
        last = bisect_right(self._by_end, backwards, first, key=lambda number: self._backwards(number)[:cut])
        return self._by_end[first:last]

    def _backwards(self, number: int) -> str:
        return self._strings[number][::-1]


def one_edit_arrays(strings: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Return what `OneEdit` of sorted strings is made of, besides their table."""
    by_end = sorted(range(len(strings)), key=lambda number: strings[number][::-1])
    return {"by_end": np.array(by_end, dtype=np.int32), **under("letters", Letters.of(strings).arrays())}
