"""Feeds in JSON: JSON Feed 1.0 and 1.1, and the posts of WordPress's REST interface."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timezone
from html import escape
from typing import Any

from bot.articles.characters import one_line
from bot.articles.feeds.feed_entry import LONGEST_FIELD, MOST_ENTRIES, FeedEntry, ParsedFeed, entry_day, entry_link
from bot.articles.feeds.full_text import LONGEST_TEXT, as_full_text, without_markup
from bot.articles.sources import SourceError

_BLANK_LINES = re.compile(r"\n\s*\n")


def read_json_feed(text: str, url: str, shown: str, now: datetime) -> ParsedFeed:
    """Read a feed in JSON; raise SourceError where it is none of the two that are known."""
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
        yield FeedEntry(
            link=link,
            title=one_line(_text(item.get("title"))),
            day=entry_day(published, now),
            changed=modified or published,
            body=as_full_text(
                _text(item.get("content_html"), LONGEST_TEXT + 1)
                or _as_html(_text(item.get("content_text"), LONGEST_TEXT + 1))
            ),
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
        )


def _zoned(local: str, greenwich: str) -> str:
    """Write a site's own date, whose day its readers see, with the zone that the same moment in Greenwich tells."""
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


def _as_html(text: str) -> str:
    """Write plain text with blank lines between its paragraphs as HTML."""
    return "".join(f"<p>{escape(part)}</p>" for part in _BLANK_LINES.split(text) if part.strip())
