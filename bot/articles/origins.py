"""Origins: the folders of a corpus that hold the articles of one source each, its outlet, what is taken of a feed."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bot.articles.article import Article
from bot.articles.marks import fold
from bot.storage import atomic_write

ORIGINS_FILE = ".origins.json"
"""In the top folder of a corpus that was combined of several sources."""
ADDITIONS = "+additions"
"""The folder, in the whole, of the articles that moderators added; no source has one of this name by chance."""
_MOST_BYTES = 256 * 1024  # a thousand sources
_SALT_BYTES = 16


@dataclass(frozen=True)
class Origin:
    """A source by its folder in the corpus, "" for the top folder, and the outlet of articles that name none.

    Of a feed it is that of all its articles: what they name was gathered, not written by a maintainer.
    """

    folder: str = ""
    outlet: str | None = None
    is_feed: bool = False

    @cached_property
    def salt(self) -> bytes:
        """What distinguishes the same words of two origins: 16 bytes, or none where nothing depends on the origin."""
        if not self.folder and self.outlet is None:
            return b""
        return blake2b(json.dumps(self.record()).encode(), digest_size=_SALT_BYTES).digest()

    def article_id(self, article_id: str) -> str:
        """Return the id, in the whole corpus, of an article that has this id in its source."""
        return f"{self.folder}/{article_id}" if self.folder else article_id

    def with_outlet(self, article: Article) -> Article:
        """Return an article with the outlet of its source where that counts."""
        stays = self.outlet in {None, article.outlet} or (article.outlet and not self.is_feed)
        return article if stays else replace(article, outlet=self.outlet)

    def record(self) -> list[str | bool | None]:
        """Return all that its articles depend on, as it is written down."""
        return [self.folder, self.outlet, *([True] if self.is_feed and self.outlet is not None else ())]


NO_ORIGIN = Origin()


class Origins:
    """The origins of a corpus by the names of its files."""

    def __init__(self, origins: Iterable[Origin] = ()) -> None:
        self._by_folder = {origin.folder: origin for origin in origins}

    @classmethod
    def read(cls, corpus: Path) -> "Origins":
        """Read the origins of a corpus; none where it was not combined, or something else has that name."""
        try:
            with (corpus / ORIGINS_FILE).open("rb") as stream:
                entries = json.loads(stream.read(_MOST_BYTES))
            origins = (
                Origin(str(folder), None if outlet is None else str(outlet), is_feed=bool(more))
                for folder, outlet, *more in entries
            )
            return cls(origin for origin in origins if not {"/", "\\"} & {*origin.folder} and origin.folder != "..")
        except (OSError, ValueError, TypeError, RecursionError):
            return cls()

    def write(self, corpus: Path) -> None:
        """Write the origins into a corpus; raise OSError."""
        entries = [origin.record() for origin in self._by_folder.values()]
        atomic_write(corpus / ORIGINS_FILE, json.dumps(entries, ensure_ascii=False).encode())

    def __bool__(self) -> bool:
        return bool(self._by_folder)

    @property
    def folders(self) -> list[str]:
        """The folders of sources, without the top folder."""
        return sorted(folder for folder in self._by_folder if folder)

    def of(self, name: str) -> Origin:
        """Return the origin of a file by its name in the corpus."""
        folder = name.partition("/")[0]
        return self._by_folder.get(folder) or self._by_folder.get("") or NO_ORIGIN


@dataclass(frozen=True, slots=True)
class EntryMatch:
    """Entries of a feed by parts of their links' paths, by the names of their sections, or by words of their titles."""

    path: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def has(self, link: str, title: str, sections: Iterable[str]) -> bool:
        """Whether an entry is one of them: whole parts of a path, the name of a section, or words side by side."""
        parts = f"/{unquote(urlsplit(link).path).strip('/').lower()}/"
        names, folded = {fold(section) for section in sections}, f" {fold(title)} "
        return (
            any(f"/{unquote(path).strip('/').lower()}/" in parts for path in self.path)
            or any(fold(section) in names for section in self.section)
            or any(f" {fold(words)} " in folded for words in self.words)
        )


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries of a feed are taken: `only` some where that names any, and of those none of `without`."""

    only: EntryMatch = EntryMatch()
    without: EntryMatch = EntryMatch()

    def takes(self, link: str, title: str, sections: Iterable[str]) -> bool:
        """Whether an entry is taken."""
        names = tuple(sections)
        is_one = self.only == EntryMatch() or self.only.has(link, title, names)
        return is_one and not self.without.has(link, title, names)


ALL_ENTRIES = EntryFilter()
