"""Entries of feeds: one published piece each, as its feed tells of it, whatever the feed's form."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urljoin

from bot.articles.html import without_tracking
from bot.articles.validation import link_key, web_address

MOST_ENTRIES = 50_000
"""As many as the standard of sitemaps allows one."""
_KEY_BYTES, _STAMP_BYTES = 8, 6  # of a million entries, two share a key once in 37 million feeds


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """What a feed says of one piece: its link, title, day, last change as written, and full text (HTML), if any.

    `changed` is compared, never read.
    """

    link: str
    title: str = ""
    day: date | None = None
    changed: str = ""
    body: str | None = None

    @property
    def key(self) -> str:
        """A short digest of what all spellings of the link have in common, in hex."""
        return short_digest(link_key(self.link), size=_KEY_BYTES)

    @property
    def stamp(self) -> str:
        """A short digest of all that differs once the piece was changed, in hex."""
        return short_digest(self.changed, self.title, self.body or "", size=_STAMP_BYTES)


@dataclass(frozen=True, slots=True)
class ListedSitemap:
    """A sitemap that an index lists, and when it was changed, as written."""

    link: str
    changed: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed as read: its title, its entries, the sitemaps of an index, and how many entries have no link to a page.

    `is_cut_off` where the end is missing: the last entry is left out, since it may not be whole.
    """

    entries: tuple[FeedEntry, ...] = ()
    title: str = ""
    sitemaps: tuple[ListedSitemap, ...] = ()
    linkless: int = 0
    is_cut_off: bool = False


def once_each(listed: list[tuple[str, FeedEntry]]) -> dict[str, tuple[str, FeedEntry]]:
    """Make one of several entries of a piece, by key, each with its document: in whatever order they are listed."""
    merged = dict[str, tuple[str, FeedEntry]]()
    for document, entry in sorted(listed, key=lambda found: (_rank(found[1]), found[0]), reverse=True):
        place, best = merged.get(entry.key, (document, entry))
        merged[entry.key] = place, replace(best, title=best.title or entry.title, day=best.day or entry.day)
    return merged


def _rank(entry: FeedEntry) -> tuple[bool, str, bool, int, str, str, str, str]:
    """Order several entries of one piece: the fullest, newest, safest and plainest is taken."""
    return entry.body is not None, entry.changed, entry.link.startswith("https:"), -len(entry.link), *_words(entry)


def _words(entry: FeedEntry) -> tuple[str, str, str, str]:
    return entry.link, entry.title, str(entry.day), entry.body or ""


def short_digest(*parts: str, size: int) -> str:
    """Digest texts into so many bytes, written in hex."""
    data = json.dumps(parts).encode("ascii")  # keeps lone surrogates apart, and the parts
    return hashlib.blake2b(data, digest_size=size).hexdigest()


def entry_link(written: str, base: str) -> str | None:
    """Read a link of an entry, which may count from the feed's own; None where it leads to no page of the web."""
    try:
        link = web_address(urljoin(base, written.strip())) if written.strip() else None
        # What comes to nothing leads back to the feed.
        return web_address(without_tracking(link)) if link and link_key(link) != link_key(base) else None
    except ValueError:  # a broken IPv6 host
        return None
