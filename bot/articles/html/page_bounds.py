"""Bounds on the elements, texts and metadata of a page: trafilatura takes time by the square of their number."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.articles.article import ArticleError, RejectionReason
from bot.articles.html.page_text import is_inline

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# News pages have one to six thousand. Hostile ones take time by the square of theirs: so many lists, four seconds.
MOST_ELEMENTS = 12_000
# The same of the texts between them: so many links with a word behind each, one second.
MOST_TEXTS = 16_000
# Inline elements, and links, of one block. Without their tags they are so many texts side by side, and libxml2 takes
# time by the square of these: of seven thousand, two seconds.
_MOST_INLINE, _MOST_LINKS = 300, 1000
MOST_ATTRIBUTES = 500  # chosen: ten times what the fullest elements of news have
# Characters: no name, title or address is longer, and a name takes time by the square of its length.
_LONGEST_ATTRIBUTE = 2048
_LONGEST_FACT = 1000
_MOST_METAS = 200
_MOST_SCRIPTS = 30
# Characters of JSON, and of what is meant to be JSON and is searched by patterns.
_LONGEST_JSON, _LONGEST_BROKEN = 256 * 1024, 8 * 1024
_BODIES = frozenset({"articleBody", "reviewBody", "text", "description"})
# What pages have and lxml does not take.
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_JSON = ".//script[@type='application/ld+json' or @type='application/settings+json']"


class AttributeBound:
    """Target of a parser that builds no tree: raises ArticleError where an element has more attributes than in news.

    To put them into a tree takes time by the square of their number.
    """

    def start(self, _: str, attributes: Mapping[str, str]) -> None:
        if len(attributes) > MOST_ATTRIBUTES:
            raise ArticleError(RejectionReason.TOO_LARGE, detail=f"{len(attributes)} HTML attributes")

    def close(self) -> None:
        """Return nothing at the end of the page."""


def limit_page(tree: HtmlElement) -> None:
    """Cut attributes, metadata and JSON that are longer than in news; raise ArticleError on too many elements."""
    elements = texts = 0
    for element in tree.iter():
        elements += 1
        texts += bool(element.text) + bool(element.tail)
        for name, value in element.items():
            if len(value) > _LONGEST_ATTRIBUTE:
                element.set(name, _NOT_IN_XML.sub("", value[:_LONGEST_ATTRIBUTE]))
    if elements > MOST_ELEMENTS:
        raise ArticleError(RejectionReason.TOO_LARGE, detail=f"{elements} HTML elements")
    if texts > MOST_TEXTS:
        raise ArticleError(RejectionReason.TOO_LARGE, detail=f"{texts} HTML texts")
    _unwrap_inline(tree)
    for number, meta in enumerate(tree.findall(".//meta")):
        fact = meta.get("content") or ""
        if number >= _MOST_METAS:
            meta.drop_tree()
        elif len(fact) > _LONGEST_FACT:
            meta.set("content", _NOT_IN_XML.sub("", fact[:_LONGEST_FACT]))
    for number, script in enumerate(tree.xpath(_JSON)):
        bound = _bound_json(script.text or "") if number < _MOST_SCRIPTS else None
        script.text = bound and _NOT_IN_XML.sub("", bound)


def _unwrap_inline(tree: HtmlElement) -> None:
    """Write the inline elements of a block as its text from some number on, and drop its links from a larger one on."""
    inside: dict[HtmlElement, int] = {}  # elements that hold none but inline ones, with their number
    for element in reversed(list(tree.iter())):
        counts = [inside.get(child) for child in element]
        count = sum(filter(None, counts))
        if is_inline(str(element.tag)) and None not in counts:
            inside[element] = 1 + count
        elif count > _MOST_INLINE:
            _keep_first(element, inside)


def _keep_first(block: HtmlElement, inside: Mapping[HtmlElement, int]) -> None:
    inline, links = _MOST_INLINE, _MOST_LINKS
    before, texts = None, [block.text or ""]
    for child in [*block]:
        count, is_link = inside.get(child, 0), child.tag == "a"
        if count <= (links if is_link else inline):
            _set_text(block, before, texts)
            before, texts = child, [child.tail or ""]
            inline, links = (inline, links - count) if is_link else (inline - count, links)
        else:
            # A list of links as plain text would no longer look like one.
            texts += [*(() if is_link else map(str, child.itertext())), child.tail or ""]
            block.remove(child)
    _set_text(block, before, texts)


def _set_text(block: HtmlElement, before: HtmlElement | None, texts: list[str]) -> None:
    if before is None:
        block.text = "".join(texts)
    else:
        before.tail = "".join(texts)


def _bound_json(text: str) -> str | None:
    """Cut the strings of JSON but for texts of articles; return None for what is too long."""
    if len(text) <= _LONGEST_FACT:
        return text
    if len(text) > _LONGEST_JSON:
        return None
    try:
        record = json.loads(text, strict=False)
        cut = _cut(record)
        return text if cut == record else json.dumps(cut, ensure_ascii=False, separators=(",", ":"))
    except (ValueError, RecursionError):
        return text if len(text) <= _LONGEST_BROKEN else None


def _cut(value: Any) -> Any:
    match value:
        case str():
            return value[:_LONGEST_FACT]
        case list():
            return [_cut(each) for each in value]
        case dict():
            return {name: each if name in _BODIES else _cut(each) for name, each in value.items()}
    return value
