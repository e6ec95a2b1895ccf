"""A corpus read from a directory, an article file or a JSON Lines file, with its progress."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot.articles.article import Article, ArticleError, Rejection, RejectionReason
from bot.articles.characters import decode
from bot.articles.corpus_files import (
    MOST_BYTES,
    MOST_DOCUMENT_BYTES,
    CorpusFile,
    corpus_name,
    file_stamp,
    find_files,
    read_whole,
)
from bot.articles.html import decode_page, read_html
from bot.articles.marks import BoilerplatePhrases
from bot.articles.readers import read_docx, read_json_lines, read_markdown, read_plain_text
from bot.articles.units import NO_KNOWN_UNITS, KnownArticle, KnownUnits, SourceUnit, file_digest, remarked
from bot.articles.validation import id_from_name

ProgressCallback = Callable[[int, int], None]
"""Called with how much is done, and how much there is; 0 where nobody knows."""

_STEP = 256 * 1024

_READERS = {".md": read_markdown, ".txt": read_plain_text, ".html": read_html, ".htm": read_html}
_DECODERS = {".html": decode_page, ".htm": decode_page}
_DOCUMENT = ".docx"


def no_progress(_done: int, _total: int) -> None:
    """Ignore a report of progress."""


@dataclass(slots=True)
class ReadProgress:
    """The bytes read so far, reported every quarter of a megabyte."""

    _total: int
    _report: ProgressCallback
    _done: int = 0
    _reported: int = 0

    def advance(self, count: int) -> None:
        """Count bytes as read."""
        self._done = min(self._done + count, self._total)  # a file may grow meanwhile
        if self._done - self._reported >= _STEP:
            self._reported = self._done
            self._report(self._done, self._total)


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles of a corpus, with distinct ids, and a rejection for each file, line, link or source left out."""

    articles: tuple[Article, ...]
    rejections: tuple[Rejection, ...]


def read_articles(
    path: Path, phrases: BoilerplatePhrases, progress: ProgressCallback | None = None
) -> Iterator[Article | Rejection]:
    """Read every article under a path, one at a time; what cannot be read is a rejection. Progress is in bytes."""
    units = read_units(find_corpus(path), phrases, progress)
    return (unit.outcome for unit in units if not isinstance(unit.outcome, KnownArticle))


def read_units(
    files: Sequence[CorpusFile],
    phrases: BoilerplatePhrases,
    progress: ProgressCallback | None = None,
    known: KnownUnits = NO_KNOWN_UNITS,
) -> Iterator[SourceUnit]:
    """Read the articles of files as `read_articles` does; the units of `known` are not read again."""
    total, progress = size_to_read(files), progress or no_progress
    counter = ReadProgress(total, progress)
    ids = set[str]()
    for file in files:
        for line, digest, outcome in _read(file, phrases, counter, known):
            if isinstance(outcome, ArticleError):
                yield SourceUnit(outcome.as_rejection(file.name))
                # An error keeps what was on the stack, down to an edition that is let go meanwhile.
                del outcome
            elif outcome.id in ids:
                yield SourceUnit(ArticleError(RejectionReason.DUPLICATE_ID, line, outcome.id).as_rejection(file.name))
            else:
                ids.add(outcome.id)
                yield SourceUnit(outcome, digest)
    progress(total, total)  # even if a file was skipped or shrank


def read_corpus(path: Path, phrases: BoilerplatePhrases, progress: ProgressCallback | None = None) -> Corpus:
    """Read every article under a path, as `read_articles` does, and hold them all."""
    found = list(read_articles(path, phrases, progress))
    return Corpus(
        tuple(outcome for outcome in found if isinstance(outcome, Article)),
        tuple(outcome for outcome in found if isinstance(outcome, Rejection)),
    )


def find_corpus(path: Path) -> list[CorpusFile]:
    """List the files of a corpus; a path that cannot be read is a file with an error."""
    try:
        if path.is_dir():
            return find_files(path)
        return [CorpusFile(str(path), corpus_name(path.name), file_stamp(path.stat()))]
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a NUL in the name
        reason = RejectionReason.MISSING
    except OSError:
        reason = RejectionReason.UNREADABLE
    return [CorpusFile(str(path), corpus_name(path.name), error=ArticleError(reason))]


def size_to_read(files: Iterable[CorpusFile]) -> int:
    """Return the bytes of the files that are read."""
    return sum(file.size for file in files if file.may_give_articles)


def _read(
    file: CorpusFile, phrases: BoilerplatePhrases, counter: ReadProgress, known: KnownUnits
) -> Iterator[tuple[int | None, bytes, Article | KnownArticle | ArticleError]]:
    """Yield line number, digest and article or error; the line is None for a file of a single article."""
    try:
        if file.error is not None:
            raise file.error
        if file.suffix == ".jsonl":
            yield from read_json_lines(file.path, phrases, counter.advance, known, file.origin)
        else:
            yield from remarked(None, *_read_article(file, phrases, known))
            counter.advance(file.size)
    except ArticleError as error:
        yield error.line, b"", error


def _read_article(
    file: CorpusFile, phrases: BoilerplatePhrases, known: KnownUnits
) -> tuple[bytes, Article | KnownArticle]:
    if not file.may_give_articles:
        raise ArticleError(RejectionReason.UNKNOWN_FORM, detail=file.path.suffix)
    if file.digest and (article := known.find(file.digest)):
        return file.digest, article
    data = read_whole(file.path, most_bytes(file.name))
    digest = file_digest(file.name, (data,), file.origin.salt)
    if data and (article := known.find(digest)):
        return digest, article
    return digest, file.origin.with_outlet(read_article(file.name, data, phrases))


def most_bytes(name: str) -> int:
    """Return how large the file of an article may be, by the end of its name."""
    return MOST_DOCUMENT_BYTES if PurePosixPath(name).suffix.lower() == _DOCUMENT else MOST_BYTES


def read_article(name: str, data: bytes, phrases: BoilerplatePhrases) -> Article:
    """Read the article of a file by the end of its name, or raise ArticleError."""
    if not data:
        raise ArticleError(RejectionReason.EMPTY)
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == _DOCUMENT:
        return read_docx(id_from_name(name), data, phrases)
    if (reader := _READERS.get(suffix)) is None:
        raise ArticleError(RejectionReason.UNKNOWN_FORM, detail=suffix)
    return reader(id_from_name(name), _DECODERS.get(suffix, decode)(data), phrases)
