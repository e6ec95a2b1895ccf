"""An array that grows at its end: in memory, or in a file that is gone when nobody needs it any more."""

import mmap
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


class ArraySpool:
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
