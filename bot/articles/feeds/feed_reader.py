"""Bytes from a feed's address into entries by their content, never a name: XML of any kind, JSON Feed, WordPress."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timezone
from html import escape
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from bot.articles.article import ArticleError
from bot.articles.characters import one_line
from bot.articles.feeds.feed_entry import (
    LONGEST_FIELD,
    LONGEST_TEXT,
    MOST_ENTRIES,
    MOST_SECTIONS,
    FeedEntry,
    ParsedFeed,
    as_full_text,
    entry_day,
    entry_link,
    without_markup,
)
from bot.articles.feeds.xml_feeds import XML_OPTIONS, read_sitemap, read_syndication
from bot.articles.html import decode_page
from bot.articles.importing.page_download import FetchError, unpack_body
from bot.articles.sources import MEGABYTE, SourceError

MOST_BYTES = 50 * MEGABYTE
"""The largest sitemap that its standard allows, unpacked."""
_MOST_FEED_BYTES = 16 * MEGABYTE  # chosen: fifty times the largest full-text feed of news

_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,99}<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']\s*([\w.:-]{2,40})")
_PROLOGUE = re.compile(r"\A\s{0,99}<\?xml\b[^>]{0,400}>")
_END_OF_SUBSET = re.compile(r"\]\s*>")
_SAMPLE = 1 << 16  # characters; comments and entities may stand before the first tag
_SYNDICATION, _SITEMAPS = frozenset({"rss", "rdf", "feed"}), frozenset({"urlset", "sitemapindex"})


def check_extra(shown: str) -> None:
    """Raise SourceError where the libraries that read feeds and pages are not installed."""
    # Found, not imported: a feed that has nothing new needs none of them, and they take 30 MB.
    if any(find_spec(name) is None for name in ("feedparser", "protego", "trafilatura", "lxml")):
        raise SourceError("rejection.no_extra", place=shown, detail="import")


def read_feed(data: bytes, url: str, shown: str, now: datetime, charset: str = "") -> ParsedFeed:
    """Read RSS, Atom, a JSON feed, WordPress's posts, a sitemap or an index of some; raise SourceError.

    `url` is what links count from, `charset` the encoding that the server named.
    """
    if data.startswith(b"\x1f\x8b"):
        try:
            data = unpack_body(data, "gzip", MOST_BYTES)
        except FetchError as error:
            raise SourceError("feed.unreadable", url=shown) from error
    text = _decoded(data, shown, charset)
    if text.lstrip()[:1] in {"{", "["}:
        return read_json_feed(_within_bounds(text, shown), url, shown, now)
    root = _root(text)
    if root in _SITEMAPS:
        return read_sitemap(text, url, shown, now)
    if root in _SYNDICATION:
        return read_syndication(_within_bounds(text, shown), url, shown, now)
    raise SourceError("feed.no_feed", url=shown)


def _within_bounds(text: str, shown: str) -> str:
    if len(text) > _MOST_FEED_BYTES:
        raise SourceError("feed.too_large", url=shown, limit=_MOST_FEED_BYTES // MEGABYTE)
    return text


def _decoded(data: bytes, shown: str, charset: str) -> str:
    declared = _DECLARATION.match(data)
    label = declared[1].decode("ascii", "replace") if declared else charset
    try:
        text = decode_page(data, label)
    except ArticleError as error:
        try:
            text = data.decode(label or "utf-8")  # of a language that is not Arabic
        except (LookupError, ValueError):
            raise SourceError("feed.no_feed", url=shown) from error
    # The bytes are decoded by now, whatever the first line says of them.
    return _without_doctype(_PROLOGUE.sub("", text.removeprefix("\ufeff"), count=1))


def _without_doctype(text: str) -> str:
    """Drop the document type, where entities are declared that lead to files or grow without end."""
    start = text.find("<!DOCTYPE", 0, _SAMPLE)
    end = text.find(">", start)
    if start < 0 or end < 0:
        return text
    if "[" in text[start:end]:
        closing = _END_OF_SUBSET.search(text, start)
        end = closing.end() - 1 if closing else end
    return text[:start] + text[end + 1 :]


def _root(text: str) -> str:
    """Return the name of the outermost element, in small letters and without its namespace."""
    etree: Any = import_module("lxml.etree")  # an extra, see `check_extra`
    parser = etree.XMLPullParser(("start",), **XML_OPTIONS)
    with suppress(etree.LxmlError, ValueError):
        parser.feed(text[:_SAMPLE].encode("utf-8", "replace"))
        for _, element in parser.read_events():
            return str(etree.QName(element).localname).lower()
    return ""


def read_json_feed(text: str, url: str, shown: str, now: datetime) -> ParsedFeed:
    """Read a feed in JSON; raise SourceError where it is neither of the two known kinds."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError("feed.unreadable", url=shown) from error
    if isinstance(found, dict) and isinstance(items := found.get("items"), list):
        items = items[:MOST_ENTRIES]
        entries = tuple(_json_feed_entries(items, url, now))
        return ParsedFeed(entries, one_line(_text(found.get("title"))), linkless=len(items) - len(entries))
    if isinstance(found, list):
        found = found[:MOST_ENTRIES]
    if isinstance(found, list) and all(isinstance(post, dict) and "link" in post for post in found):
        entries = tuple(_posts(found, url, now))
        return ParsedFeed(entries, linkless=len(found) - len(entries))
    raise SourceError("feed.no_feed", url=shown)


