"""An article extracted from a page by trafilatura, an extra that brings lxml and 30 MB, as blocks."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from bot.articles.article import ArticleError, Block, RejectionReason
from bot.articles.characters import one_line
from bot.articles.html.foreign_sections import foreign_sections
from bot.articles.html.metadata import canonical_link, is_for_subscribers, is_update_day, page_language, published_day
from bot.articles.html.page_bounds import AttributeBound, limit_page
from bot.articles.html.page_state import state_article
from bot.articles.html.page_text import PageBlock, read_page_blocks
from bot.articles.html.prose import is_paywall_notice, is_prose
from bot.articles.html.titles import OutletHints, plausible_site_name, read_title
from bot.articles.marks import BoilerplatePhrases
from bot.articles.site_rules import SiteRule, rule_of, selector_xpath
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

_SHOWN_WORDS = 40  # chosen: a page of news has more, and one that is laid out in the browser a notice

_LIVE = "//script[contains(., 'LiveBlogPosting')] | //*[contains(@itemtype, 'LiveBlogPosting')]"


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
        return " ".join(filter(None, (self.outlet, self.link)))


@dataclass(frozen=True, slots=True)
class ExtractedPage:
    """The blocks and the metadata of a page, and whether the page says that it is for subscribers.

    `blocks` are those that trafilatura took for the article, `page_blocks` all visible ones of the page; `fields` are
    those of an article besides its title.
    """

    title: str
    fields: Mapping[str, str | None]
    blocks: Sequence[Block]
    page_blocks: tuple[PageBlock, ...]
    claim: Claim | None
    description: str
    for_subscribers: bool


def extract_page(html: str, phrases: BoilerplatePhrases, url: str | None, sites: Collection[str]) -> ExtractedPage:
    """Extract the article of a page, which came from `url` and may speak for `sites`, too; or raise ArticleError."""
    tree = page_tree(html)
    found = _metadata(tree, url)
    link, foreign = canonical_link(tree, url, sites)
    text = _ArticleText(tree, phrases, rule_of(phrases.sites, host_of(link or url or "")))
    text.read(url)
    is_walled = is_for_subscribers(html) or any(is_paywall_notice(block.text, phrases) for block in text.page_blocks)
    if not (text.is_shown or is_walled) and (written := state_article(tree, one_line(found.title or ""))):
        page = f"<html><body><article>{written}</article></body></html>"
        text.page_blocks = text.blocks = read_page_blocks(page_tree(page))
    if not text.blocks:
        raise ArticleError(RejectionReason.NO_BODY)
    site = plausible_site_name(one_line(found.sitename or ""), html)
    headings = {block.text for block in text.whole if block.heading}
    title, name = read_title(
        tree, one_line(found.title or ""), headings, OutletHints(site, link, phrases.outlet_openings)
    )
    # Where a page names no outlet, the host is taken for it.
    outlet = name if name and "." in (site or ".") else site
    claim = Claim(outlet, foreign) if foreign else None
    if claim is not None:
        outlet = host_of(link or "") or None
    published = found.date
    if published and is_update_day(published, html, (block.text for block in text.whole), phrases.updates):
        published = None
    if not published and (day := published_day(tree, phrases.updates)):
        published = day.isoformat()
    return ExtractedPage(
        title=title,
        fields={
            "outlet": outlet,
            "url": link,
            "author": one_line(found.author or "") or None,
            "published": published,
            "language": page_language(tree),
        },
        blocks=text.blocks,
        page_blocks=tuple(text.page_blocks),
        claim=claim,
        description=one_line(found.description or ""),
        for_subscribers=is_for_subscribers(html),
    )


def visible_blocks(html: str) -> tuple[PageBlock, ...]:
    """Return the visible blocks of a page, also of one without an article; none of what cannot be parsed."""
    try:
        return tuple(read_page_blocks(page_tree(html)))
    except ArticleError:
        return ()


def page_link(html: str, url: str | None) -> str | None:
    """Return the link of a page without extracting its article, or raise ArticleError."""
    return canonical_link(page_tree(html), url)[0]


def page_tree(html: str) -> HtmlElement:
    """Parse a page within bounds, or raise ArticleError, also where the extra is not installed."""
    try:
        parsing: Any = import_module("lxml.html")
        import_module("trafilatura")
    except ImportError as error:
        raise ArticleError(RejectionReason.NO_EXTRA, detail="import") from error
    # A rejection says already what they would log.
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
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


class _ArticleText:
    """The article's blocks on a page, those of the page around them, and all of the page: `whole`.

    Where a site's rule finds its text, nothing else is of the page.
    """

    def __init__(self, tree: HtmlElement, phrases: BoilerplatePhrases, rule: SiteRule | None) -> None:
        gone = [each for selector in (rule.without if rule else ()) for each in tree.xpath(selector_xpath(selector))]
        self._outside = {*foreign_sections(tree, phrases), *gone}
        self.whole = self.page_blocks = read_page_blocks(tree, self._outside)
        self.blocks: Sequence[Block] = ()
        self._tree = tree
        self._is_live = bool(tree.xpath(_LIVE))
        self._boxes: list[HtmlElement] = []
        if rule is not None and rule.text:
            found = tree.xpath(selector_xpath(rule.text))
            self._boxes = [each for each in found if not set(each.iterancestors()) & {*found}]

    def read(self, url: str | None) -> None:
        """Take the blocks out of a site's own text, or else of all that trafilatura takes for it."""
        of_rule = [block for box in self._boxes for block in read_page_blocks(box, self._outside, between_cells=" | ")]
        if any(is_prose(block) and not block.chrome for block in of_rule):
            self.page_blocks = of_rule
            self.blocks = [block for block in of_rule if not (block.chrome or block.caption)]
            return
        for element in self._outside:
            if element.getparent() is not None:
                element.drop_tree()
        # Of several articles the first alone would be taken, and each entry of a live blog is one.
        for element in self._tree.xpath("//article") if self._is_live else ():
            element.tag = "section"
        self.blocks = _article_blocks(self._tree, url)

    @property
    def is_shown(self) -> bool:
        """Whether the page shows more than a sentence or two of text."""
        shown = (block for block in self.page_blocks if not (block.chrome or block.linked) and is_prose(block))
        return sum(len(block.text.split()) for block in shown) >= _SHOWN_WORDS


def _metadata(tree: HtmlElement, url: str | None) -> Any:
    """Read a page's metadata as trafilatura does, of a copy: it takes apart what it reads."""
    try:
        return import_module("trafilatura.metadata").extract_metadata(deepcopy(tree), url, _DAYS, extensive=False)
    except Exception as error:  # whatever the library does not expect in one page, the others load
        raise ArticleError(RejectionReason.NO_BODY) from error


def _article_blocks(tree: HtmlElement, url: str | None) -> list[Block]:
    """Extract the blocks of an article; none where the library finds none."""
    try:
        found = import_module("trafilatura").bare_extraction(tree, url=url, include_comments=False)
    except Exception as error:
        raise ArticleError(RejectionReason.NO_BODY) from error
    return [*extracted_blocks(found.body)] if found is not None else []
