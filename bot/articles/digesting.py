"""Digests the files of a corpus, so that what is known of them need not be read again."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from bot.articles.errors import ArticleError
from bot.articles.files import open_regular
from bot.articles.units import file_digest
from bot.articles.walk import Found

_BLOCK = 1 << 20  # bytes


def digested(files: Iterable[Found]) -> list[Found]:
    """Read files and note their digests, as units have them; a file that cannot be read has none."""
    return [replace(file, digest=_digest(file)) for file in files]


def _digest(file: Found) -> bytes:
    if file.error is not None:
        return b""
    try:
        with open_regular(file.path) as stream:
            return file_digest(file.name, iter(partial(stream.read, _BLOCK), b""))
    except (ArticleError, OSError):
        return b""
