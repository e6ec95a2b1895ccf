"""Feeds in XML. RSS and Atom of every version are read by feedparser, once they are safe, well-formed and bounded.

Sitemaps are read as they come: the pages of a site with the days of their changes, those of news with titles, and
indexes of sitemaps.
"""

import io
import re
from calendar import timegm
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from html.entities import html5
from importlib import import_module
from typing import Any

from bot.articles.characters import one_line
from bot.articles.feeds.feed_entry import (
    LONGEST_FIELD,
    LONGEST_TEXT,
    MOST_ENTRIES,
    MOST_SECTIONS,
    FeedEntry,
    ListedSitemap,
    ParsedFeed,
    as_full_text,
    entry_day,
    entry_link,
    without_markup,
)
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
# feedparser goes through all attributes of an element for each of them, and through all namespaces for each element.
# Chosen: news has a dozen of either, and the most that is let through takes it three seconds.
_MOST_ATTRIBUTES, _MOST_ATTRIBUTES_IN_ALL = 100, 300_000
_MOST_NAMESPACES = 100
_MOST_SITEMAP_ELEMENTS = 1_000_000  # chosen: twenty an entry
_HOLDERS = frozenset({"rss", "rdf", "channel", "feed", "item", "entry"})
_TEXTS = frozenset({"encoded", "content", "description", "summary", "body", "fullitem"})
_ENTRIES = re.compile(r"<(?:item|entry)(?=[\s>])", re.IGNORECASE)
# What does not end goes on to the end, so that its end is looked for once, and swallows what stands there.
_ENDS = ("]]>", "-->")
_NO_MARKUP = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_TAIL = 2000  # characters; comments of caches stand behind the end
_COMMAS = re.compile("[,،]")
_HEADERS = {"content-type": "application/xml; charset=utf-8"}


def read_syndication(text: str, url: str, shown: str, now: datetime) -> ParsedFeed:
    """Read RSS or Atom; raise SourceError where nothing of it can be read."""
    feedparser = import_module("feedparser")  # an extra, see `check_extra`
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
    # An entry behind an element that never ends becomes a part of that, and is none any more.
    written = len(_ENTRIES.findall(_NO_MARKUP.sub(lambda part: "" if part[0].endswith(_ENDS) else part[0], text)))
    lost = 0 if is_short or len(found.entries) >= MOST_ENTRIES else max(written - len(found.entries), 0)
    listed = entries[:-1] if is_short else entries
    return ParsedFeed(listed, title, linkless=linkless, is_cut_off=is_short, lost=lost)


def _well_formed(text: str, shown: str) -> tuple[bytes, bool]:
    """Write XML anew without entities, comments and faults; return it, and whether its end was missing.

    feedparser reads what is not well-formed by another parser, as if it were HTML, and slower.
    """
    etree: Any = import_module("lxml.etree")  # an extra, see `check_extra`
    parser = etree.XMLParser(encoding="utf-8", **XML_OPTIONS)
    # XML knows five of HTML's entities.
    text = _ENTITY.sub(lambda name: name[0] if name[1] in _OF_XML else html5.get(name[1], name[0]), text)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
        if root is None:
            raise SourceError("feed.unreadable", url=shown)
        _limit(etree, root, shown)
        etree.strip_elements(root, etree.Entity, with_tail=False)
        return etree.tostring(root, encoding="utf-8"), _is_cut_off(text, str(etree.QName(root).localname))
    except (etree.LxmlError, ValueError) as error:
        raise SourceError("feed.unreadable", url=shown) from error


def _limit(etree: Any, root: Any, shown: str) -> None:
    """Cut fields that are longer than any; raise SourceError for more of anything than feeds have, in one walk."""
    namespaces, elements, attributes = set[tuple[str, str]](), 0, 0
    for event, found in etree.iterwalk(root, events=("start", "start-ns")):
        if event == "start-ns":
            namespaces.add(found)
            if len(namespaces) > _MOST_NAMESPACES:
                raise SourceError("feed.many_namespaces", url=shown, most=_MOST_NAMESPACES)
            continue
        elements, attributes = elements + 1, attributes + len(found.attrib)
        if elements > _MOST_ELEMENTS:
            raise SourceError("feed.many_elements", url=shown, most=_MOST_ELEMENTS)
        if len(found.attrib) > _MOST_ATTRIBUTES or attributes > _MOST_ATTRIBUTES_IN_ALL:
            raise SourceError("feed.many_attributes", url=shown, most=_MOST_ATTRIBUTES)
        if isinstance(found.tag, str) and len(written := found.text or "") > LONGEST_FIELD:
            parent = found.getparent()
            # A field stands directly in an entry or in the feed, and is no text of a piece.
            is_held = parent is not None and str(etree.QName(parent).localname).lower() in _HOLDERS
            if len(written) > LONGEST_TEXT:
                found.text = None
            elif is_held and etree.QName(found).localname not in _TEXTS:
                found.text = written[:LONGEST_FIELD]


