"""Sequences of numbers and arrays that grow at their end, in memory or in a temporary file."""

import mmap
import tempfile
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

# One code of `array` for each width, the narrowest first.
_WIDTHS = "BHIq"
_HELD = 1 << 18


class IntegerBuilder:
    """Numbers from zero on, kept in as few bytes each as the greatest of them needs."""

    def __init__(self, folder: Path | None = None) -> None:
        """Keep the numbers in a nameless file of a folder, or else in memory."""
        self._folder = folder
        self._file = tempfile.TemporaryFile(dir=folder) if folder else None  # noqa: SIM115 - it lives as long as this
        self._width = 0
        self._held = array(_WIDTHS[0])
        self._written = 0

    def __len__(self) -> int:
        return self._written + len(self._held)

    def append(self, number: int) -> None:
        """Add a number."""
        self.extend((number,))

    def extend(self, numbers: Sequence[int]) -> None:
        """Add numbers; raise OverflowError for one below zero, or beyond 63 bits."""
        if isinstance(numbers, bytes) and not self._width:
            self._held.frombytes(numbers)
        else:
            self._extend(numbers)
        if self._file and len(self._held) >= _HELD:
            self._written += len(self._held)
            self._held.tofile(self._file)
            del self._held[:]

    def array(self) -> NDArray[Any]:
        """Return all numbers as an array, mapped where they are in a file; nothing can be added afterwards."""
        if self._file is None:
            return np.frombuffer(self._held, dtype=self._held.typecode)
        self._held.tofile(self._file)
        self._file.flush()
        size = self._file.tell()
        mapped = mmap.mmap(self._file.fileno(), size, access=mmap.ACCESS_READ) if size else b""
        self._file.close()
        return np.frombuffer(mapped, dtype=self._held.typecode)

    def _extend(self, numbers: Sequence[int]) -> None:
        try:
            self._held.extend(array(_WIDTHS[self._width], numbers))
        except OverflowError:
            if self._width + 1 == len(_WIDTHS) or min(numbers) < 0:
                raise
            self._widen()
            self._extend(numbers)

    def _widen(self) -> None:
        """Write everything anew with twice the bytes for each number."""
        narrow = self._held.typecode
        self._width += 1
        self._held = array(_WIDTHS[self._width], self._held)
        if self._file is None:
            return
        wide = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - it takes the place of the other
        self._file.seek(0)
        while data := self._file.read(_HELD * array(narrow).itemsize):
            array(_WIDTHS[self._width], array(narrow, data)).tofile(wide)
        self._file.close()
        self._file = wide


class ArrayBuilder:
    """Takes arrays of one type, one behind the other."""

    def __init__(self, dtype: type[np.generic], folder: Path | None = None) -> None:
        """Keep them in a nameless file of a folder, or else in memory."""
        self._dtype = np.dtype(dtype)
        self._file = tempfile.TemporaryFile(dir=folder) if folder else None  # noqa: SIM115 - it lives as long as this
        self._held: list[NDArray[Any]] = []

    def append(self, array: NDArray[Any]) -> None:
        """Add an array at the end."""
        array = np.ascontiguousarray(array, dtype=self._dtype)
        if self._file is None:
            self._held.append(array)
        else:
            self._file.write(array.reshape(-1).view(np.uint8).data)

    def array(self) -> NDArray[Any]:
        """Return all of them as one array of one dimension; nothing can be added afterwards."""
        if self._file is None:
            return np.concatenate([np.zeros(0, dtype=self._dtype), *map(np.ravel, self._held)])
        self._file.flush()
        size = self._file.tell()
        mapped = mmap.mmap(self._file.fileno(), size, access=mmap.ACCESS_READ) if size else b""
        self._file.close()
        return np.frombuffer(mapped, dtype=self._dtype)