def _json_feed_entries(items: list[Any], url: str, now: datetime) -> Iterator[FeedEntry]:
    for item in items:
        if not isinstance(item, dict):
            continue
        # The id is often the link, and where it is not, it leads nowhere.
        link = entry_link(_text(item.get("url")), url) or entry_link(_text(item.get("id")), "")
        if link is None:
            continue
        published, modified = _text(item.get("date_published")), _text(item.get("date_modified"))
        parts = re.split(r"\n\s*\n", _text(item.get("content_text"), LONGEST_TEXT + 1))
        paragraphs = "".join(f"<p>{escape(part)}</p>" for part in parts if part.strip())
        yield FeedEntry(
            link=link,
            title=one_line(_text(item.get("title"))),
            day=entry_day(published, now),
            changed=modified or published,
            body=as_full_text(_text(item.get("content_html"), LONGEST_TEXT + 1) or paragraphs),
            sections=_sections(item.get("tags")),
        )


def _posts(posts: list[dict[str, Any]], url: str, now: datetime) -> Iterator[FeedEntry]:
    for post in posts:
        link = entry_link(_text(post.get("link")), url)
        if link is None:
            continue
        content = post.get("content")
        is_open = isinstance(content, dict) and not content.get("protected")
        yield FeedEntry(
            link=link,
            title=without_markup(_rendered(post.get("title"))),
            day=entry_day(_zoned(_text(post.get("date")), _text(post.get("date_gmt"))), now),
            changed=_text(post.get("modified_gmt")) or _text(post.get("modified")) or _text(post.get("date_gmt")),
            body=as_full_text(_rendered(content, LONGEST_TEXT + 1)) if is_open else None,
            sections=_terms(post.get("_embedded")),
        )


def _terms(embedded: object) -> tuple[str, ...]:
    """List the names of a post's categories and tags, which WordPress has where it is asked for `_embed`."""
    taxonomies = embedded.get("wp:term") if isinstance(embedded, dict) else None
    groups = [group for group in taxonomies if isinstance(group, list)] if isinstance(taxonomies, list) else []
    return _sections([term.get("name") for group in groups for term in group if isinstance(term, dict)])


def _sections(names: object) -> tuple[str, ...]:
    listed = names[:MOST_SECTIONS] if isinstance(names, list) else []
    return tuple(filter(None, (without_markup(_text(name)) for name in listed)))


def _zoned(local: str, greenwich: str) -> str:
    """Write a site's own date, whose day its readers see, with the zone that its Greenwich time shows."""
    try:
        here, there = datetime.fromisoformat(local), datetime.fromisoformat(greenwich)
        return here.replace(tzinfo=timezone(here - there)).isoformat()
    except (ValueError, TypeError):
        return local or greenwich


def _rendered(field: object, most: int = LONGEST_FIELD) -> str:
    return _text(field.get("rendered") if isinstance(field, dict) else field, most)


def _text(value: object, most: int = LONGEST_FIELD) -> str:
    """Return a text as it is, a number as one, and nothing for all else."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63:
        return str(value)
    return value[:most] if isinstance(value, str) else ""
