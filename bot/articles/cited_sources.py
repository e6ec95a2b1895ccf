"""The sources that an article names: who reported what it rests on, where, and when.

A list of names, of links, or of mappings with `name`, `url` and `published`; a single one need not be in a list.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from bot.articles.article import Article, ArticleError, CitedSource, RejectionReason
from bot.articles.characters import one_line
from bot.articles.validation import LONGEST_NAME, WESTERN_DIGITS, parse_date, shorten, web_address

MOST_SOURCES = 20
"""Sources of one article that are read. Chosen: an agency's longest reports name some ten."""

_MONTH_OR_YEAR = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)


def with_cited_sources(article: Article, value: object, field: str = "sources") -> Article:
    """Return an article with the sources that a field of its file names, and a remark on each that cannot be read.

    Of a source whose link or day cannot be read, the name stays.
    """
    if value is None:
        return article
    entries = value if isinstance(value, list) else [value]
    sources, remarks = list[CitedSource](), list[ArticleError]()
    for number, entry in enumerate(entries[:MOST_SOURCES]):
        place = f"{field}.{number}" if entries is value else field
        source, wrong = _read(entry)
        if source is not None:
            sources.append(source)
        remarks += [ArticleError(RejectionReason.SOURCE_LEFT_OUT, detail=detail, field=place) for detail in wrong]
    if len(entries) > MOST_SOURCES:
        detail = f"{len(entries)} > {MOST_SOURCES}"
        remarks.append(ArticleError(RejectionReason.SOURCE_LEFT_OUT, detail=detail, field=f"{field}.{MOST_SOURCES}"))
    return replace(article, sources=tuple(sources), remarks=(*article.remarks, *remarks))


def _read(entry: object) -> tuple[CitedSource | None, list[str]]:
    """Read one source; return it, None where it has no name, and what of it is wrong."""
    fields = entry if isinstance(entry, Mapping) else _named(entry)
    name = fields.get("name")
    if not isinstance(name, str) or not one_line(name) or len(one_line(name)) > LONGEST_NAME:
        return None, [shorten(f"name: {name}" if isinstance(name, str) else "name")]
    wrong = []
    read = dict[str, str | None]()
    for field, reader in (("url", web_address), ("published", _published)):
        written = fields.get(field)
        text = written.strip() if isinstance(written, str) else ""
        read[field] = reader(text) if text else None
        if read[field] is None and written is not None and written != "":
            wrong.append(shorten(f"{field}: {text}" if text else field))
    return CitedSource(one_line(name), read["url"], read["published"]), wrong


def _named(entry: object) -> dict[str, object]:
    """Return the fields of an entry that is a name, or a link, which is named by its host."""
    url = web_address(entry) if isinstance(entry, str) else None
    return {"name": urlsplit(url).hostname, "url": url} if url else {"name": entry}


def _published(text: str) -> str | None:
    """Return a day, a month or a year in ISO 8601, None where the text is none of them."""
    digits = one_line(text).translate(WESTERN_DIGITS)
    try:
        if match := _MONTH_OR_YEAR.fullmatch(digits):
            date(int(match[1]), int(match[2] or 1), 1)
            return digits
        return parse_date(digits).isoformat()
    except ValueError:
        return None
