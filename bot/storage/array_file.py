"""One file of named arrays: written part by part, there whole or not at all, checked when it is opened, and mapped.

Behind a mark come the arrays, each at a multiple of 64 bytes, then JSON that says what there is and where, and the
place and the check sum of that. The file holds numbers and text only: a strange one can be wrong, but cannot run.
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
from bot.storage.unfinished_files import open_locked

_ALIGNED = 64
_MARK = b"ISNAD ARRAYS 1".ljust(_ALIGNED, b"\n")
_CHUNK = 1 << 20
# Where the list of contents starts, how long it is, and its check sum.
_END = struct.Struct(">QQI")


class DamagedFileError(Exception):
    """A file of arrays is not what was written: cut short, changed, or of another kind."""


class ArrayFile:
    """Writes a file of arrays, as a context manager; the file is there as soon as it is finished, and only then.

    Everything raises OSError where there is no room.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._partial = file.with_name(f"{file.name}.{secrets.token_hex(8)}.part")
        self._stream: BinaryIO = open_locked(self._partial)
        self._places: dict[str, dict[str, Any]] = {}
        self._check = 0
        self._write(_MARK)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._stream.close()
        finally:
            self._partial.unlink(missing_ok=True)

    def add(self, arrays: Arrays) -> dict[str, NDArray[Any]]:
        """Write arrays, and return them mapped: the memory of those given is needed no more."""
        places = {name: self._add(array) for name, array in arrays.items()}
        self._places |= places
        self._stream.flush()
        mapped = mmap.mmap(self._stream.fileno(), 0, access=mmap.ACCESS_READ)
        return {name: _array(mapped, place) for name, place in places.items()}

    def finish(self, facts: dict[str, Any]) -> None:
        """Write facts that JSON can hold, and let the file be there."""
        start = self._stream.tell()
        contents = {"arrays": self._places, "facts": facts, "check": self._check}
        line = json.dumps(contents, ensure_ascii=False).encode("utf-8", "surrogatepass")
        self._stream.write(line + _END.pack(start, len(line), zlib.crc32(line)))
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._partial.replace(self._file)

    def _add(self, array: NDArray[Any]) -> dict[str, Any]:
        place = {"dtype": array.dtype.str, "shape": list(array.shape), "offset": self._stream.tell()}
        flat = memoryview(np.ascontiguousarray(array).reshape(-1).view(np.uint8))
        for at in range(0, len(flat), _CHUNK):
            self._write(flat[at : at + _CHUNK])
        self._write(bytes(-array.nbytes % _ALIGNED))
        return place

    def _write(self, data: bytes | memoryview) -> None:
        self._stream.write(data)
        self._check = zlib.crc32(data, self._check)


def map_arrays(file: Path) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Return the arrays, which take memory only where they are looked at, and the facts.

    Raise DamagedFileError where anything was changed since the file was written, and OSError.
    """
    with file.open("rb") as stream:
        try:
            contents = _read_contents(stream)
        except (ValueError, KeyError, TypeError, struct.error) as error:
            raise DamagedFileError(f"{file}: {error}") from error
        mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    return {name: _array(mapped, place) for name, place in contents["arrays"].items()}, contents["facts"]


def release_memory(arrays: Arrays) -> None:
    """Give the memory of mapped arrays back to the system; whoever looks at one again finds it as it was."""
    for mapped in {id(found): found for found in map(_mapping, arrays.values()) if found is not None}.values():
        # Where there is no such call, the system takes the memory when it needs it.
        if hasattr(mapped, "madvise"):
            mapped.madvise(mmap.MADV_DONTNEED)


def _mapping(array: NDArray[Any]) -> mmap.mmap | None:
    """Return what an array is mapped from, None where it is in memory."""
    base: object = array
    while isinstance(base, np.ndarray | memoryview):
        base = base.base if isinstance(base, np.ndarray) else base.obj
    return base if isinstance(base, mmap.mmap) else None


def _read_contents(stream: BinaryIO) -> dict[str, Any]:
    """Read everything once without mapping it, so that checking takes no memory; return the list of contents."""
    size = os.fstat(stream.fileno()).st_size
    if size < len(_MARK) + _END.size or stream.read(len(_MARK)) != _MARK:
        raise ValueError("not a file of arrays")
    stream.seek(size - _END.size)
    start, length, check = _END.unpack(stream.read())
    if not len(_MARK) <= start == size - _END.size - length:
        raise ValueError("cut short")
    stream.seek(start)
    line = stream.read(length)
    if zlib.crc32(line) != check:
        raise ValueError("the list of contents was changed")
    contents: dict[str, Any] = json.loads(line)
    stream.seek(0)
    if _check(stream, start) != contents["check"]:
        raise ValueError("the arrays were changed")
    return contents


def _check(stream: BinaryIO, size: int) -> int:
    check = 0
    while size:
        data = stream.read(min(size, _CHUNK))
        check, size = zlib.crc32(data, check), size - len(data)
    return check


def _array(mapped: mmap.mmap, place: dict[str, Any]) -> NDArray[Any]:
    shape, dtype = place["shape"], np.dtype(place["dtype"])
    count = int(np.prod(shape, dtype=np.int64))
    return np.frombuffer(mapped, dtype, count, place["offset"]).reshape(shape) if count else np.zeros(shape, dtype)
