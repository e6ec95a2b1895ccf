"""All visible blocks of a page, with the roles that its elements' tags, names and links give them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.articles.article import Block
from bot.articles.characters import one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHROME_TAGS = frozenset({"nav", "footer", "button", "menu", "dialog"})
_WHOLE = frozenset({"html", "body", "main", "article"})  # their names are those of all that they may have
_CHROME_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar", "dialog", "alertdialog"})
_CHROME_NAMES = re.compile(r"comment|cookie|consent|newsletter|share|sharing|social|breadcrumb|pagination")
_STANDFIRST_NAMES = re.compile(
    r"(?:^|[\s_-])(?:stand-?first|lead|lede|sub-?title|sub-?head(?:line|ing)?|summary|excerpt|deck|dek|intro|chapo)(?:$|[\s_-])"
)
_OTHER_NAMES = re.compile(r"caption|image|photo|picture|video|media|credit|author")
_CAPTION_NAMES = re.compile(r"(?<![a-z])(?<!has-)(?<!with-)(?<!no-)captions?(?![a-z])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

# Elements that HTML's standard style sheet lays out as blocks; any other stands in a line, those of a site's own too.
_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|br|button|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|"
    "figcaption|figure|footer|form|frameset|h[1-6]|header|hgroup|hr|html|legend|li|listing|main|menu|nav|ol|p|plaintext|pre|"
    "search|section|summary|table|tbody|tfoot|thead|tr|ul|xmp"
)
_CELLS = frozenset({"td", "th"})
UNSEEN = frozenset(
    (
        *("head", "script", "style", "noscript", "template", "svg", "math", "iframe"),
        *("object", "select", "datalist", "textarea", "audio", "video", "canvas"),
    )
)
"""Tags of elements whose text a page does not show."""


def is_inline(tag: str) -> bool:
    """Whether elements of a tag stand in a line of text."""
    return not (tag in _CELLS or tag in UNSEEN or _BLOCKS.fullmatch(tag))


def element_names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()


@dataclass(frozen=True, slots=True)
class PageBlock(Block):
    """A block of a page with its roles.

    `linked`: most of it is a link; `chrome`: it stands in a site's navigation, footer, comments or the like; `caption`:
    in a figcaption or an element named so; `header`: in a header; `standfirst`: in an element named so.
    """

    linked: bool = False
    chrome: bool = False
    caption: bool = False
    header: bool = False
    standfirst: bool = False


def read_page_blocks(
    tree: HtmlElement, foreign: Collection[HtmlElement] = (), *, between_cells: str = " "
) -> list[PageBlock]:
    """List the blocks of a page, or of an element, in its order; what stands in `foreign` elements is chrome."""
    return list(_PageWalk(tree, foreign, between_cells).blocks())


class _PageWalk:
    """Goes through a page once, and knows in how many elements of a kind it is."""

    def __init__(self, tree: HtmlElement, foreign: Collection[HtmlElement], between_cells: str) -> None:
        self._tree, self._foreign, self._between_cells = tree, foreign, between_cells
        self._texts: list[str] = []
        self._linked = self._links = 0  # letters, elements
        self._depths = Counter[str]()

    def blocks(self) -> Iterator[PageBlock]:
        """Yield a block wherever an element that is not inline begins or ends."""
        for element, is_end in _events(self._tree):
            tag = element.tag
            if tag in _CELLS:
                self._texts.append(self._between_cells if is_end else " ")
            elif _BLOCKS.fullmatch(tag):
                yield from self._flush()
            self._count(element, -1 if is_end else 1)
            if is_end or tag not in UNSEEN:
                text = (element.tail if is_end else element.text) or ""
                self._texts.append(text)
                if self._links:
                    self._linked += _letters(text)
        yield from self._flush()

    def _count(self, element: HtmlElement, step: int) -> None:
        tag = element.tag
        self._links += step * (tag == "a" and not (element.get("href") or "#").startswith("#"))
        names = "" if tag in _WHOLE else element_names(element)
        is_site_chrome = (
            tag in _CHROME_TAGS
            or (element.get("role") or "").lower() in _CHROME_ROLES
            or _CHROME_NAMES.search(names) is not None
        )
        is_hidden = "hidden" in element.attrib or _HIDDEN.search(element.get("style") or "") is not None
        roles = {
            "heading": tag in {"h1", "h2", "h3", "h4", "h5", "h6"},
            "item": tag == "li",
            "chrome": is_site_chrome or is_hidden or element in self._foreign,
            "caption": tag == "figcaption" or _CAPTION_NAMES.search(names) is not None,
            "header": tag == "header",
            "standfirst": _STANDFIRST_NAMES.search(names) is not None and _OTHER_NAMES.search(names) is None,
        }
        self._depths.update({role: step * has_role for role, has_role in roles.items()})

    def _flush(self) -> Iterator[PageBlock]:
        text = "".join(self._texts)
        letters, linked = _letters(text), self._linked
        self._texts, self._linked = [], 0
        if line := one_line(text).strip(self._between_cells):
            roles = {role: depth > 0 for role, depth in self._depths.items()}
            yield PageBlock(line, linked=linked > 0 and linked >= 0.8 * letters, **roles)


def _events(tree: HtmlElement) -> Iterator[tuple[HtmlElement, bool]]:
    """Yield each element as it begins and as it ends; without recursion, since pages may be as deep as they like."""
    stack = [(tree, False)]
    while stack:
        element, is_end = stack.pop()
        if not isinstance(element.tag, str):
            continue
        yield element, is_end
        if not is_end:
            stack.append((element, True))
            if element.tag not in UNSEEN:
                stack += [(child, False) for child in reversed(element)]


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
