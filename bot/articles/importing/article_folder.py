"""The folder that articles are imported into: the links of its files, their names, and the status of a new article."""

import json
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from itertools import count
from pathlib import Path

from bot.articles.article import Article, ArticleError
from bot.articles.characters import drop_invisible, unify_newlines
from bot.articles.corpus_files import MOST_BYTES, find_files, open_regular, read_whole
from bot.articles.html import page_link, read_saved_page, saved_page_link, without_tracking
from bot.articles.marks import fold
from bot.articles.readers import front_matter_lines, read_front_matter
from bot.articles.validation import link_key, web_address
from bot.storage import atomic_write

_OWN = ".md"

# Characters, not bytes: in the normal form that macOS keeps, an Arabic letter takes at most four bytes of the 255.
_LONGEST = 60
_BASIC_PLANE = 0xFFFF
_TATWEEL = "\u0640"
# Windows keeps these for devices, whatever the suffix; a name of ours without a day could be one.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{digit}" for name in ("com", "lpt") for digit in range(10))}
)

_HEAD = 8192  # bytes; the front matter of an article


class ImportStatus(Enum):
    """The status of an article to be imported, by the files that the folder has."""

    NEW = auto()
    SAME = auto()  # the file has it, letter for letter
    OTHER_VERSION = auto()  # the file has one of its link, or of its name and body
    ALREADY_WRITTEN = auto()  # the same, but the file was written just now
    NOT_WRITABLE = auto()  # a file that is not ours to write has its link
    NAMESAKE = auto()  # new, but another file has its title and day, or its link, too


@dataclass(frozen=True, slots=True)
class ImportTarget:
    """The path that an article is written to, its status, and the file that it collides with, if any."""

    path: Path
    status: ImportStatus
    other: str = ""


