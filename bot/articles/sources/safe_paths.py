"""Safe names of files, articles written below a folder and never outside it, errors of the disk and unexpected ones."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Protocol

from bot.articles.characters import one_line
from bot.articles.corpus_files import ARTICLE_SUFFIXES, GOLDEN_FILES, PAGE_FOLDER_SUFFIX, is_companion
from bot.articles.sources.source import SourceError

MAX_DEPTH = 32
_LONGEST_PART = 255  # bytes, on every common file system
_LONGEST_NAME = 1024
_LONGEST_SHOWN = 120
_CHUNK = 64 * 1024

UNWRITABLE_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})


class Readable(Protocol):
    """A stream that a member is read from."""

    def read(self, size: int, /) -> bytes:
        """Read at most `size` bytes, none at the end."""


def safe_path(name: str) -> PurePosixPath:
    r"""Read a name from an archive or store as a relative path that stays below its folder, or raise SourceError.

    Archives made on Windows may separate with `\`.
    """
    path = name.replace("\\", "/")
    parts = tuple(part for part in path.split("/") if part not in {"", "."})
    absolute = path.startswith("/") or re.match("[A-Za-z]:", path) is not None
    sizes = list[int]()
    with suppress(UnicodeEncodeError):
        sizes = [len(os.fsencode(part)) for part in parts]
    is_short = sum(sizes) <= _LONGEST_NAME and all(size <= _LONGEST_PART for size in sizes)
    fits = is_short and len(sizes) == len(parts) <= MAX_DEPTH
    if absolute or ".." in parts or "\0" in path or not fits:
        raise SourceError("source.unsafe_name", name=for_display(name))
    return PurePosixPath(*parts)


def is_article(path: PurePosixPath) -> bool:
    """Whether a directory with this file in it would give an article of it."""
    return path.suffix.lower() in ARTICLE_SUFFIXES and not _is_hidden(path) and not is_companion(path.name)


def is_corpus_file(path: PurePosixPath) -> bool:
    """Whether a file is an article, or asks the golden questions about some."""
    return (path.name in GOLDEN_FILES and not _is_hidden(path)) or is_article(path)


def is_unsupported(path: PurePosixPath) -> bool:
    """Whether a directory with this file in it would reject it for the form that its name has."""
    # Which page such a folder was saved with is not known while an archive is read.
    belongs_to_page = any(part.endswith(PAGE_FOLDER_SUFFIX) for part in path.parts[:-1])
    return path.name != "" and not (_is_hidden(path) or is_companion(path.name) or is_article(path) or belongs_to_page)


def golden_beside(path: PurePosixPath) -> tuple[PurePosixPath, ...]:
    """Return where the golden questions of a corpus that is a single file may stand."""
    return tuple(path.with_name(name) for name in GOLDEN_FILES) if path.suffix.lower() == ".jsonl" else ()


def for_display(name: str) -> str:
    """Write a name so that it fits a sentence."""
    line = one_line(name.encode("utf-8", "replace").decode("utf-8"))
    return line if len(line) <= _LONGEST_SHOWN else line[:_LONGEST_SHOWN] + "…"


def _is_hidden(path: PurePosixPath) -> bool:
    return any(part.startswith(".") for part in path.parts)


def write_file(target: Path, path: PurePosixPath, content: Readable) -> None:
    """Write a file whose path has been found safe; of two with one name, the later one stays."""
    file = prepare_path(target, path)
    try:
        stream = file.open("wb")
    except IsADirectoryError as error:
        raise SourceError("source.unsafe_name", name=for_display(path.as_posix())) from error
    with stream:
        while chunk := content.read(_CHUNK):
            stream.write(chunk)


def write_placeholder(target: Path, path: PurePosixPath) -> None:
    """Leave an empty file of a safe name, for the readers of articles to reject, where nothing else is in its way."""
    with suppress(SourceError):
        prepare_path(target, path).touch()


def prepare_path(target: Path, path: PurePosixPath) -> Path:
    """Make the folders that a file stands in, and return where it goes."""
    file = target / path
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:  # a file has the name of the folder
        raise SourceError("source.unsafe_name", name=for_display(path.as_posix())) from error
    return file


@contextmanager
def disk_errors_converted(folder: Path) -> Iterator[None]:
    """Raise SourceError where what was fetched cannot be written to a folder."""
    shown = Path(for_display(str(folder)))
    try:
        yield
    except OSError as error:
        # The system says it in English.
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise SourceError("source.disk_full") from error
        if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
            raise SourceError("source.disk_forbidden", folder=shown) from error
        raise SourceError("source.disk", folder=shown, words=error_code(error)) from error


def error_code(error: OSError) -> str:
    """Return the code of an error, which is of no language."""
    return errno.errorcode.get(error.errno or 0, type(error).__name__)


def unexpected_error(error: Exception) -> SourceError:
    """Wrap an unexpected error of a fetch in a SourceError with its type alone: its words may hold a secret."""
    return SourceError("source.unforeseen", words=type(error).__name__)