def _is_cut_off(text: str, root: str) -> bool:
    """Whether XML ends before its outermost element does."""
    return re.search(rf"</(?:[\w.-]+:)?{re.escape(root)}\s*>", text[-_TAIL:]) is None


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
            day=_day(published, entry.get("published_parsed"), now),
            changed=updated or published,
            body=_body(entry),
            sections=_sections(entry.get("tags")),
        )


def _day(published: str, parsed: Any, now: datetime) -> date | None:
    """Return the day of a date; of the many forms that feedparser alone knows, the day in Greenwich."""
    day = entry_day(published, now)
    with suppress(TypeError, ValueError, OverflowError, OSError):
        return day or (entry_day(datetime.fromtimestamp(timegm(parsed), UTC).isoformat(), now) if parsed else None)
    return day


def _body(entry: Mapping[str, Any]) -> str | None:
    contents = [_text(content.get("value")) for content in entry.get("content") or ()]
    for content in sorted(contents, key=len, reverse=True):
        if whole := as_full_text(content):
            return whole
    return as_full_text(_text(entry.get("summary")), is_description=True)


def _sections(tags: object) -> tuple[str, ...]:
    """List the names of an entry's categories, by their labels and terms."""
    named = [tag for tag in tags[:MOST_SECTIONS] if isinstance(tag, dict)] if isinstance(tags, list) else []
    texts = (_text(tag.get(name))[:LONGEST_FIELD] for tag in named for name in ("label", "term"))
    return tuple(dict.fromkeys(filter(None, map(one_line, texts))))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def read_sitemap(text: str, url: str, shown: str, now: datetime) -> ParsedFeed:
    """Read a sitemap or an index of sitemaps; raise SourceError where nothing of it can be read."""
    etree: Any = import_module("lxml.etree")  # an extra, see `check_extra`
    entries, sitemaps, linkless = list[FeedEntry](), list[ListedSitemap](), 0
    try:
        for name, fields in _listed(etree, text, shown):
            link = entry_link(fields.get("loc", ""), url)
            if link is None:
                linkless += 1
            elif name == "sitemap":
                sitemaps.append(ListedSitemap(link, fields.get("lastmod", "")))
            else:
                published = fields.get("publication_date", "")
                # Of a page that is no news, the last change says nothing about the day of publication.
                day, changed = entry_day(published, now), fields.get("lastmod", "") or published
                sections = tuple(filter(None, map(one_line, _COMMAS.split(fields.get("keywords", ""))[:MOST_SECTIONS])))
                entries.append(FeedEntry(link, one_line(fields.get("title", "")), day, changed, sections=sections))
            if len(entries) + len(sitemaps) >= MOST_ENTRIES:
                break
    except (etree.LxmlError, ValueError) as error:
        raise SourceError("feed.unreadable", url=shown) from error
    if is_short := _is_cut_off(text, "sitemapindex" if sitemaps else "urlset"):
        entries, sitemaps = entries[:-1], sitemaps[:-1]
    return ParsedFeed(tuple(entries), sitemaps=tuple(sitemaps), linkless=linkless, is_cut_off=is_short)


def _listed(etree: Any, text: str, shown: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each `url` and `sitemap` with its fields, and forget it: 50 MB as a tree would take ten times as much."""
    stream = io.BytesIO(text.encode("utf-8", "replace"))
    parsing = etree.iterparse(stream, events=("end",), **XML_OPTIONS)
    for number, (_, element) in enumerate(parsing):
        if number > _MOST_SITEMAP_ELEMENTS:
            raise SourceError("feed.many_elements", url=shown, most=_MOST_SITEMAP_ELEMENTS)
        if etree.QName(element).localname not in {"url", "sitemap"}:
            continue
        fields = dict[str, str]()
        # Pictures and films have titles and links of their own.
        for child in (*element, *(inner for news in element.iterchildren("{*}news") for inner in news)):
            if isinstance(child.tag, str):
                fields.setdefault(etree.QName(child).localname, (child.text or "").strip()[:LONGEST_FIELD])
        yield etree.QName(element).localname, fields
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
