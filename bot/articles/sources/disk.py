"""Tells failures of this machine's disk apart from those of a source."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from bot.articles.sources.errors import SourceError

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


@contextmanager
def disk_errors_told() -> Iterator[None]:
    """Raise SourceError where what was fetched cannot be written."""
    try:
        yield
    except OSError as error:
        raise _told(error) from error


def _told(error: OSError) -> SourceError:
    """Name what the system says, which it says in English, in a sentence of ours."""
    if error.errno in _FULL:
        return SourceError("source.disk_full")
    if error.errno in _FORBIDDEN:
        return SourceError("source.disk_forbidden")
    return SourceError("source.disk", words=error_code(error))


def error_code(error: OSError) -> str:
    """Name an error by its code, which is of no language."""
    return errno.errorcode.get(error.errno or 0, type(error).__name__)
