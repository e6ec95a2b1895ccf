"""The title of an article without its outlet's name."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.articles.characters import one_line
from bot.articles.marks import fold, opens_with, text_key

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_META_TITLES = "//meta[@property='og:title' or @name='og:title' or @name='twitter:title']/@content"
# White space is tried once, from its beginning.
_SPACE = r"(?<!\s)\s++"
_BARS = re.compile(rf"(?:{_SPACE})?+\|++\s*+|{_SPACE}[»›•·]++\s++")
_BETWEEN = re.compile(rf"{_BARS.pattern}|{_SPACE}[\-–—:]++\s++")
_LONGEST = 500  # characters; a hostile title has thousands of parts
_OUTLET_WORDS = 4
_LABEL_WORDS = 3
_MORE_WORDS = 2  # a headline has more than a label beside it


@dataclass(frozen=True, slots=True)
class OutletHints:
    """Hints at the outlet of a page: its name, the page's link, and the words that names of outlets begin with."""

    name: str | None
    url: str | None
    words: tuple[str, ...]

    def is_named(self, text: str) -> bool:
        """Whether a text is the name that the page or its host has."""
        host = ""
        with suppress(ValueError):  # a broken IPv6 host
            host = (urlsplit(self.url or "").hostname or "").removeprefix("www.")
        return text_key(text) in {*map(text_key, (self.name or "", host, host.partition(".")[0]))} - {""}

    def looks_named(self, text: str) -> bool:
        """Whether a text has the form of an outlet's name."""
        return 1 < len(text.split()) <= _OUTLET_WORDS and opens_with(fold(text), self.words)


@dataclass(frozen=True, slots=True)
class _Split:
    """A title parted into one end and the rest."""

    end: str
    rest: str
    separator: str
    is_first: bool


def plausible_site_name(found: str, html: str) -> str | None:
    """Return the site's name that an extraction found, unless it is a part of the title that is taken for a host."""
    is_host_or_name = "." not in found or " " not in found or f'"{found}"' in html or f"'{found}'" in html
    return found if found and is_host_or_name else None


def read_title(tree: HtmlElement, found: str, headings: Collection[str], outlet: OutletHints) -> tuple[str, str | None]:
    """Return the headline, and the outlet's name where the title has it; `found` is what an extraction takes for it."""
    whole = one_line(tree.findtext(".//title") or "")
    separators = _BETWEEN.finditer(whole) if len(whole) <= _LONGEST else ()
    splits = [split for separator in separators for split in _at(whole, separator)]
    if not splits or all(found not in {whole, split.end, split.rest} for split in splits):
        return _without_name(found, outlet), None
    ends = _ends(whole, _BETWEEN)
    named = [split for split in ends if outlet.is_named(split.end)]
    # «صحيفة … : …» says whose word the headline is.
    named += [
        split
        for split in ends
        if outlet.looks_named(split.end) and ":" not in split.separator and _words(split.rest) > _words(split.end)
    ]
    parted = named[0] if named else None
    name = parted.end if parted else None
    shown = found in {*headings, *(one_line(str(text)) for text in tree.xpath(_META_TITLES))}
    # Some pages have the outlet for their heading; of a title in parts an extraction takes the first, whatever it is.
    if shown and found != name:
        return _without_name(found, outlet), name
    if parted:
        return _without_labels(parted.rest, _BARS), name
    bare = _without_labels(whole, _BETWEEN)
    # A bar has an outlet beside it, if not a known one; colons and dashes are many a headline's own.
    return (found if bare == whole and _BARS.search(whole) else bare), None


def _without_name(title: str, outlet: OutletHints) -> str:
    return next((split.rest for split in _ends(title, _BETWEEN) if outlet.is_named(split.end)), title)


def _without_labels(title: str, between: re.Pattern[str]) -> str:
    """Cut off an end that is much shorter than the rest: a section, or an outlet of which nothing is known."""
    for split in sorted(_ends(title, between), key=lambda split: _words(split.end)):
        is_short = _words(split.end) <= min(_LABEL_WORDS, _words(split.rest) - _MORE_WORDS)
        # It may be the first of two names with a dash between them: «… - …: …».
        is_joined = split.is_first and not _BARS.fullmatch(split.separator) and _BETWEEN.search(split.rest)
        if is_short and ":" not in split.separator and not is_joined:
            return _without_labels(split.rest, _BARS)
    return title


def _ends(title: str, between: re.Pattern[str]) -> list[_Split]:
    """List the last and the first part of a title, each with the rest."""
    # Behind «, a » closes a quotation.
    found = [match for match in between.finditer(title) if "»" not in match[0] or "«" not in title[: match.start()]]
    ends = [*list(_at(title, found[-1]))[1:], *list(_at(title, found[0]))[:1]] if found else []
    return [split for split in ends if split.end and split.rest]


def _at(title: str, separator: re.Match[str]) -> tuple[_Split, _Split]:
    before, behind = title[: separator.start()], title[separator.end() :]
    return _Split(before, behind, separator[0], is_first=True), _Split(behind, before, separator[0], is_first=False)


def _words(text: str) -> int:
    return len(text.split())
