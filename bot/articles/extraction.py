"""Extracts an article from a web page through trafilatura, which is an extra: it brings lxml and takes 30 MB."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from bot.articles.article import RejectionReason
from bot.articles.block import Block
from bot.articles.cleaning import one_line
from bot.articles.errors import ArticleError
from bot.articles.marks import Marks
from bot.articles.page_blocks import page_blocks
from bot.articles.page_bounds import bound
from bot.articles.page_fields import (
    canonical_link,
    day_of,
    is_day_of_change,
    is_for_subscribers,
    language_of,
)
from bot.articles.page_text import SeenBlock, seen_blocks
from bot.articles.page_title import Outlet, site_named, title_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

EXTRA = "import"


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page in blocks, what it says about itself, and whether it says that it is for subscribers.

    `blocks` are those of the article, `seen` those of all the page.
    """

    title: str
    blocks: tuple[Block, ...]
    seen: tuple[SeenBlock, ...]
    outlet: str | None
    url: str | None
    author: str | None
    published: str | None
    language: str | None
    description: str
    for_subscribers: bool


def extract(html: str, marks: Marks, url: str | None = None) -> PageText:
    """Extract the article of a page, which came from `url`, or raise ArticleError."""
    trafilatura, parsing = _library()
    tree = _parse(html, parsing)
    seen = tuple(seen_blocks(tree))
    found = _extracted(trafilatura, tree, url)
    if found is None:
        raise ArticleError(RejectionReason.NO_BODY)
    link = canonical_link(tree, url)
    site = site_named(one_line(found.sitename or ""), html)
    headings = {block.text for block in seen if block.heading}
    title, name = title_of(tree, one_line(found.title or ""), headings, Outlet(site, link, marks.outlet_openings))
    # Where a page names no outlet, the host is taken for it.
    outlet = name if name and "." in (site or ".") else site
    published = found.date
    if published and is_day_of_change(published, html, (block.text for block in seen), marks.updates):
        published = None
    if not published and (day := day_of(tree, marks.updates)):
        published = day.isoformat()
    return PageText(
        title=title,
        blocks=tuple(page_blocks(found.body)),
        seen=seen,
        outlet=outlet,
        url=link,
        author=one_line(found.author or "") or None,
        published=published,
        language=language_of(tree),
        description=one_line(found.description or ""),
        for_subscribers=is_for_subscribers(html),
    )


def link_of(html: str, url: str | None = None) -> str | None:
    """Return the link of a page without extracting its article, or raise ArticleError."""
    _, parsing = _library()
    return canonical_link(_parse(html, parsing), url)


def _library() -> tuple[Any, Any]:
    """Import trafilatura and lxml's parser when a page is read; raise ArticleError where the extra is not installed."""
    try:
        trafilatura, parser = import_module("trafilatura"), import_module("lxml.html")
    except ImportError as error:
        raise ArticleError(RejectionReason.NO_EXTRA, detail=EXTRA) from error
    # What they would say in the log, a rejection says to whom it concerns.
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return trafilatura, parser


def _extracted(trafilatura: Any, tree: HtmlElement, url: str | None) -> Any:
    # A year in a footer or a day in the text is no day of publication; better none than a wrong one.
    # Of a day to come, without a far end of days, a part would be taken for the whole; `check` names such articles.
    days = {"original_date": True, "extensive_search": False, "max_date": "2099-12-31"}
    try:
        return trafilatura.bare_extraction(
            tree, url=url, include_comments=False, with_metadata=True, date_extraction_params=days
        )
    except Exception as error:  # whatever the library does not expect in one page, the others load
        raise ArticleError(RejectionReason.NO_BODY) from error


def _parse(html: str, parsing: Any) -> HtmlElement:
    # Bytes of a known encoding: a page's own word about it is settled by now.
    parser = parsing.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = parsing.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except parsing.etree.LxmlError as error:
        raise ArticleError(RejectionReason.NO_BODY) from error
    bound(tree)
    return tree
