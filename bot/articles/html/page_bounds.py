"""Bounds on the elements, texts and metadata of a page: trafilatura takes time by the square of their number."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.articles.article import ArticleError, RejectionReason

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# News pages have one to six thousand. Hostile ones take time by the square of theirs: so many lists, four seconds.
MOST_ELEMENTS = 12_000
# The same of the texts between them: so many links with a word behind each, one second.
MOST_TEXTS = 16_000
# Characters: no name, title or address is longer, and a name takes time by the square of its length.
_LONGEST_ATTRIBUTE = 2048
_LONGEST_FACT = 1000
_MOST_METAS = 200
_MOST_SCRIPTS = 30
# Characters of JSON, and of what is meant to be JSON and is searched by patterns.
_LONGEST_JSON, _LONGEST_BROKEN = 256 * 1024, 8 * 1024
_BODIES = frozenset({"articleBody", "reviewBody", "text", "description"})
_JSON = ".//script[@type='application/ld+json' or @type='application/settings+json']"


def limit_page(tree: HtmlElement) -> None:
    """Cut attributes, metadata and JSON that no page of news has as long; raise ArticleError on too many elements."""
    elements = texts = 0
    for element in tree.iter():
        elements += 1
        texts += bool(element.text) + bool(element.tail)
        for name, value in element.items():
            if len(value) > _LONGEST_ATTRIBUTE:
                element.set(name, value[:_LONGEST_ATTRIBUTE])
    if elements > MOST_ELEMENTS:
        raise ArticleError(RejectionReason.TOO_LARGE, detail=f"{elements} HTML elements")
    if texts > MOST_TEXTS:
        raise ArticleError(RejectionReason.TOO_LARGE, detail=f"{texts} HTML texts")
    for number, meta in enumerate(tree.findall(".//meta")):
        fact = meta.get("content") or ""
        if number >= _MOST_METAS:
            meta.drop_tree()
        elif len(fact) > _LONGEST_FACT:
            meta.set("content", fact[:_LONGEST_FACT])
    for number, script in enumerate(tree.xpath(_JSON)):
        script.text = _bound_json(script.text or "") if number < _MOST_SCRIPTS else None


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
