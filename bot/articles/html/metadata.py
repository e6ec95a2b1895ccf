"""Metadata of a page, saved or fetched: its link, language, day of publication, and whether it is for subscribers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from bot.arabic import dates
from bot.articles.characters import one_line
from bot.articles.marks import fold, opens_with
from bot.articles.validation import site_of, web_address

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CANONICAL = "//link[contains(concat(' ', normalize-space(@rel), ' '), ' canonical ')]/@href"
_OPEN_GRAPH = "//meta[@property='og:url']/@content"
_DAYS = "//time | //*[contains(@class, 'date') or contains(@class, 'time') or contains(@class, 'publish')]"
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igshid|mc_[ce]id", re.IGNORECASE)
# Outlets that sell their articles mark them so for search engines, where the text is cut off and where it is not.
_NOT_FREE = re.compile(r"\"isAccessibleForFree\"\s*:\s*\"?false", re.IGNORECASE)
# Chrome and Edge write the first of these into a page that they save, the extension SingleFile the second.
_SAVED_FROM = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(\S+)", re.IGNORECASE)
_BEGINNING = 4096  # characters
_LONGEST_DAY = 60  # characters; a line with the day of publication, not a paragraph with one
_MOST_DAYS = 40  # elements


def saved_page_link(html: str) -> str | None:
    """Return the link that a browser noted in a page when it saved the page."""
    match = _SAVED_FROM.search(html, 0, _BEGINNING)
    return web_address(match[1]) if match else None


def canonical_link(tree: HtmlElement, url: str | None, sites: Collection[str] = ()) -> tuple[str | None, str | None]:
    """Return the link that a page gives for itself, or else the one it came from, without marks of tracking.

    A page that came from a link is believed on the site of that and on `sites`; the second link is one of another site
    that it claims for its own.
    """
    given = [_absolute(str(link), url) for link in (*tree.xpath(_CANONICAL), *tree.xpath(_OPEN_GRAPH))]
    # Some sites name their home page in every page: then all their articles would be one.
    links = [link for link in given if link and (urlsplit(link).path not in {"", "/"} or urlsplit(link).query)]
    own = [link for link in links if url is None or site_of(link) in {site_of(url), *sites} - {None}]
    foreign = next((link for link in links if link not in own), None)
    return next(iter(own), None) or (_absolute(url, None) if url else None), foreign


def _absolute(link: str, base: str | None) -> str | None:
    with suppress(ValueError):  # a broken IPv6 host
        return web_address(without_tracking(urljoin(base or "", link.strip())))
    return None


def without_tracking(url: str) -> str:
    """Drop the parts of a link that say where a reader came from, and its fragment."""
    parts = urlsplit(url)
    if _TRACKING.search(parts.query):
        query = parse_qsl(parts.query, keep_blank_values=True)
        parts = parts._replace(query=urlencode([pair for pair in query if not _TRACKING.fullmatch(pair[0])]))
    return urlunsplit(parts._replace(fragment=""))


def page_language(tree: HtmlElement) -> str | None:
    """Return the language that a page says it is in, as ISO 639 code."""
    match = re.match(r"[a-z]{2,3}(?=[-_]|$)", (tree.get("lang") or "").strip().lower())
    return match[0] if match else None


def published_day(tree: HtmlElement, updates: tuple[str, ...] = ()) -> date | None:
    """Read the day of publication as a page shows it to its readers: the first full date in a line of its own.

    What opens with one of the `updates` is the day of a change.
    """
    for element in tree.xpath(_DAYS)[:_MOST_DAYS]:
        text = one_line(element.text_content()[: _LONGEST_DAY + 1])
        if len(text) > _LONGEST_DAY or opens_with(fold(text), updates):
            continue
        if day := full_day(text):
            return day
    return None


def full_day(text: str) -> date | None:
    """Return the first day of a text that has its month and year."""
    for found in dates(text):
        if found.year and found.month and found.day:
            with suppress(ValueError):  # the 31st of a short month
                return date(found.year, found.month, found.day)
    return None


def is_update_day(day: str, html: str, lines: Iterable[str], updates: tuple[str, ...]) -> bool:
    """Whether a page has a day (ISO 8601) nowhere but in a line that says when it was changed."""
    for line in lines:
        if len(line) <= _LONGEST_DAY and opens_with(fold(line), updates) and html.count(day) <= line.count(day):
            year, month, number = map(int, day.split("-"))
            if any((found.year, found.month, found.day) == (year, month, number) for found in dates(line)):
                return True
    return False


def is_for_subscribers(html: str) -> bool:
    """Whether a page says to search engines that not everybody may read it whole."""
    return _NOT_FREE.search(html) is not None
