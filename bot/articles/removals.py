"""Articles that moderators removed: a file for each in the folder of what is kept, which every build leaves out."""

import hashlib
import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, astuple, dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.articles.article import Article
from bot.articles.article_store import ArticleStore
from bot.articles.origins import ADDITIONS
from bot.articles.validation import link_key, site_of, typed_link
from bot.storage import atomic_write

logger = logging.getLogger(__name__)

# A file that an article of a feed was written to, by its day and title; further ones of the same have a number.
_COPIES = range(2, 10)
_DAY_AND_TITLE = re.compile(r"(\d{4}-\d\d-\d\d-.+?)(?:-[2-9])?")
_SUFFIX = ".json"
_DIGEST_BYTES = 8


@dataclass(frozen=True, slots=True)
class Removal:
    """An article that stays out since a moderator removed or its source withdrew it: its id, link and title then."""

    id: str
    url: str | None = None
    title: str = ""
    is_withdrawn: bool = False

    @property
    def key(self) -> str:
        """The name of its file without suffix."""
        return hashlib.blake2b(self.id.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).hexdigest()

    @property
    def link_key(self) -> str | None:
        """The key of its link; None without one, and where that is a site's front page, which many articles name."""
        with suppress(ValueError):
            if self.url and (urlsplit(self.url).path.strip("/") or urlsplit(self.url).query):
                return link_key(self.url)
        return None


class Removals:
    """The articles that stay out, by id and link, and by site, day and title: a site may give them a new link and text.

    What a moderator added is known by its id alone: a text may be added under the link of an article that went.
    """

    def __init__(self, removals: Iterable[Removal] = ()) -> None:
        self._by_id = {removal.id: removal for removal in removals}
        self._links = {key for one in self if (key := one.link_key)}
        self._names = {(site_of(one.url or ""), one.id.rpartition("/")[-1]) for one in self if one.link_key}

    @classmethod
    def from_record(cls, record: Iterable[Sequence[Any]]) -> "Removals":
        """Read what `to_record` wrote."""
        return cls(Removal(*fields) for fields in record)

    def to_record(self) -> list[tuple[Any, ...]]:
        """Return it as JSON can hold it."""
        return [astuple(one) for one in self]

    def __iter__(self) -> Iterator[Removal]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    @cached_property
    def digest(self) -> str:
        """What distinguishes it from another list; "" where nothing is out."""
        listed = sorted((one.id, one.link_key or "") for one in self)
        return hashlib.blake2b(json.dumps(listed).encode(), digest_size=_DIGEST_BYTES).hexdigest() if listed else ""

    def has(self, article_id: str, url: str | None) -> bool:
        """Whether an article stays out."""
        if article_id in self._by_id:
            return True
        if not (url and self._links) or article_id.startswith(f"{ADDITIONS}/"):
            return False
        if link_key(url) in self._links:
            return True
        found = _DAY_AND_TITLE.fullmatch(article_id.rpartition("/")[-1])
        return found is not None and any((site_of(url), name) in self._names for name in (found[0], found[1]))

    def only(self, *, withdrawn: bool) -> "Removals":
        """Return those that sources withdrew, or those that moderators removed."""
        return Removals(one for one in self if one.is_withdrawn is withdrawn)

    @property
    def for_build(self) -> "Removals":
        """The list as a build obeys it: what one source withdrew, another may still give under its link."""
        return Removals(replace(one, url=None) if one.is_withdrawn else one for one in self)

    def has_id(self, article_id: str | None) -> bool:
        """Whether the article of an id was removed."""
        return article_id in self._by_id

    def served_by(self, articles: ArticleStore) -> Iterator[Article]:
        """Yield articles that stay out and are in a store all the same, as in one of an earlier coverage."""
        seen = set[str]()
        for removal in self:
            names = (removal.id, *(f"{removal.id}-{copy}" for copy in _COPIES))
            numbers = [number for name in names if (number := articles.number(name)) is not None]
            of_link = articles.with_link(removal.url) if removal.url and removal.link_key else ()
            for article in chain(articles.headers(numbers), of_link):
                if article.id not in seen and self.has(article.id, article.url):
                    seen.add(article.id)
                    yield article

    def find(self, typed: str) -> list[Removal]:
        """Return the removal of a key, title or link, first, and the others of its link."""
        link = link_key(typed_link(typed))
        by_name = (one for one in self if typed in {one.key, one.title})
        found = next(chain(by_name, (one for one in self if one.url and link_key(one.url) == link)), None)
        if found is None:
            return []
        return [found, *(one for one in self if one is not found and found.link_key == one.link_key is not None)]


NO_REMOVALS = Removals()


class RemovalList:
    """The list of what stays out, a file for each article in a folder, which need not exist yet. Its methods block."""

    def __init__(self, folder: Path, copy: Callable[[], object] = lambda: None) -> None:
        """Keep the list in a folder; `settle` is `copy`, which brings what has changed to its copy, if it has one."""
        self._folder = folder
        self.settle = copy

    def read(self) -> Removals:
        """Read the list; a file that cannot be read is left out, with a warning."""
        return Removals(filter(None, map(_read, sorted(self._folder.glob(f"[!.]*{_SUFFIX}")))))

    def add(self, removals: Iterable[Removal]) -> None:
        """Put articles on the list; raise OSError."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for removal in removals:
            record = json.dumps(asdict(removal), ensure_ascii=False)
            atomic_write(self._file(removal), record.encode("utf-8", "surrogatepass"))

    def take_off(self, removals: Iterable[Removal]) -> None:
        """Take articles off the list; raise OSError."""
        for removal in removals:
            self._file(removal).unlink(missing_ok=True)

    def adopt(self, others: Removals, *, replaces: bool) -> None:
        """Put what another process keeps out on the list, in place of what is on it or beside that; raise OSError."""
        own = self.read()
        if own.digest != others.digest:
            self.add(one for one in others if not own.has_id(one.id))
            self.take_off(one for one in own if replaces and not others.has_id(one.id))
            self.settle()

    def _file(self, removal: Removal) -> Path:
        return self._folder / f"{removal.key}{_SUFFIX}"


def _read(file: Path) -> Removal | None:
    try:
        record = json.loads(file.read_bytes().decode("utf-8", "surrogatepass"))
        url = record["url"]
        return Removal(str(record["id"]), None if url is None else str(url), str(record["title"]))
    except FileNotFoundError:  # brought back meanwhile
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        logger.warning("%s does not say which article was removed, so that it may be quoted: %s", file, error)
        return None
