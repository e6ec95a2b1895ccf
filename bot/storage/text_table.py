"""Many strings in two arrays: a tenth of the memory of as many Python objects, and nothing to rebuild."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.storage.arrays import Arrays
from bot.storage.ragged import ends
from bot.storage.spool import Spool


class TextTable:
    """Strings by number; their bytes stand one behind the other."""

    def __init__(self, characters: NDArray[np.uint8], starts: NDArray[np.int64]) -> None:
        self._characters = characters
        self._view = memoryview(characters)
        self._starts = starts

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "TextTable":
        """Take a table out of its arrays."""
        return cls(arrays["characters"], arrays["starts"])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what the table is made of."""
        return {"characters": self._characters, "starts": self._starts}

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, number: int) -> str:
        return str(self._view[self._starts[number] : self._starts[number + 1]], "utf-8", "surrogatepass")


class TextSpool:
    """A table that grows."""

    def __init__(self, folder: Path | None = None) -> None:
        self._characters = Spool(folder)
        self._lengths = Spool(folder)

    def append(self, text: str) -> None:
        """Add a string."""
        encoded = encode(text)
        self._characters.extend(encoded)
        self._lengths.append(len(encoded))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what the table is made of; nothing can be added afterwards."""
        return {"characters": self._characters.array(), "starts": ends(self._lengths.array())}


def encode(string: str) -> bytes:
    """Return the bytes of a string; the order of bytes is that of code points."""
    return string.encode("utf-8", "surrogatepass")
