"""An article extracted from a page by trafilatura, an extra that brings lxml and 30 MB, as blocks."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from bot.articles.article import ArticleError, Block, RejectionReason
from bot.articles.characters import one_line
from bot.articles.html.metadata import canonical_link, is_for_subscribers, is_update_day, page_language, published_day
from bot.articles.html.page_bounds import AttributeBound, limit_page
from bot.articles.html.page_text import PageBlock, read_page_blocks
from bot.articles.html.titles import OutletHints, plausible_site_name, read_title
from bot.articles.marks import BoilerplatePhrases
from bot.articles.validation import host_of

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

_BLOCK_TAGS = frozenset({"p", "head", "list", "item", "quote", "table", "row", "cell", "code", "div"})
# trafilatura writes code the same in a line and as a block.
_LINE_PARENTS = frozenset({"p", "head", "item", "cell"})
_LINE_BREAK = "\n\n"
_LARGE = 1 << 15  # bytes; whatever a smaller page has takes no time
# A year in a footer or a day in the text is no day of publication; better none than a wrong one. Of a day to come,
# without a far end of days, a part would be taken for the whole; `check` names such articles.
_DAYS = {"original_date": True, "extensive_search": False, "max_date": "2099-12-31"}

EXTRA = "import"


def extracted_blocks(body: _Element) -> Iterator[Block]:
    """Yield headings, paragraphs, list items and table rows in the order of the page."""
    for block in _blocks(body, heading=False, item=False):
        # Blogs write a page as one paragraph with line breaks in it, which show as empty lines.
        for text in filter(None, map(one_line, block.text.split(_LINE_BREAK))):
            yield Block(text, block.heading, block.item)


def _blocks(element: _Element, *, heading: bool, item: bool) -> Iterator[Block]:
    """Yield the blocks of an element; text that stands loose among them is a block too."""
    # A row that holds blocks lays out the page; any other is one of figures.
    if element.tag == "row" and not any(child.tag in _BLOCK_TAGS for cell in element.iter("cell") for child in cell):
        cells = (one_line(_inline(cell)) for cell in element.iter("cell"))
        yield Block(" | ".join(filter(None, cells)), item=True)
        return
    loose = [element.text or ""]
    for child in element:
        if child.tag in _BLOCK_TAGS and not (child.tag == "code" and element.tag in _LINE_PARENTS):
            yield Block("".join(loose), heading, item)
            yield from _blocks(child, heading=child.tag == "head", item=child.tag == "item")
            loose = [child.tail or ""]
        else:
            loose += [_inline(child), child.tail or ""]
    yield Block("".join(loose), heading, item)


def _inline(element: _Element) -> str:
    """Join the text of an element; a line break shows as an empty line."""
    if element.tag == "lb":
        return _LINE_BREAK
    return (element.text or "") + "".join(_inline(child) + (child.tail or "") for child in element)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a page or feed claims to be and is not: another's name, a link of another site, or both."""

    outlet: str | None
    link: str | None = None

    def __str__(self) -> str:
        """Write both."""
        return " ".join(filter(None, (self.outlet, self.link)))


@dataclass(frozen=True, slots=True)
class ExtractedPage:
    """The blocks and the metadata of a page, and whether the page says that it is for subscribers.

    `blocks` are those that trafilatura took for the article, `page_blocks` all visible ones of the page.
    """

    title: str
    blocks: tuple[Block, ...]
    page_blocks: tuple[PageBlock, ...]
    outlet: str | None
    url: str | None
    claim: Claim | None
    author: str | None
    published: str | None
    language: str | None
    description: str
    for_subscribers: bool


def extract_page(
    html: str, phrases: BoilerplatePhrases, url: str | None = None, sites: Collection[str] = ()
) -> ExtractedPage:
    """Extract the article of a page, which came from `url` and may speak for `sites`, too; or raise ArticleError."""
    trafilatura, parsing = _library()
    tree = _parse(html, parsing)
    page_blocks = tuple(read_page_blocks(tree))
    found = _extracted(trafilatura, tree, url)
    if found is None:
        raise ArticleError(RejectionReason.NO_BODY)
    link, foreign = canonical_link(tree, url, sites)
    site = plausible_site_name(one_line(found.sitename or ""), html)
    headings = {block.text for block in page_blocks if block.heading}
    title, name = read_title(
        tree, one_line(found.title or ""), headings, OutletHints(site, link, phrases.outlet_openings)
    )
    # Where a page names no outlet, the host is taken for it.
    outlet = name if name and "." in (site or ".") else site
    claim = Claim(outlet, foreign) if foreign else None
    if claim is not None:
        outlet = host_of(link or "") or None
    published = found.date
    if published and is_update_day(published, html, (block.text for block in page_blocks), phrases.updates):
        published = None
    if not published and (day := published_day(tree, phrases.updates)):
        published = day.isoformat()
    return ExtractedPage(
        title=title,
        blocks=tuple(extracted_blocks(found.body)),
        page_blocks=page_blocks,
        outlet=outlet,
        url=link,
        claim=claim,
        author=one_line(found.author or "") or None,
        published=published,
        language=page_language(tree),
        description=one_line(found.description or ""),
        for_subscribers=is_for_subscribers(html),
    )


def visible_blocks(html: str) -> tuple[PageBlock, ...]:
    """Return the visible blocks of a page, also of one without an article; none of what cannot be parsed."""
    _, parsing = _library()
    try:
        return tuple(read_page_blocks(_parse(html, parsing)))
    except ArticleError:
        return ()


def page_link(html: str, url: str | None = None) -> str | None:
    """Return the link of a page without extracting its article, or raise ArticleError."""
    _, parsing = _library()
    return canonical_link(_parse(html, parsing), url)[0]


def _library() -> tuple[Any, Any]:
    """Import trafilatura and lxml's parser when a page is read; raise ArticleError where the extra is not installed."""
    try:
        trafilatura, parser = import_module("trafilatura"), import_module("lxml.html")
    except ImportError as error:
        raise ArticleError(RejectionReason.NO_EXTRA, detail=EXTRA) from error
    # A rejection says already what they would log.
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return trafilatura, parser


def _extracted(trafilatura: Any, tree: HtmlElement, url: str | None) -> Any:
    try:
        return trafilatura.bare_extraction(
            tree, url=url, include_comments=False, with_metadata=True, date_extraction_params=_DAYS
        )
    except Exception as error:  # whatever the library does not expect in one page, the others load
        raise ArticleError(RejectionReason.NO_BODY) from error


def _parse(html: str, parsing: Any) -> HtmlElement:
    # Bytes of a known encoding: a page's own word about it is settled by now.
    options = {"encoding": "utf-8", "remove_comments": True, "remove_pis": True, "no_network": True}
    data = html.encode("utf-8", "replace")
    try:
        if len(data) > _LARGE:
            parsing.etree.fromstring(data, parsing.etree.HTMLParser(target=AttributeBound(), **options))
        tree = parsing.document_fromstring(data, parser=parsing.HTMLParser(**options))
    except parsing.etree.LxmlError as error:
        raise ArticleError(RejectionReason.NO_BODY) from error
    limit_page(tree)
    return tree
