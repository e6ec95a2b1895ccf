"""Opens files without hanging on pipes and without reading more than was asked for."""

import os
import stat
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path

from bot.articles.article import RejectionReason
from bot.articles.errors import ArticleError

MOST_BYTES = 4 * 1024 * 1024  # one article; the longest newspaper features stay under a tenth of it
_BLOCK = 1 << 16

# Without O_NONBLOCK, opening a named pipe waits for somebody to write to it; Windows has neither, but needs O_BINARY.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def open_regular(path: Path) -> BufferedReader:
    """Open a regular file for reading, or raise ArticleError."""
    return os.fdopen(_open(path), "rb")


def read_blocks(path: str | Path) -> Iterator[bytes]:
    """Read a regular file in pieces; raise ArticleError, and OSError where reading fails."""
    descriptor = _open(path)
    try:
        while block := os.read(descriptor, _BLOCK):
            yield block
    finally:
        os.close(descriptor)


def read_whole(path: Path, most_bytes: int = MOST_BYTES) -> bytes:
    """Read an article file of bearable size, or raise ArticleError."""
    with open_regular(path) as stream:
        size = os.fstat(stream.fileno()).st_size
        if size > most_bytes:
            raise ArticleError(RejectionReason.TOO_LARGE, detail=megabytes(size))
        try:
            data = stream.read(most_bytes + 1)
        except OSError as error:
            raise ArticleError(RejectionReason.UNREADABLE) from error
    if len(data) > most_bytes:
        raise ArticleError(RejectionReason.TOO_LARGE, detail=megabytes(len(data)))
    return data


def _open(path: str | Path) -> int:
    try:
        descriptor = os.open(path, _FLAGS)
    except FileNotFoundError as error:
        raise ArticleError(RejectionReason.MISSING) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise ArticleError(RejectionReason.UNREADABLE) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ArticleError(RejectionReason.UNREADABLE)
    return descriptor


def megabytes(size: int) -> str:
    """Show a number of bytes as megabytes."""
    return f"{size / 1024 / 1024:.1f} MB"
