"""Which names a source's files may have, and which of them are articles."""

import os
import re
from pathlib import PurePosixPath

from bot.articles.cleaning import one_line
from bot.articles.sources.errors import SourceError
from bot.articles.walk import ARTICLE_SUFFIXES, BELONGINGS, GOLDEN_FILES, is_companion

DEEPEST = 32

_LONGEST_PART = 255  # bytes, on every common file system
_LONGEST_NAME = 1024
_LONGEST_SHOWN = 120
_DRIVE = re.compile("[A-Za-z]:")


def safe_path(name: str) -> PurePosixPath:
    r"""Read a name from an archive or store as a relative path that stays below its folder, or raise SourceError.

    Archives made on Windows may separate with `\`.
    """
    path = name.replace("\\", "/")
    parts = tuple(part for part in path.split("/") if part not in {"", "."})
    absolute = path.startswith("/") or _DRIVE.match(path) is not None
    if absolute or ".." in parts or "\0" in path or not _fits(parts):
        raise SourceError("source.unsafe_name", name=shown(name))
    return PurePosixPath(*parts)


def is_article(path: PurePosixPath) -> bool:
    """Tell whether a directory with this file in it would give an article of it."""
    return path.suffix.lower() in ARTICLE_SUFFIXES and not _is_hidden(path) and not is_companion(path.name)


def is_kept(path: PurePosixPath) -> bool:
    """Tell whether a file is an article, or asks the golden questions about some."""
    return (path.name in GOLDEN_FILES and not _is_hidden(path)) or is_article(path)


def is_rejected(path: PurePosixPath) -> bool:
    """Tell whether a directory with this file in it would reject it for the form that its name has."""
    # Which page such a folder was saved with is not known while an archive is read.
    belongs_to_page = any(part.endswith(BELONGINGS) for part in path.parts[:-1])
    return path.name != "" and not (_is_hidden(path) or is_companion(path.name) or is_article(path) or belongs_to_page)


def golden_beside(path: PurePosixPath) -> tuple[PurePosixPath, ...]:
    """Return where the golden questions of a corpus that is a single file may stand."""
    return tuple(path.with_name(name) for name in GOLDEN_FILES) if path.suffix.lower() == ".jsonl" else ()


def shown(name: str) -> str:
    """Write a name so that it fits a sentence."""
    line = one_line(name.encode("utf-8", "replace").decode("utf-8"))
    return line if len(line) <= _LONGEST_SHOWN else line[:_LONGEST_SHOWN] + "…"


def _is_hidden(path: PurePosixPath) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _fits(parts: tuple[str, ...]) -> bool:
    try:
        sizes = [len(os.fsencode(part)) for part in parts]
    except UnicodeEncodeError:
        return False
    return len(sizes) <= DEEPEST and sum(sizes) <= _LONGEST_NAME and all(size <= _LONGEST_PART for size in sizes)
