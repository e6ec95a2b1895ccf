"""Sitemaps: the pages of a site with the days of their changes, those of news with titles, and indexes of sitemaps."""

import io
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from typing import Any

from bot.articles.characters import one_line
from bot.articles.feeds.entry_dates import entry_day
from bot.articles.feeds.feed_entry import MOST_ENTRIES, FeedEntry, ListedSitemap, ParsedFeed, entry_link
from bot.articles.feeds.syndication import XML_OPTIONS, is_cut_off
from bot.articles.sources import SourceError

_LONGEST_FIELD = 4096  # characters


def read_sitemap(text: str, url: str, shown: str, now: datetime) -> ParsedFeed:
    """Read a sitemap or an index of sitemaps; raise SourceError where nothing of it can be read."""
    etree: Any = import_module("lxml.etree")
    entries, sitemaps, linkless = list[FeedEntry](), list[ListedSitemap](), 0
    try:
        for name, fields in _elements(etree, text):
            link = entry_link(fields.get("loc", ""), url)
            if link is None:
                linkless += 1
            elif name == "sitemap":
                sitemaps.append(ListedSitemap(link, fields.get("lastmod", "")))
            else:
                entries.append(_entry(link, fields, now))
            if len(entries) + len(sitemaps) >= MOST_ENTRIES:
                break
    except (etree.LxmlError, ValueError) as error:
        raise SourceError("feed.unreadable", url=shown) from error
    if is_short := is_cut_off(text, "sitemapindex" if sitemaps else "urlset"):
        entries, sitemaps = entries[:-1], sitemaps[:-1]
    return ParsedFeed(tuple(entries), sitemaps=tuple(sitemaps), linkless=linkless, is_cut_off=is_short)


def _elements(etree: Any, text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each `url` and `sitemap` with its fields, and forget it: 50 MB as a tree would take ten times as much."""
    stream = io.BytesIO(text.encode("utf-8", "replace"))
    parsing = etree.iterparse(stream, events=("end",), tag=("{*}url", "{*}sitemap"), **XML_OPTIONS)
    for _, element in parsing:
        fields = dict[str, str]()
        # Pictures and films have titles and links of their own.
        for child in (*element, *(inner for news in element.iterchildren("{*}news") for inner in news)):
            if isinstance(child.tag, str):
                fields.setdefault(etree.QName(child).localname, (child.text or "").strip()[:_LONGEST_FIELD])
        yield etree.QName(element).localname, fields
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _entry(link: str, fields: dict[str, str], now: datetime) -> FeedEntry:
    published = fields.get("publication_date", "")
    return FeedEntry(
        link=link,
        title=one_line(fields.get("title", "")),
        # Of a page that is no news, the last change says nothing about the day of publication.
        day=entry_day(published, now),
        changed=fields.get("lastmod", "") or published,
    )
