"""The files of a corpus, found and opened safely: no pipes, no links out, nothing larger than asked for."""

import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path

from bot.articles.article import ArticleError, RejectionReason
from bot.articles.characters import one_line
from bot.articles.origins import NO_ORIGIN, Origin, Origins

PAGE_FOLDER_SUFFIX = "_files"
"""What the folders of pictures and frames end with that browsers save beside pages."""
_PAGE_SUFFIXES = frozenset({".html", ".htm"})
ARTICLE_SUFFIXES = frozenset({".md", ".txt", ".docx", ".jsonl"}) | _PAGE_SUFFIXES

# Files that stand beside articles and are none: they are passed over without a rejection.
_COMPANION_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".ico"})
_COMPANION_STEMS = frozenset({"readme", "license", "licence", "copying", "notice", "changelog", "contributing"})
GOLDEN_FILES = ("questions.yaml", "questions.yml")

MOST_BYTES = 4 * 1024 * 1024  # one article; the longest newspaper features stay under a tenth of it
MOST_DOCUMENT_BYTES = 4 * MOST_BYTES
"""Of a Word document, which has its pictures in it, and of whose text a tenth is left."""
_BLOCK = 1 << 16

# Without O_NONBLOCK, opening a named pipe waits for somebody to write to it; Windows has neither, but needs O_BINARY.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file by its path on disk and its name in the corpus, or the reason why it cannot be read.

    `stamp` is (size, mtime_ns, ctime_ns, inode), which change with every write; `digest` is that of its name, origin
    and content, empty until it was read.
    """

    location: str
    name: str
    stamp: tuple[int, int, int, int] = (0, 0, 0, 0)
    error: ArticleError | None = None
    digest: bytes = b""
    origin: Origin = NO_ORIGIN

    @property
    def path(self) -> Path:
        """The place as a path, made only where it is needed, since that takes long."""
        return Path(self.location)

    @property
    def size(self) -> int:
        """The size in bytes."""
        return self.stamp[0]

    @property
    def suffix(self) -> str:
        """The end of the name from its last point on, in small letters."""
        # A path takes ten times as long, and there may be ten thousand.
        _, point, end = self.name.rpartition(".")
        return point + end.lower()

    @property
    def may_give_articles(self) -> bool:
        """Whether its suffix is that of an article file; other files are rejected unread."""
        return self.suffix in ARTICLE_SUFFIXES

    def is_unchanged_from(self, other: "CorpusFile") -> bool:
        """Whether name, stamp and error are those of an earlier look at the file."""
        reasons = (found.error and found.error.reason for found in (self, other))
        return (self.name, self.stamp) == (other.name, other.stamp) and len(set(reasons)) == 1


def find_files(root: Path) -> list[CorpusFile]:
    """List the files under a directory, sorted by name; hidden files and companions are left out."""
    origins = Origins.read(root)
    tops = {os.path.join(root, folder) for folder in origins.folders}  # noqa: PTH118 (as they are listed)
    found = sorted(_walk(root, root.resolve(), tops), key=lambda found: found.name)
    return [replace(file, origin=origins.of(file.name)) for file in found] if origins else found


def file_stamp(status: os.stat_result) -> tuple[int, int, int, int]:
    """Return the stamp of a file."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def corpus_name(relative: str) -> str:
    """Write a relative path so that it can be shown and stored, even if its bytes are not UTF-8."""
    name = relative.replace(os.sep, "/")
    # Most names are as plain, and there may be ten thousand.
    if name.isascii() and name.isprintable() and " " not in name:
        return name
    return one_line(os.fsencode(name).decode("utf-8", errors="replace"))


def is_companion(name: str) -> bool:
    """Whether a file is by its name about the corpus rather than of it."""
    return _is_companion(name, *os.path.splitext(name))  # noqa: PTH122


def _is_companion(name: str, stem: str, suffix: str) -> bool:
    return name in GOLDEN_FILES or suffix.lower() in _COMPANION_SUFFIXES or stem.lower() in _COMPANION_STEMS


def _walk(root: Path, real_root: Path, tops: Collection[str]) -> Iterator[CorpusFile]:
    # Text instead of paths, and each name parted once: of ten thousand files it takes a third of the time.
    start = len(os.path.join(root, ""))  # noqa: PTH118
    pending = [os.fspath(root)]
    while pending:
        directory = pending.pop()
        try:
            with os.scandir(directory) as scan:
                found = [(entry, *os.path.splitext(entry.name)) for entry in scan]  # noqa: PTH122
        except OSError:
            yield _failed(directory, start)
            continue
        belongings = {stem + PAGE_FOLDER_SUFFIX for _, stem, suffix in found if suffix.lower() in _PAGE_SUFFIXES}
        is_top = len(directory) < start or directory in tops
        for entry, stem, suffix in found:
            if entry.name.startswith(".") or entry.name in belongings:
                continue
            # What poses as an article is rejected, and what a link leads to is found where it is.
            if suffix.lower() not in ARTICLE_SUFFIXES and entry.is_dir(follow_symlinks=False):
                pending.append(entry.path)
            elif entry.name in GOLDEN_FILES and not is_top:
                # Passed over, it would check nothing while its writer thinks that it does.
                yield _failed(entry.path, start, RejectionReason.MISPLACED)
            elif (
                not _is_companion(entry.name, stem, suffix) and (file := _look_at(entry, start, real_root)) is not None
            ):
                yield file


def _look_at(entry: os.DirEntry[str], start: int, real_root: Path) -> CorpusFile | None:
    """Examine a file; None for a link to a folder of the corpus, whose files are found where they are."""
    try:
        if entry.is_symlink() and not Path(entry).resolve(strict=True).is_relative_to(real_root):
            return _failed(entry.path, start)
        if entry.is_dir():
            return None if entry.is_symlink() else _failed(entry.path, start)
        return CorpusFile(entry.path, corpus_name(entry.path[start:]), file_stamp(entry.stat()))
    except (OSError, RuntimeError):  # RuntimeError: links in a circle, before Python 3.13
        return _failed(entry.path, start)


def _failed(path: str, start: int, reason: RejectionReason = RejectionReason.UNREADABLE) -> CorpusFile:
    return CorpusFile(path, corpus_name(path[start:]), error=ArticleError(reason))


def open_regular(path: Path) -> BufferedReader:
    """Open a regular file for reading, or raise ArticleError."""
    return os.fdopen(_open(path), "rb")


def read_chunks(path: str | Path) -> Iterator[bytes]:
    """Read a regular file in pieces; raise ArticleError, and OSError where reading fails."""
    descriptor = _open(path)
    try:
        while block := os.read(descriptor, _BLOCK):
            yield block
    finally:
        os.close(descriptor)


def read_whole(path: Path, most_bytes: int = MOST_BYTES) -> bytes:
    """Read a file of at most `most_bytes`, or raise ArticleError."""
    with open_regular(path) as stream:
        size = os.fstat(stream.fileno()).st_size
        if size > most_bytes:
            raise ArticleError(RejectionReason.TOO_LARGE, detail=format_megabytes(size))
        try:
            data = stream.read(most_bytes + 1)
        except OSError as error:
            raise ArticleError(RejectionReason.UNREADABLE) from error
    if len(data) > most_bytes:
        raise ArticleError(RejectionReason.TOO_LARGE, detail=format_megabytes(len(data)))
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


def format_megabytes(size: int) -> str:
    """Show a number of bytes as megabytes."""
    return f"{size / 1024 / 1024:.1f} MB"
