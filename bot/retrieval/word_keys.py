"""Words by the strings that stand for them: their spellings, their stems."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.storage import Arrays, Numbers, Ragged, StringTable, under, within


class WordKeys:
    """Words, by number, under one or more keys each."""

    def __init__(self, arrays: Arrays) -> None:
        self.strings = StringTable.from_arrays(within(arrays, "strings"))
        self._words = Ragged.from_arrays(within(arrays, "words"))

    def under(self, key: str) -> Numbers:
        """Return the words under a key."""
        number = self.strings.find(key)
        return self._words[number] if number is not None else self._words.values[:0]

    def under_start(self, start: str) -> Numbers:
        """Return the words under all keys that begin with a string."""
        keys = self.strings.starting_with(start)
        return self._words.values[self._words.starts[keys.start] : self._words.starts[keys.stop]]

    def under_keys(self, keys: NDArray[np.integer]) -> tuple[Numbers, NDArray[np.intp]]:
        """Return the words under keys by number, and for each word the place of its key in `keys`."""
        return self._words.gather(keys)


def key_arrays(*columns: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Put words under keys, column after column a key for every word; return what their `WordKeys` are made of."""
    strings = sorted({key for column in columns for key in column})
    numbers = {key: number for number, key in enumerate(strings)}
    rows = list(zip(*columns, strict=True))
    keys = Ragged.of(
        [[numbers[key] for key in dict.fromkeys(row)] for row in rows], np.arange(len(strings), dtype=np.int32)
    )
    return {
        **under("strings", StringTable.of(strings).arrays()),
        **under("words", keys.inverted(len(strings)).arrays()),
    }
