"""Finds the files of a corpus directory, in one order on every machine."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from bot.articles.article import RejectionReason
from bot.articles.cleaning import one_line
from bot.articles.errors import ArticleError

_PAGE_SUFFIXES = frozenset({".html", ".htm"})
_ARTICLE_SUFFIXES = frozenset({".md", ".txt", ".jsonl"}) | _PAGE_SUFFIXES

# Files that stand beside articles and are none: they are passed over without a rejection.
_COMPANION_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".ico"})
_COMPANION_STEMS = frozenset({"readme", "license", "licence", "copying", "notice", "changelog", "contributing"})
GOLDEN_FILE = "questions.yaml"


@dataclass(frozen=True, slots=True)
class Found:
    """A file by its path on disk and its name in the corpus, or the reason why it cannot be read."""

    path: Path
    name: str
    size: int = 0
    error: ArticleError | None = None


def find_files(root: Path) -> list[Found]:
    """List the files under a directory, sorted by name; hidden files and companions are left out."""
    return sorted(_walk(root, root.resolve()), key=lambda found: found.name)


def corpus_name(relative: PurePath) -> str:
    """Write a relative path so that it can be shown and stored, even if its bytes are not UTF-8."""
    return one_line(os.fsencode(relative.as_posix()).decode("utf-8", errors="replace"))


def is_companion(path: PurePath) -> bool:
    """Tell whether a file is about the corpus rather than of it."""
    is_known = path.name == GOLDEN_FILE or path.suffix.lower() in _COMPANION_SUFFIXES
    return is_known or path.stem.lower() in _COMPANION_STEMS


def _walk(root: Path, real_root: Path) -> Iterator[Found]:
    pending = [root]
    while pending:
        directory = pending.pop()
        try:
            with os.scandir(directory) as scan:
                found = list(scan)
        except OSError:
            yield _failed(directory, root)
            continue
        belongings = set(map(_belongings, found))
        entries = [entry for entry in found if not _is_left_out(entry) and entry.name not in belongings]
        pending.extend(Path(entry) for entry in entries if _is_folder(entry))
        for entry in entries:
            if not _is_folder(entry) and (file := _look_at(entry, root, real_root)) is not None:
                yield file


def _is_left_out(entry: os.DirEntry[str]) -> bool:
    return entry.name.startswith(".") or (is_companion(PurePath(entry.name)) and not _is_folder(entry))


def _belongings(entry: os.DirEntry[str]) -> str:
    """Name the folder of pictures and frames that browsers save beside a page; nothing for what is no page."""
    page = PurePath(entry.name)
    return f"{page.stem}_files" if page.suffix.lower() in _PAGE_SUFFIXES else ""


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Tell a folder of articles from a file, from a link, and from a folder that poses as an article."""
    posing = PurePath(entry.name).suffix.lower() in _ARTICLE_SUFFIXES
    return entry.is_dir(follow_symlinks=False) and not posing


def _look_at(entry: os.DirEntry[str], root: Path, real_root: Path) -> Found | None:
    """Examine a file; None for a link to a folder of the corpus, whose files are found where they are."""
    path = Path(entry)
    try:
        if entry.is_symlink() and not path.resolve(strict=True).is_relative_to(real_root):
            return _failed(path, root)
        if entry.is_dir():
            return None if entry.is_symlink() else _failed(path, root)
        return Found(path, corpus_name(path.relative_to(root)), entry.stat().st_size)
    except (OSError, RuntimeError):  # RuntimeError: links in a circle, before Python 3.13
        return _failed(path, root)


def _failed(path: Path, root: Path) -> Found:
    return Found(path, corpus_name(path.relative_to(root)), error=ArticleError(RejectionReason.UNREADABLE))
