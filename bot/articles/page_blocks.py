"""Cuts into blocks what trafilatura leaves of a page: p, head, list and item, quote, table, row and cell elements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.articles.block import Block
from bot.articles.cleaning import one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCK_TAGS = frozenset({"p", "head", "list", "item", "quote", "table", "row", "cell", "code", "div"})
_LINE_BREAK = "\n\n"


def page_blocks(body: _Element) -> Iterator[Block]:
    """Yield headings, paragraphs, list items and table rows in the order of the page."""
    for block in _blocks(body, heading=False, item=False):
        for text in _parts(block.text):
            yield Block(text, block.heading, block.item)


def _blocks(element: _Element, *, heading: bool, item: bool) -> Iterator[Block]:
    """Yield the blocks of an element; text that stands loose among them is a block too."""
    if element.tag == "row" and not _holds_blocks(element):
        cells = (one_line(_inline(cell)) for cell in element.iter("cell"))
        yield Block(" | ".join(filter(None, cells)), item=True)
        return
    loose = [element.text or ""]
    for child in element:
        if child.tag in _BLOCK_TAGS:
            yield Block("".join(loose), heading, item)
            yield from _blocks(child, heading=child.tag == "head", item=child.tag == "item")
            loose = [child.tail or ""]
        else:
            loose += [_inline(child), child.tail or ""]
    yield Block("".join(loose), heading, item)


def _holds_blocks(row: _Element) -> bool:
    """Tell a row of a table that lays out the page from a row of figures."""
    return any(child.tag in _BLOCK_TAGS for cell in row.iter("cell") for child in cell)


def _inline(element: _Element) -> str:
    """Join the text of an element; a line break shows as an empty line."""
    if element.tag == "lb":
        return _LINE_BREAK
    return (element.text or "") + "".join(_inline(child) + (child.tail or "") for child in element)


def _parts(text: str) -> Iterator[str]:
    """Part text at its empty lines: blogs write a page as one paragraph with line breaks in it."""
    yield from filter(None, map(one_line, text.split(_LINE_BREAK)))
