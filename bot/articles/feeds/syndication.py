"""RSS and Atom of every version, read by feedparser from XML that was made safe and well-formed first."""

import io
import re
from calendar import timegm
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html.entities import html5
from importlib import import_module
from itertools import islice
from typing import Any

from bot.articles.feeds.entry_dates import entry_day
from bot.articles.feeds.feed_entry import FeedEntry, ParsedFeed, entry_link
from bot.articles.feeds.full_text import as_full_text, without_markup
from bot.articles.sources import SourceError

_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_OF_XML = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
# Nothing that a document names is read or fetched, and what is broken of it is passed over.
XML_OPTIONS: Mapping[str, bool] = {
    "recover": True,
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "remove_comments": True,
    "remove_pis": True,
}
_MOST_ELEMENTS = 100_000  # chosen: five thousand entries
_TAIL = 2000  # characters; comments of caches stand behind the end
_HEADERS = {"content-type": "application/xml; charset=utf-8"}


def read_syndication(text: str, url: str, shown: str, now: datetime) -> ParsedFeed:
    """Read RSS or Atom; raise SourceError where nothing of it can be read."""
    feedparser = import_module("feedparser")
    data, is_short = _well_formed(text, shown)
    try:
        # Bytes in a stream: of a text it would take the name of a file or the address of a server for one. Its own
        # cleaning of HTML, for which pages have another, takes a minute for half a megabyte of «<!--».
        found = feedparser.parse(
            io.BytesIO(data), response_headers=_HEADERS, sanitize_html=False, resolve_relative_uris=False
        )
        entries = tuple(_entries(found.entries, url, now))
    except Exception as error:  # whatever the library does not expect in one feed
        raise SourceError("feed.unreadable", url=shown) from error
    linkless = len(found.entries) - len(entries)
    title = without_markup(_text(found.feed.get("title")))
    return ParsedFeed(entries[:-1] if is_short else entries, title, linkless=linkless, is_cut_off=is_short)


def _well_formed(text: str, shown: str) -> tuple[bytes, bool]:
    """Write XML anew without entities, comments and faults; tell whether the end of it was missing.

    feedparser reads what is not well-formed by another parser, as if it were HTML, and slower.
    """
    etree: Any = import_module("lxml.etree")
    parser = etree.XMLParser(encoding="utf-8", **XML_OPTIONS)
    try:
        root = etree.fromstring(_ENTITY.sub(_letter, text).encode("utf-8", "replace"), parser)
        # feedparser takes 25 microseconds for each.
        if root is None or sum(1 for _ in islice(root.iter(), _MOST_ELEMENTS + 1)) > _MOST_ELEMENTS:
            raise SourceError("feed.unreadable", url=shown)
        etree.strip_elements(root, etree.Entity, with_tail=False)
        return etree.tostring(root, encoding="utf-8"), is_cut_off(text, str(etree.QName(root).localname))
    except (etree.LxmlError, ValueError) as error:
        raise SourceError("feed.unreadable", url=shown) from error


def is_cut_off(text: str, root: str) -> bool:
    """Tell whether XML ends before its outermost element does."""
    return re.search(rf"</(?:[\w.-]+:)?{re.escape(root)}\s*>", text[-_TAIL:]) is None


def _letter(match: re.Match[str]) -> str:
    """Write an entity of HTML as its letter; XML knows five of them."""
    return match[0] if match[1] in _OF_XML else html5.get(match[1], match[0])


def _entries(found: list[dict[str, Any]], url: str, now: datetime) -> Iterator[FeedEntry]:
    for entry in found:
        # Behind a link of FeedBurner's stands the outlet's own.
        link = entry_link(_text(entry.get("feedburner_origlink")) or _text(entry.get("link")), url)
        if link is None:
            continue
        # feedparser gives the one for the other, with a warning, unless it is asked as a dictionary.
        published, updated = _text(entry.get("published")), _text(dict.get(entry, "updated"))
        yield FeedEntry(
            link=link,
            title=without_markup(_text(entry.get("title"))),
            day=entry_day(published, now) or _parsed_day(entry.get("published_parsed"), now),
            changed=updated or published,
            body=_body(entry),
        )


def _parsed_day(moment: Any, now: datetime) -> Any:
    """Return the day of a date in one of the many forms that feedparser alone knows, in Greenwich."""
    try:
        return entry_day(datetime.fromtimestamp(timegm(moment), UTC).isoformat(), now) if moment else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _body(entry: Mapping[str, Any]) -> str | None:
    contents = [_text(content.get("value")) for content in entry.get("content") or ()]
    for content in sorted(contents, key=len, reverse=True):
        if whole := as_full_text(content):
            return whole
    return as_full_text(_text(entry.get("summary")), is_description=True)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