class ArticleFolder:
    """The article files of a directory by their links; the directory need not exist yet."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        # The file that has a link, and the line where the file has an article a line.
        self._by_link: dict[str, tuple[Path, int | None]] = {}
        self._written: dict[Path, str] = {}
        files = [file.path for file in find_files(directory) if file.error is None] if directory.is_dir() else []
        # Ours last: where several files have a link, that is the one that can be written again.
        for path in sorted(files, key=lambda path: path.suffix.lower() == _OWN):
            self._note(path)

    def path_of(self, link: str) -> Path | None:
        """Return the file that has the article of a link, None where none has."""
        path, _ = self._by_link.get(link_key(link), (None, None))
        return path

    def find_target(self, stem: str, article: Article, text: str) -> ImportTarget:
        """Find where an article goes: to the file that has its link, else under a name that no other article has."""
        if not article.url or link_key(article.url) not in self._by_link:
            return self._by_name(stem, article, text)
        path, line = self._by_link[link_key(article.url)]
        name = path.relative_to(self.directory).as_posix()
        other = f"{name}:{line}" if line else name
        if path.suffix.lower() != _OWN:
            free = next(path for path in self._names(stem) if not path.exists())
            return ImportTarget(free, ImportStatus.NOT_WRITABLE, other)
        if self._written.get(path, article.title) != article.title:
            # Two titles in one run are two articles, and their site has the link of one in the other.
            return self._by_name(stem, article, text, other)
        return ImportTarget(path, self._version(path, text), other)

    def write(self, path: Path, article: Article, text: str) -> None:
        """Write a file whole or not at all; raise OSError where it cannot be written."""
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic_write(path, text.encode())
        self._written[path] = article.title
        self._note(path)

    def delete(self, path: Path) -> None:
        """Delete a file, and forget its links; raise OSError."""
        path.unlink(missing_ok=True)
        self._by_link = {link: place for link, place in self._by_link.items() if place[0] != path}

    def _note(self, path: Path) -> None:
        for link, line in known_links(path):
            self._by_link[link_key(link)] = path, line

    def _by_name(self, stem: str, article: Article, text: str, namesake: str = "") -> ImportTarget:
        """Go through the numbered files of a name, up to a file with this body or a free name."""
        names, body = self._names(stem), _body(text)
        while (path := next(names)).exists():
            # Two links are two articles, whatever their titles.
            if not (article.url and any(owner == path for owner, _ in self._by_link.values())):
                name = path.relative_to(self.directory).as_posix()
                if body == _body(text_of(path)):
                    return ImportTarget(path, self._version(path, text), name)
                namesake = namesake or name
        return ImportTarget(path, ImportStatus.NAMESAKE if namesake else ImportStatus.NEW, namesake)

    def _version(self, path: Path, text: str) -> ImportStatus:
        if text_of(path) == text:
            return ImportStatus.SAME
        return ImportStatus.ALREADY_WRITTEN if path in self._written else ImportStatus.OTHER_VERSION

    def _names(self, stem: str) -> Iterator[Path]:
        yield self.directory / f"{stem}{_OWN}"
        for number in count(2):
            yield self.directory / f"{stem}-{number}{_OWN}"


def text_of(path: Path) -> str:
    """Return the text of a file, "" for what cannot be read."""
    with suppress(ArticleError):
        return read_whole(path).decode("utf-8", "replace")
    return ""


def _body(text: str) -> str:
    lines = drop_invisible(unify_newlines(text)).split("\n")
    try:
        matter = front_matter_lines(lines)
    except ArticleError:
        matter = None
    return fold("\n".join(lines[matter.stop + 1 :] if matter else lines))


def file_stem(article: Article) -> str:
    """Return the day and the words of the title, joined by hyphens: «2026-03-14-افتتاح-محطة-تحلية».

    Only letters and digits are left of the title: no separators, controls, marks of direction or signs that a file
    system forbids. Arabic letters stay, since every system in use stores them and a Latin slug would say nothing.
    """
    words = "".join(map(_sign, unicodedata.normalize("NFKC", article.title).casefold())).split()
    while len(words) > 1 and len("-".join(words)) > _LONGEST:
        words.pop()
    slug = "-".join(words)[:_LONGEST]
    stem = "-".join(filter(None, (article.published.isoformat() if article.published else "", slug)))
    return f"article-{stem}".rstrip("-") if not slug or stem in _DEVICES else stem


def _sign(sign: str) -> str:
    """Keep a letter, write a digit in Western form, drop combining marks and tatweel; anything else parts words."""
    if unicodedata.combining(sign) or sign == _TATWEEL:
        return ""
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    # Older systems count the letters beyond the basic plane wrongly.
    return sign if sign.isalnum() and ord(sign) <= _BASIC_PLANE else " "


def known_links(path: Path) -> Iterator[tuple[str, int | None]]:
    """Yield each link of a file, and its line where the file has an article a line; nothing for what cannot be read.

    Links come without tracking parameters, as those of pages do.
    """
    readers = {".md": _of_markdown, ".jsonl": _of_json_lines, ".html": _of_page, ".htm": _of_page}
    reader = readers.get(path.suffix.lower())
    with suppress(ArticleError, OSError):
        for written, line in reader(path) if reader else ():
            if link := web_address(written):
                yield without_tracking(link), line


def _of_markdown(path: Path) -> Iterator[tuple[str, None]]:
    lines = read_whole(path)[:_HEAD].decode("utf-8-sig", "replace").split("\n")
    inner = front_matter_lines(lines)
    line = next((line for line in lines[inner] if line.startswith("url:")), None) if inner is not None else None
    if line is None:
        return
    # Of thousands of files, YAML reads this line in a quarter of the time that all of the front matter takes.
    written = read_front_matter(f"---\n{line}\n---\n").fields.get("url")
    if isinstance(written, str):
        yield written, None


def _of_page(path: Path) -> Iterator[tuple[str, None]]:
    page = read_saved_page(path)
    if link := page_link(page.html, saved_page_link(page.html)):
        yield link, None


def _of_json_lines(path: Path) -> Iterator[tuple[str, int]]:
    with open_regular(path) as stream:
        number = 1
        while line := stream.readline(MOST_BYTES):
            # Cheaper than to parse lines that have none.
            if b'"url"' in line:
                with suppress(ValueError, RecursionError):
                    record = json.loads(line.decode("utf-8-sig"))
                    if isinstance(record, dict) and isinstance(record.get("url"), str):
                        yield record["url"], number
            number += line.endswith(b"\n")
