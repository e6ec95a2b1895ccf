"""Builders of arrays and tables of strings that grow at their end, in memory or in a temporary file."""

import mmap
import tempfile
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from bot.storage.arrays import Arrays, offsets
from bot.storage.strings import encode

# One code of `array` for each width, the narrowest first.
_WIDTHS = "BHIq"
_MOST_PENDING = 1 << 18


class IntegerBuilder:
    """Builds an array of numbers from zero on, in the narrowest type that the greatest of them needs."""

    def __init__(self, folder: Path | None = None) -> None:
        """Keep the numbers in an unnamed temporary file of a folder, or else in memory."""
        self._folder = folder
        self._file = tempfile.TemporaryFile(dir=folder) if folder else None  # noqa: SIM115 - it lives as long as this
        self._width = 0
        self._pending = array(_WIDTHS[0])

    def append(self, number: int) -> None:
        """Append a number; raise OverflowError for one below zero or beyond 63 bits."""
        try:
            self._pending.append(number)
        except OverflowError:
            self._extend((number,))
        self._flush()

    def extend(self, numbers: Sequence[int] | NDArray[np.integer]) -> None:
        """Append numbers; raise OverflowError for a number below zero or beyond 63 bits."""
        if isinstance(numbers, bytes) and not self._width:
            self._pending.frombytes(numbers)
        elif isinstance(numbers, np.ndarray):
            while numbers.max(initial=0) > np.iinfo(self._pending.typecode).max:
                self._widen()
            self._pending.frombytes(numbers.astype(self._pending.typecode).tobytes())
        else:
            self._extend(numbers)
        self._flush()

    def _flush(self) -> None:
        if self._file and len(self._pending) >= _MOST_PENDING:
            self._pending.tofile(self._file)
            del self._pending[:]

    def array(self) -> NDArray[Any]:
        """Return all numbers, (n,), mapped where they are in a file; nothing can be appended afterwards."""
        if self._file is None:
            return np.frombuffer(self._pending, dtype=self._pending.typecode)
        self._pending.tofile(self._file)
        return _mapped(self._file, np.dtype(self._pending.typecode))

    def _extend(self, numbers: Sequence[int]) -> None:
        try:
            self._pending.extend(array(_WIDTHS[self._width], numbers))
        except OverflowError:
            if self._width + 1 == len(_WIDTHS) or min(numbers) < 0:
                raise
            self._widen()
            self._extend(numbers)

    def _widen(self) -> None:
        """Rewrite all numbers with twice the bytes each."""
        narrow = self._pending.typecode
        self._width += 1
        self._pending = array(_WIDTHS[self._width], self._pending)
        if self._file is None:
            return
        wide = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - it takes the place of the other
        self._file.seek(0)
        while data := self._file.read(_MOST_PENDING * array(narrow).itemsize):
            array(_WIDTHS[self._width], array(narrow, data)).tofile(wide)
        self._file.close()
        self._file = wide


class ArrayBuilder:
    """Builds an array by concatenating arrays of one type."""

    def __init__(self, dtype: type[np.generic], folder: Path | None = None) -> None:
        """Keep the arrays in an unnamed temporary file of a folder, or else in memory."""
        self._dtype = np.dtype(dtype)
        self._file = tempfile.TemporaryFile(dir=folder) if folder else None  # noqa: SIM115 - it lives as long as this
        self._pending: list[NDArray[Any]] = []

    def append(self, array: NDArray[Any]) -> None:
        """Append an array, flattened."""
        array = np.ascontiguousarray(array, dtype=self._dtype)
        if self._file is None:
            self._pending.append(array)
        else:
            self._file.write(array.reshape(-1).view(np.uint8).data)

    def array(self) -> NDArray[Any]:
        """Return the concatenation, (n,), mapped where it is in a file; nothing can be appended afterwards."""
        if self._file is None:
            return np.concatenate([np.zeros(0, dtype=self._dtype), *map(np.ravel, self._pending)])
        return _mapped(self._file, self._dtype)


class TextTableBuilder:
    """Builds a `TextTable` string by string."""

    def __init__(self, folder: Path | None = None) -> None:
        self._characters = IntegerBuilder(folder)
        self._lengths = IntegerBuilder(folder)

    def append(self, text: str) -> None:
        """Append a string."""
        encoded = encode(text)
        self._characters.extend(encoded)
        self._lengths.append(len(encoded))

    def extend(self, table: Arrays, first: int, last: int) -> None:
        """Append the strings of another table from `first` up to `last`, given its arrays."""
        starts = table["starts"][first : last + 1]
        self._characters.extend(table["characters"][starts[0] : starts[-1]])
        self._lengths.extend(np.diff(starts))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of the table; nothing can be appended afterwards."""
        return {"characters": self._characters.array(), "starts": offsets(self._lengths.array())}


def _mapped(file: IO[bytes], dtype: np.dtype[Any]) -> NDArray[Any]:
    """Map the array that was written to a file, and close the file."""
    file.flush()
    size = file.tell()
    mapped = mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ) if size else b""
    file.close()
    return np.frombuffer(mapped, dtype=dtype)
