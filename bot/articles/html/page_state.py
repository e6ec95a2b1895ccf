"""The article in a page's own data: JSON-LD, and the state that scripts lay the page out from in the reader's browser.

It is read where the page itself shows no text. Whatever stands under a name of comments or other news is passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from bot.arabic import sentences
from bot.articles.marks import text_key

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_CHARACTERS, _MOST_VALUES, _DEEPEST = 4 * 1024 * 1024, 50_000, 40
_UNFOLDED_DEPTH = 4
_STATE = re.compile(
    r"(?:window|self|globalThis)?\.?\[?[\"']?[\w$.]{2,60}[\"']?\]?\s*=\s*(?:JSON\.parse\(\s*)?(?=[{\[\"])"
)
_KINDS = ("type", "@type", "__typename", "tag", "tagName", "kind")
_TEXTS = re.compile(r"body|content|text|html|value|paragraph|children|elements|blocks|data|model|story", re.IGNORECASE)
# By these parts of names: what others wrote, or other articles.
_FOREIGN = re.compile(
    r"comment|repl(?:y|ies)|discuss|react|review|related|recommend|latest|trending|most|popular|more|teaser|suggest|"
    r"sidebar|widget|promo|advert|sponsor|newsletter|subscri|footer|header|menu|nav|user|author|poll|translation|i18n|config",
    re.IGNORECASE,
)
_HEADINGS, _ITEMS = (
    re.compile(r"head(?:er|ing)|^h\d$|title|sub-?head", re.IGNORECASE),
    re.compile(r"list|item|^li$", re.IGNORECASE),
)
_MARKUP = re.compile(r"<(?:p|div|br|li|h\d)\b", re.IGNORECASE)
_LEAST_WORDS, _PARAGRAPH_WORDS = 40, 60
_LONGEST_PARAGRAPH = 150  # words; a longer one without a line's end is divided behind sentences


def state_article(tree: HtmlElement, title: str) -> str | None:
    """Return the article's text as HTML, from the data of a page with this title; None where there is none."""
    found = (text for record in _records(tree) for text in _Search(text_key(title)).texts(record))
    return max(found, default=None, key=_words)


def _records(tree: HtmlElement) -> Iterator[Any]:
    """Yield the JSON of scripts: of their own type, or assigned to a name."""
    for script in tree.iter("script"):
        text = (script.text or "").strip()
        if not 2 * _LEAST_WORDS < len(text) <= _MOST_CHARACTERS:
            continue
        start = None if "json" in (script.get("type") or "") else _STATE.search(text)
        if start is None and text[0] not in "{[":
            continue
        try:
            record, _ = json.JSONDecoder(strict=False).raw_decode(text, start.end() if start else 0)
            record = json.loads(record, strict=False) if isinstance(record, str) else record
        except (ValueError, RecursionError):
            continue
        yield _unfolded(record)


def _unfolded(record: Any) -> Any:
    """Write values out that stand for their place in a list, as Nuxt 3 has them."""
    if not isinstance(record, list) or not any(isinstance(each, dict) for each in record[:3]):
        return record
    tables = [
        each
        for each in record
        if isinstance(each, dict) and each and all(type(value) is int for value in each.values())
    ]

    left = _MOST_VALUES

    def value_at(place: Any, depth: int) -> Any:
        nonlocal left
        left -= 1
        value = record[place] if type(place) is int and 0 <= place < len(record) and left > 0 else None
        if isinstance(value, dict) and depth:
            return {name: value_at(inner, depth - 1) for name, inner in value.items()}
        if isinstance(value, list) and depth:
            return [value_at(inner, depth - 1) for inner in value]
        return value

    return [{name: value_at(place, _UNFOLDED_DEPTH) for name, place in table.items()} for table in tables] or record


class _Search:
    """Goes through a record once, within bounds, and yields the texts of articles in it."""

    def __init__(self, title: str) -> None:
        self._title, self._left = title, _MOST_VALUES

    def texts(self, value: Any, *, is_titled: bool = False, depth: int = 0) -> Iterator[str]:
        """Yield texts of some length, as HTML, under names of texts where the page's title stands beside them.

        Without that, a text may be another article's.
        """
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            return
        if isinstance(value, list):
            for each in value:
                yield from self.texts(each, is_titled=is_titled, depth=depth + 1)
        if not isinstance(value, dict) or _is_foreign(value):
            return
        titles = [text_key(value[name]) for name in ("headline", "title", "name") if isinstance(value.get(name), str)]
        if titles:
            is_titled = bool(self._title) and self._title in titles
        for name, inner in value.items():
            if _FOREIGN.search(name):
                continue
            if is_titled and _TEXTS.search(name) and _words(html := _as_html(inner)) >= _LEAST_WORDS:
                yield html
            yield from self.texts(inner, is_titled=is_titled, depth=depth + 1)


def _as_html(value: Any, kind: str = "", depth: int = 6) -> str:
    """Write a text, or blocks with a text each, as HTML; "" for anything else."""
    if isinstance(value, str):
        return _tagged(value, kind)
    if isinstance(value, list) and depth:
        return "\n".join(
            filter(None, (_as_html(each, kind, depth - 1) for each in value if isinstance(each, str | dict)))
        )
    if isinstance(value, dict) and depth and not _is_foreign(value):
        kind = _kind(value) or kind
        texts = (inner for name, inner in value.items() if _TEXTS.search(name) and not _FOREIGN.search(name))
        return next((html for inner in texts if (html := _as_html(inner, kind, depth - 1))), "")
    return ""


def _words(html: str) -> int:
    return len(html.split())


def _kind(value: dict[str, Any]) -> str:
    return next((kind for name in _KINDS if isinstance(kind := value.get(name), str)), "")


def _is_foreign(value: dict[str, Any]) -> bool:
    return _FOREIGN.search(_kind(value)) is not None and not _HEADINGS.search(_kind(value))


def _tagged(text: str, kind: str) -> str:
    if "&lt;" in text and not _MARKUP.search(text):
        text = unescape(text)
    if _MARKUP.search(text):
        return text
    tag = "h2" if _HEADINGS.search(kind) else "li" if _ITEMS.search(kind) else "p"
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "\n".join(
        f"<{tag}>{each if kind else escape(each, quote=False)}</{tag}>"
        for line in lines
        for each in _divided(unescape(line))
    )


def _divided(line: str) -> Iterator[str]:
    """Divide a line behind sentences where it is a whole article."""
    start = end = words = 0
    for span in sentences(line) if len(line.split()) > _LONGEST_PARAGRAPH else ():
        end, words = span.end, words + len(line[span.start : span.end].split())
        if words >= _PARAGRAPH_WORDS:
            yield line[start:end].strip()
            start, words = end, 0
    if rest := line[start:].strip():
        yield rest
