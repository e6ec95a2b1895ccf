"""Arrays by name, of which every part of an edition is made, and what they are written to."""

from collections.abc import Mapping
from typing import Any, Protocol

from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]
"""Arrays of one part by their names; the parts of parts have a point between the names."""


def add_prefix(name: str, arrays: Arrays) -> dict[str, NDArray[Any]]:
    """Name the arrays of a part within the whole."""
    return {f"{name}.{own}": array for own, array in arrays.items()}


def strip_prefix(arrays: Arrays, name: str) -> dict[str, NDArray[Any]]:
    """Return the arrays of a part, by its own names."""
    start = f"{name}."
    return {whole.removeprefix(start): array for whole, array in arrays.items() if whole.startswith(start)}


class ArrayWriter(Protocol):
    """Keeps arrays, and returns them as they are kept, to go on with."""

    def add(self, arrays: Arrays) -> dict[str, NDArray[Any]]:
        """Keep arrays of names that are new."""
        ...


class MemoryWriter:
    """Keeps arrays in memory."""

    def __init__(self) -> None:
        self.arrays: dict[str, NDArray[Any]] = {}

    def add(self, arrays: Arrays) -> dict[str, NDArray[Any]]:
        """Keep arrays."""
        self.arrays |= arrays
        return dict(arrays)


class PrefixWriter:
    """Keeps the arrays of a part in the sink of the whole."""

    def __init__(self, whole: ArrayWriter, name: str) -> None:
        self._whole = whole
        self._start = f"{name}."

    def add(self, arrays: Arrays) -> dict[str, NDArray[Any]]:
        """Keep arrays by names within the whole, and return them by their own."""
        kept = self._whole.add({self._start + name: array for name, array in arrays.items()})
        return {name.removeprefix(self._start): array for name, array in kept.items()}
