"""Atomic writes, and locks on unfinished files, which show whether the process that wrote a file still lives.

A lock is a shared `flock` on an open file. The system releases it when its process ends, however that ends, and it
means the same in all containers on one machine, where process ids do not. Over NFS, Linux passes it on to the server,
so that it counts on all machines, unless the mount says `nolock` or `local_lock=flock`: then it counts on one. Where
there are no such locks, a file that nobody has written to for a day is taken for abandoned.
"""

import errno
import os
import secrets
import time
from collections.abc import Iterable, Iterator
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
_DRAFT = ".part"


def atomic_write(file: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file, given at once or in parts, as a whole or not at all, also where the machine loses power.

    Raise OSError, and what making the parts raises.

    The draft beside it is hidden, so that no reader of a corpus takes it for an article.
    """
    draft = file.with_name(f".{secrets.token_hex(8)}{_DRAFT}")
    with open_locked(draft) as stream:
        try:
            stream.writelines((data,) if isinstance(data, bytes) else data)
            publish(stream, draft, file)
        finally:
            draft.unlink(missing_ok=True)


def publish(stream: BinaryIO, draft: Path, file: Path) -> None:
    """Give the file that a stream has written to its name, after its content and before its name is on the disk."""
    stream.flush()
    os.fsync(stream.fileno())
    if _locks is None:  # Windows renames no open file
        stream.close()
    draft.replace(file)
    # The file is there whatever comes of this; Windows opens no folders, and some file systems sync none.
    with suppress(OSError):
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def open_locked(file: Path) -> BinaryIO:
    """Create or empty a file, and lock it until it is closed; raise OSError, as where its folder is gone."""
    while True:
        stream = file.open("w+b")
        # Another process that took it for abandoned, before it was locked, is about to remove it or has done so.
        with suppress(FileNotFoundError):
            is_here = _lock(stream, exclusive=False) is not False
            if is_here and os.path.samestat(os.fstat(stream.fileno()), file.stat()):
                return stream
        stream.close()
        time.sleep(_PAUSE)


@contextmanager
def lock_if_abandoned(file: Path) -> Iterator[bool]:
    """Yield whether no process has a file locked, created where it is missing; in this context none can lock it."""
    try:
        stream = file.open("a+b")
    except OSError:
        yield False
        return
    with stream:
        locked = _lock(stream, exclusive=True)
        age = time.time() - os.fstat(stream.fileno()).st_mtime
        yield not 0 <= age < _LONGEST_WORK if locked is None else locked


def remove_abandoned(folder: Path) -> None:
    """Remove the drafts of atomic writes that killed processes left in a folder."""
    with suppress(OSError):
        for draft in folder.glob(f".*{_DRAFT}"):
            with lock_if_abandoned(draft) as is_left:
                if is_left:
                    draft.unlink(missing_ok=True)


@contextmanager
def alone_with(file: Path) -> Iterator[bool]:
    """Lock a file, created where it is missing; yield whether nobody else has it locked. Raise OSError."""
    with file.open("a+b") as stream:
        yield _lock(stream, exclusive=True) is not False


def _lock(stream: BinaryIO, *, exclusive: bool) -> bool | None:
    """Lock an open file without waiting; return whether that worked, None where there are no locks."""
    if _locks is None:
        return None
    try:
        _locks.flock(stream, (_locks.LOCK_EX if exclusive else _locks.LOCK_SH) | _locks.LOCK_NB)
    except OSError as error:
        # NFS may say EACCES for a lock that somebody has; other errors say that there are no locks.
        return False if isinstance(error, BlockingIOError) or error.errno == errno.EACCES else None
    return True


def hard_link(file: Path, place: Path) -> bool:
    """Give a file a second name, in place of another file; return whether it was there, and the file system can."""
    new = place.with_name(f"{place.name}.new")
    with suppress(OSError):
        new.unlink(missing_ok=True)
        os.link(file, new)
        new.replace(place)
        return True
    return False
