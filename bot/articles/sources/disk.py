"""Tells failures of this machine's disk apart from those of a source."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from bot.articles.sources.errors import SourceError

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})


@contextmanager
def disk_errors_told() -> Iterator[None]:
    """Raise SourceError where what was fetched cannot be written."""
    try:
        yield
    except OSError as error:
        raise SourceError("source.disk", words=error.strerror or type(error).__name__) from error
