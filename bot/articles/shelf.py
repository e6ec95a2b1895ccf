"""A directory that articles are written into: which links it has, under which names, and writing without halves."""

import os
import re
import secrets
from pathlib import Path

from bot.articles.errors import ArticleError
from bot.articles.files import read_whole
from bot.articles.walk import find_files

_LINK = re.compile(rb"^url:[ \t]*[\"']?(https?://[^\s\"']+)", re.MULTILINE)
_HEAD = 8192  # bytes; the front matter of an article
_SCHEME = re.compile(r"https?://(?:www\.)?([^/?#]*)")


def link_key(url: str) -> str:
    """Return what the spellings of one link have in common: neither http or https, nor www., nor a slash at the end."""
    return _SCHEME.sub(lambda match: match[1].lower(), url, count=1).rstrip("/")


class Shelf:
    """The Markdown files of a directory by their links; the directory need not exist yet."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._by_link: dict[str, Path] = {}
        for file in find_files(directory) if directory.is_dir() else ():
            if file.error is None and file.path.suffix.lower() == ".md":
                self._note(file.path)

    def place(self, stem: str, url: str | None) -> Path:
        """Return where an article goes: the file that has its link, else a name that no other link has taken."""
        held = self._by_link.get(link_key(url)) if url else None
        if held is not None:
            return held
        path = self.directory / f"{stem}.md"
        number = 2
        while url and self._has_link(path):
            path = self.directory / f"{stem}-{number}.md"
            number += 1
        return path

    def write(self, path: Path, text: str) -> None:
        """Write a file whole or not at all; raise OSError where it cannot be written."""
        path.parent.mkdir(parents=True, exist_ok=True)
        # Hidden from readers of the corpus until it is whole.
        draft = path.with_name(f".{secrets.token_hex(8)}.tmp")
        try:
            with draft.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        self._note(path)

    def _note(self, path: Path) -> None:
        try:
            match = _LINK.search(read_whole(path)[:_HEAD])
        except ArticleError:
            return
        if match is not None:
            self._by_link[link_key(match[1].decode("utf-8", "replace"))] = path

    def _has_link(self, path: Path) -> bool:
        return path in self._by_link.values()
