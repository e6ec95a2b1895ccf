"""Named arrays, the form in which every part of an edition is stored, and writers for them."""

from collections.abc import Mapping
from typing import Any, Protocol

from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]
"""Arrays by name; those of nested parts have dotted names, such as "index.stems.idf"."""


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
