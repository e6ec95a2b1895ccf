"""Writes an article file below a folder, never outside it."""

from contextlib import suppress
from pathlib import Path, PurePosixPath

from bot.articles.sources.errors import SourceError
from bot.articles.sources.member import Readable
from bot.articles.sources.names import shown

_CHUNK = 64 * 1024


def write(target: Path, path: PurePosixPath, content: Readable) -> None:
    """Write a file whose path has been found safe; of two with one name, the later one stays."""
    file = place(target, path)
    try:
        stream = file.open("wb")
    except IsADirectoryError as error:
        raise SourceError("source.unsafe_name", name=shown(path.as_posix())) from error
    with stream:
        while chunk := content.read(_CHUNK):
            stream.write(chunk)


def leave_mark(target: Path, path: PurePosixPath) -> None:
    """Leave an empty file of a safe name, for the readers of articles to reject, where nothing else is in its way."""
    with suppress(SourceError):
        place(target, path).touch()


def place(target: Path, path: PurePosixPath) -> Path:
    """Make the folders that a file stands in, and return where it goes."""
    file = target / path
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:  # a file has the name of the folder
        raise SourceError("source.unsafe_name", name=shown(path.as_posix())) from error
    return file
