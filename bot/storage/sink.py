"""Where the arrays of an edition go as they are made."""

from typing import Any, Protocol

from numpy.typing import NDArray

from bot.storage.arrays import Arrays


class Sink(Protocol):
    """Keeps arrays, and returns them as they are kept, to go on with."""

    def add(self, arrays: Arrays) -> dict[str, NDArray[Any]]:
        """Keep arrays of names that are new."""
        ...


class MemorySink:
    """Keeps arrays in memory."""

    def __init__(self) -> None:
        self.arrays: dict[str, NDArray[Any]] = {}

    def add(self, arrays: Arrays) -> dict[str, NDArray[Any]]:
        """Keep arrays."""
        self.arrays |= arrays
        return dict(arrays)


class PartSink:
    """Keeps the arrays of a part in the sink of the whole."""

    def __init__(self, whole: Sink, name: str) -> None:
        self._whole = whole
        self._start = f"{name}."

    def add(self, arrays: Arrays) -> dict[str, NDArray[Any]]:
        """Keep arrays by names within the whole, and return them by their own."""
        kept = self._whole.add({self._start + name: array for name, array in arrays.items()})
        return {name.removeprefix(self._start): array for name, array in kept.items()}
