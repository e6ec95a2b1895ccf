"""Tells failures of this machine's disk apart from those of a source."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.articles.sources.errors import SourceError
from bot.articles.sources.names import shown

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


@contextmanager
def disk_errors_told(folder: Path) -> Iterator[None]:
    """Raise SourceError where what was fetched cannot be written to a folder."""
    try:
        yield
    except OSError as error:
        raise _told(error, Path(shown(str(folder)))) from error


def _told(error: OSError, folder: Path) -> SourceError:
    """Name what the system says, which it says in English, in a sentence of ours."""
    if error.errno in _FULL:
        return SourceError("source.disk_full")
    if error.errno in _FORBIDDEN:
        return SourceError("source.disk_forbidden", folder=folder)
    return SourceError("source.disk", folder=folder, words=error_code(error))


def error_code(error: OSError) -> str:
    """Name an error by its code, which is of no language."""
    return errno.errorcode.get(error.errno or 0, type(error).__name__)
