"""What the elements of a page say, by kind and name, of the text in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_AROUND = frozenset({"nav", "footer", "button", "menu", "dialog"})
_WHOLE = frozenset({"html", "body", "main", "article"})  # their names are those of all that they may have
_ROLES_AROUND = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar", "dialog", "alertdialog"})
_NAMES_AROUND = re.compile(r"comment|cookie|consent|newsletter|share|sharing|social|breadcrumb|pagination")
_NAMES_LEAD = re.compile(
    r"(?:^|[\s_-])(?:stand-?first|lead|lede|sub-?title|sub-?head(?:line|ing)?|summary|excerpt|deck|dek|intro)(?:$|[\s_-])"
)
_NAMES_NO_LEAD = re.compile(r"caption|image|photo|picture|video|media|credit|author")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def is_lead(element: HtmlElement) -> bool:
    """Tell whether an element is called a standfirst."""
    names = _names(element)
    named = _NAMES_LEAD.search(names) is not None and _NAMES_NO_LEAD.search(names) is None
    return named and element.tag not in _WHOLE


def is_around(element: HtmlElement) -> bool:
    """Tell whether an element is around every article of a site, or hidden."""
    names = _names(element)
    return (
        element.tag in _AROUND
        or (element.get("role") or "").lower() in _ROLES_AROUND
        or "hidden" in element.attrib
        or (element.tag not in _WHOLE and _NAMES_AROUND.search(names) is not None)
        or _HIDDEN.search(element.get("style") or "") is not None
    )


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()
