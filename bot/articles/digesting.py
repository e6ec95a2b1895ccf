"""Digests the files of a corpus, so that what is known of them need not be read again."""

from collections.abc import Iterable

from bot.articles.errors import ArticleError
from bot.articles.files import read_blocks
from bot.articles.units import file_digest
from bot.articles.walk import Found


def digested(files: Iterable[Found]) -> list[Found]:
    """Read files and note their digests, as units have them.

    A file that cannot be read has none, nor has one that is rejected by its name: a film may be large.
    """
    return [Found(file.place, file.name, file.stamp, file.error, _digest(file)) for file in files]


def _digest(file: Found) -> bytes:
    if file.error is not None or not file.may_give_articles:
        return b""
    try:
        return file_digest(file.name, read_blocks(file.place))
    except (ArticleError, OSError):
        return b""
