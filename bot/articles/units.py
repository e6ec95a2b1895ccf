"""Source units: files, or lines of one, by content hash, so that unchanged ones are not read again."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.articles.article import Article, ArticleError, Rejection
from bot.articles.corpus_files import CorpusFile, read_chunks
from bot.storage import IntegerBuilder, TextTable

DIGEST_BYTES = 16  # nobody finds two units of one digest


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """An article that an earlier edition has, by its number there."""

    number: int
    id: str


@dataclass(frozen=True, slots=True)
class SourceUnit:
    """A file or line with its article or rejection, and its digest; a rejection has none, and is read every time."""

    outcome: Article | KnownArticle | Rejection
    digest: bytes = b""


class KnownUnits:
    """The units that the articles of an earlier edition were read from.

    Each is found once, and only behind the one found before, so that known articles keep their order.
    """

    def __init__(self, digests: NDArray[np.uint8], ids: TextTable) -> None:
        """Take the digests of the units, as `DigestBuilder` made them, and the ids of the articles."""
        self._numbers = {row.tobytes(): number for number, row in enumerate(digests)}
        self._ids = ids
        self._last = -1

    def find(self, digest: bytes) -> KnownArticle | None:
        """Return the article that was read from a unit."""
        number = self._numbers.get(digest, -1)
        if number <= self._last:
            return None
        self._last = number
        return KnownArticle(number, self._ids[number])


NO_KNOWN_UNITS = KnownUnits(
    np.zeros((0, DIGEST_BYTES), dtype=np.uint8), TextTable(np.zeros(0, np.uint8), np.zeros(1, np.int64))
)


class DigestBuilder:
    """Takes the digests of articles' units in order."""

    def __init__(self, folder: Path | None = None) -> None:
        """Keep them in a file of a folder, or else in memory."""
        self._digests = IntegerBuilder(folder)

    def append(self, digest: bytes) -> None:
        """Add a digest."""
        self._digests.extend(digest)

    def array(self) -> NDArray[np.uint8]:
        """Return all digests, a row each; nothing can be added afterwards."""
        return self._digests.array().reshape(-1, DIGEST_BYTES)


def line_digest(line: bytes, salt: bytes = b"") -> bytes:
    """Return the digest of a line and the salt of its origin, all that its article depends on."""
    return blake2b(line, digest_size=DIGEST_BYTES, person=b"line", salt=salt).digest()


def file_digest(name: str, data: Iterable[bytes], salt: bytes = b"") -> bytes:
    """Return the digest of a file of one article with its name, which gives the article its id, and its origin."""
    start = name.encode("utf-8", "surrogatepass") + b"\0"
    digest = blake2b(start, digest_size=DIGEST_BYTES, person=b"file", salt=salt)
    for part in data:
        digest.update(part)
    return digest.digest()


def remarked(
    line: int | None, digest: bytes, article: Article | KnownArticle
) -> Iterator[tuple[int | None, bytes, Article | KnownArticle | ArticleError]]:
    """Yield the remarks on an article, and the article, with the line and digest of its unit.

    An article with remarks goes under a digest that no unit has, so that it is read and remarked on at each reload.
    """
    remarks = article.remarks if isinstance(article, Article) else ()
    for remark in remarks:
        remark.line = remark.line or line
        yield remark.line, digest, remark
    yield line, line_digest(digest) if remarks else digest, article


def with_digests(files: Iterable[CorpusFile]) -> list[CorpusFile]:
    """Read files and return them with their digests.

    A file that cannot be read has none, nor has a file that is rejected by its suffix: a film may be large.
    """
    read = list[CorpusFile]()
    for file in files:
        digest = b""
        if file.error is None and file.may_give_articles:
            with suppress(ArticleError, OSError):
                digest = file_digest(file.name, read_chunks(file.location), file.origin.salt)
        read.append(CorpusFile(file.location, file.name, file.stamp, file.error, digest, file.origin))
    return read
