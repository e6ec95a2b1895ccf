"""What a feed's source remembers of the page of each article, and of those that were withdrawn: a hidden JSON file."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, field, replace
from pathlib import Path
from typing import Any, Self, TypeVar

from bot.articles.article import Article
from bot.articles.feeds.feed_entry import short_digest
from bot.articles.sources import Copy, Version
from bot.storage import atomic_write

_FILE, _VERSION = ".pages.json", 1
_MOST_WITHDRAWN = 2000  # the newest; one that is forgotten may return while a feed carries its text
_LONGEST_TAG, _DIGEST_BYTES = 200, 6  # characters; without its tag, a page is sent once more
DAY = 24 * 3600

T = TypeVar("T", "Page", "Withdrawal")


@dataclass(slots=True)
class Page:
    """The page of an article, by Unix times, 0 for never.

    `came`, `changed`, `stamp` and `is_own` are those of its `Copy`. `looked` is when it gave or refused its text last,
    `wait` until when it is not asked, `refused` since when it refuses, `reason` why, `away` since when nobody answers.
    `text` digests what it gave last, `other` what it gave last instead, `etag` and `modified` are the server's words of
    its version. `dead` is the day since which its link is dead, as its article's file says, "" for none.
    """

    came: int = 0
    changed: int = 0
    looked: int = 0
    etag: str = ""
    modified: str = ""
    text: str = ""
    stamp: int = 0
    is_own: bool = False
    wait: int = 0
    refused: int = 0
    reason: str = ""
    other: str = ""
    away: int = 0
    dead: str = ""

    @property
    def version(self) -> Version:
        """What is sent with a request for the page."""
        return Version(self.etag or None, self.modified or None)

    def note_text(self, now: float, text: str, version: Version) -> None:
        """Note that the page gave its article."""
        self.looked, self.wait, self.refused, self.away, self.reason, self.other = int(now), 0, 0, 0, "", ""
        self.text = text
        tags = (version.etag, None) if version.etag else (None, version.modified)
        self.etag, self.modified = (tag if tag and len(tag) <= _LONGEST_TAG else "" for tag in tags)

    def note_refusal(self, now: float, reason: str) -> None:
        """Note that the page refuses its article; a clock that was set back begins anew."""
        self.refused = self.refused if 0 < self.refused <= now else int(now)
        self.looked, self.wait, self.away, self.reason = int(now), 0, 0, reason


@dataclass(slots=True)
class Withdrawal:
    """An article that left since its page refuses it, by the name of its file; `page` is what is known of that.

    `words` is how long its text was; `taken` and `returned` are Unix times, the last 0 while it is out.
    """

    name: str = ""
    link: str = ""
    title: str = ""
    outlet: str = ""
    day: str = ""
    words: int = 0
    taken: int = 0
    returned: int = 0
    page: Page = field(default_factory=Page)


@dataclass(slots=True)
class PageMemory:
    """All pages by articles' files, the withdrawn by the keys of their links, and when pages were looked at last."""

    pages: dict[str, Page] = field(default_factory=dict)
    withdrawn: dict[str, Withdrawal] = field(default_factory=dict)
    reviewed: int = 0
    _on_disk: bytes = field(default=b"", init=False, compare=False, repr=False)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read what is remembered in a folder; nothing where it is missing, damaged or of another version."""
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            data = (folder / _FILE).read_bytes()
            record = json.loads(data)
            if record["version"] == _VERSION:
                pages = {name: _of(Page, page) for name, page in record["pages"].items()}
                gone = {
                    key: replace(_of(Withdrawal, found), page=_of(Page, found[-1]))
                    for key, found in record["withdrawn"].items()
                }
                memory = cls(pages, gone, int(record["reviewed"]))
                memory._on_disk = data
                return memory
        return cls()

    def write(self, folder: Path) -> None:
        """Write it whole or not at all, and only where it has changed; raise OSError."""
        newest = sorted(self.withdrawn.items(), key=lambda item: item[1].taken)[-_MOST_WITHDRAWN:]
        record = {
            "version": _VERSION,
            "reviewed": self.reviewed,
            "pages": {name: astuple(page) for name, page in self.pages.items()},
            "withdrawn": {key: astuple(gone) for key, gone in newest},
        }
        data = json.dumps(record, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")
        if self._on_disk != data:
            atomic_write(folder / _FILE, data)
            self._on_disk = data

    @property
    def out(self) -> dict[str, Withdrawal]:
        """The withdrawn articles that have not returned."""
        return {key: one for key, one in self.withdrawn.items() if not one.returned}

    @property
    def copies(self) -> Mapping[str, Copy]:
        return {name: Copy(page.came, page.changed, page.stamp, page.is_own) for name, page in self.pages.items()}


def text_digest(article: Article) -> str:
    """Digest the title and the paragraphs of an article, in hex."""
    return short_digest(article.title, *(paragraph.text for paragraph in article.paragraphs), size=_DIGEST_BYTES)


def _of(kind: type[T], record: Sequence[Any]) -> T:
    # Fields that came since are missing in what an earlier version wrote.
    values = zip(astuple(kind()), record, strict=False)
    return kind(*(type(default)(value) for default, value in values))
