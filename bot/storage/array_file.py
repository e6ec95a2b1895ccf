"""A file of named arrays: written part by part and published atomically, checked when opened, and memory-mapped.

Behind a magic number come the arrays, each aligned to 64 bytes, then a JSON table of contents, and its offset, length
and check sum. The file holds numbers and text only: a forged one can be wrong, but runs no code.
"""

import json
import mmap
import os
import secrets
import struct
import zlib
from pathlib import Path
from typing import Any, BinaryIO, Self

import numpy as np
from numpy.typing import NDArray

from bot.storage.arrays import Arrays
from bot.storage.unfinished_files import open_locked, publish

_ALIGNMENT = 64
_MAGIC = b"ISNAD ARRAYS 1".ljust(_ALIGNMENT, b"\n")
_CHUNK = 1 << 20
# Offset, length and check sum of the table of contents.
_END = struct.Struct(">QQI")


class DamagedFileError(Exception):
    """A file of arrays is not as it was written: truncated, changed, or of another kind."""


class ArrayFile:
    """Writes a file of arrays, as a context manager; the file appears when it is finished, and not before.

    Every method raises OSError where the disk is full.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._partial = file.with_name(f"{file.name}.{secrets.token_hex(8)}.part")
        self._stream: BinaryIO = open_locked(self._partial)
        self._contents: dict[str, dict[str, Any]] = {}
        self._check = 0
        self._write(_MAGIC)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._stream.close()
        finally:
            self._partial.unlink(missing_ok=True)

    def add(self, arrays: Arrays) -> dict[str, NDArray[Any]]:
        """Write arrays, and return them mapped, so that the memory of the originals can be freed."""
        entries = {name: self._add(array) for name, array in arrays.items()}
        self._contents |= entries
        self._stream.flush()
        return _arrays(self._stream, entries)

    def finish(self, facts: dict[str, Any]) -> None:
        """Write facts that JSON can hold, and publish the file."""
        start = self._stream.tell()
        contents = {"arrays": self._contents, "facts": facts, "check": self._check}
        line = json.dumps(contents, ensure_ascii=False).encode("utf-8", "surrogatepass")
        self._stream.write(line + _END.pack(start, len(line), zlib.crc32(line)))
        publish(self._stream, self._partial, self._file)

    def _add(self, array: NDArray[Any]) -> dict[str, Any]:
        entry = {"dtype": array.dtype.str, "shape": list(array.shape), "offset": self._stream.tell()}
        flat = memoryview(np.ascontiguousarray(array).reshape(-1).view(np.uint8))
        for at in range(0, len(flat), _CHUNK):
            self._write(flat[at : at + _CHUNK])
            # One that is mapped would be in memory as a whole.
            release_memory({"": array})
        self._write(bytes(-array.nbytes % _ALIGNMENT))
        return entry

    def _write(self, data: bytes | memoryview) -> None:
        self._stream.write(data)
        self._check = zlib.crc32(data, self._check)


def map_arrays(file: Path) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Return the arrays, mapped, so that they take memory only where they are read, and the facts.

    Raise DamagedFileError where a byte was changed since the file was written, and OSError.
    """
    with file.open("rb") as stream:
        try:
            contents = _read_contents(stream)
        except (ValueError, KeyError, TypeError, struct.error) as error:
            raise DamagedFileError(f"{file}: {error}") from error
        return _arrays(stream, contents["arrays"]), contents["facts"]


def release_memory(arrays: Arrays) -> None:
    """Release the memory of mapped arrays to the system; reading them again loads them from the file."""
    for array in arrays.values():
        base: object = array
        while isinstance(base, np.ndarray | memoryview):
            base = base.base if isinstance(base, np.ndarray) else base.obj
        # Where there is no such call, the system takes the memory when it needs it.
        if isinstance(base, mmap.mmap) and hasattr(base, "madvise"):
            first = array.ctypes.data - np.frombuffer(base, np.uint8).ctypes.data
            start = first - first % mmap.PAGESIZE
            base.madvise(mmap.MADV_DONTNEED, start, first + array.nbytes - start)


def _read_contents(stream: BinaryIO) -> dict[str, Any]:
    """Check the whole file without mapping it, which would take memory; return the table of contents."""
    size = os.fstat(stream.fileno()).st_size
    if size < len(_MAGIC) + _END.size or stream.read(len(_MAGIC)) != _MAGIC:
        raise ValueError("not a file of arrays")
    stream.seek(size - _END.size)
    start, length, check = _END.unpack(stream.read())
    if not len(_MAGIC) <= start == size - _END.size - length:
        raise ValueError("cut short")
    stream.seek(start)
    line = stream.read(length)
    if zlib.crc32(line) != check:
        raise ValueError("the list of contents was changed")
    contents: dict[str, Any] = json.loads(line)
    stream.seek(0)
    check, left = 0, start
    while left:
        data = stream.read(min(left, _CHUNK))
        check, left = zlib.crc32(data, check), left - len(data)
    if check != contents["check"]:
        raise ValueError("the arrays were changed")
    return contents


def _arrays(stream: BinaryIO, entries: dict[str, dict[str, Any]]) -> dict[str, NDArray[Any]]:
    mapped, arrays = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ), dict[str, NDArray[Any]]()
    for name, entry in entries.items():
        shape, dtype = entry["shape"], np.dtype(entry["dtype"])
        count = int(np.prod(shape, dtype=np.int64))
        kept = np.frombuffer(mapped, dtype, count, entry["offset"]) if count else np.zeros(0, dtype)
        arrays[name] = kept.reshape(shape)
    return arrays
