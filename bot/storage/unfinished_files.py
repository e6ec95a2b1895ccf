"""Holds on files, which tell others for as long as a process lives that it writes or reads there.

A hold is a shared `flock` on an open file. The system lets go of it when its process ends, however that ends, and it
means the same in all containers on one machine, where numbers of processes do not. Over NFS, Linux passes it on to the
server, so that it counts on all machines, unless the mount says `nolock` or `local_lock=flock`: then it counts on one.
Where there are no such locks, what nobody has written to for a day is taken for left over.
"""

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

_locks: ModuleType | None = None
with suppress(ImportError):  # Windows has none
    import fcntl

    _locks = fcntl

_LONGEST_WORK = 24 * 3600.0  # seconds; neither a fetch nor a build takes nearly as long
_PAUSE = 0.001


def open_locked(file: Path) -> BinaryIO:
    """Make a file, or empty it, and hold it until it is closed; raise OSError, as where its folder is gone."""
    while True:
        stream = file.open("w+b")
        # Somebody who took it for left over, before it was held, is about to remove it or has done so.
        if _lock(stream, exclusive=False) is not False and _is_at(stream, file):
            return stream
        stream.close()
        time.sleep(_PAUSE)


@contextmanager
def lock_if_abandoned(file: Path) -> Iterator[bool]:
    """Tell whether nobody holds a file, which is made where it is missing; while this lasts, nobody can."""
    try:
        stream = file.open("a+b")
    except OSError:
        yield False
        return
    with stream:
        locked = _lock(stream, exclusive=True)
        yield _is_old(stream) if locked is None else locked


def _lock(stream: BinaryIO, *, exclusive: bool) -> bool | None:
    """Lock an open file without waiting; tell whether that worked, None where there are no locks."""
    if _locks is None:
        return None
    try:
        _locks.flock(stream, (_locks.LOCK_EX if exclusive else _locks.LOCK_SH) | _locks.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno == errno.EACCES:  # as NFS may say it
            return False
        return None
    return True


def _is_at(stream: BinaryIO, file: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(stream.fileno()), file.stat())
    except FileNotFoundError:
        return False


def _is_old(stream: BinaryIO) -> bool:
    return not 0 <= time.time() - os.fstat(stream.fileno()).st_mtime < _LONGEST_WORK
