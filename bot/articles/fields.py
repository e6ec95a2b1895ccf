"""Checks what a file says about its article; each error names the field."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import quote, urlsplit

from bot.articles.article import Article, Paragraph, RejectionReason
from bot.articles.block import LONGEST_HEADING
from bot.articles.cleaning import UNSEEN, one_line
from bot.articles.errors import ArticleError

_LONGEST_URL = 2048  # Discord's limit for a link in an embed
_LONGEST_NAME = 500  # characters; lists of authors are long
LONGEST = {"title": LONGEST_HEADING, "outlet": _LONGEST_NAME, "author": _LONGEST_NAME, "language": _LONGEST_NAME}
"""How many characters a field may have. A longer title is none: of a scraped file it is the text."""
_MOST_PARAGRAPHS = 10_000
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_LONGEST_SHOWN = 200  # characters of a wrong value
_NOT_SENT = re.compile(r"[\t\r\n]")  # in no link, says the URL standard: lines are broken where mail or editors like
_NOT_IN_URL = re.compile(r"[\s\x00-\x20\x7f-\x9f]")
_WESTERN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def build_article(
    article_id: str,
    fields: Mapping[str, object],
    date_field: str,
    paragraphs: tuple[Paragraph, ...],
    dropped: int = 0,
) -> Article:
    """Put an article together from checked fields, or raise ArticleError; `dropped` blocks were navigation."""
    title = _text(fields, "title")
    if title is None:
        raise ArticleError(RejectionReason.NO_TITLE)
    article = Article(
        id=article_id,
        title=title,
        paragraphs=paragraphs,
        outlet=_text(fields, "outlet"),
        url=_url(fields, "url"),
        author=_text(fields, "author"),
        published=_date(fields, date_field),
        language=_text(fields, "language"),
        dropped=dropped,
    )
    if len(paragraphs) > _MOST_PARAGRAPHS:
        raise ArticleError(RejectionReason.TOO_LARGE, detail=f"{len(paragraphs)} > {_MOST_PARAGRAPHS} ¶")
    if not paragraphs:
        raise ArticleError(RejectionReason.NO_BODY)
    return article


def _string(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ArticleError(RejectionReason.BAD_FIELD, detail=name)
    return value


def _text(fields: Mapping[str, object], name: str) -> str | None:
    text = one_line(_string(fields, name))
    if len(text) > LONGEST[name]:
        raise ArticleError(RejectionReason.LONG_FIELD, detail=f"{name}: {len(text)} > {LONGEST[name]}", field=name)
    return text or None


def _url(fields: Mapping[str, object], name: str) -> str | None:
    text = _string(fields, name)
    if not text.strip():
        return None
    url = web_address(text)
    if url is None:
        raise ArticleError(RejectionReason.BAD_URL, detail=_shown(text), field=name)
    return url


def web_address(text: str) -> str | None:
    """Return a link as browsers send it, or None where it leads to no place of the web that can be shown."""
    url = _NOT_SENT.sub("", text.strip())
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        # Links made from headlines carry spaces and marks of direction; encoded, they can be seen and clicked on.
        encoded = _NOT_IN_URL.sub(_quoted, UNSEEN.sub(_quoted, url))
        encoded.encode()
    except ValueError:  # a broken IPv6 host, or a lone surrogate
        return None
    known = parts.scheme in {"http", "https"} and host and not UNSEEN.search(host) and not _NOT_IN_URL.search(host)
    return encoded if known and len(encoded) <= _LONGEST_URL else None


def _quoted(match: re.Match[str]) -> str:
    return quote(match[0])


def _shown(value: str) -> str:
    line = one_line(value)
    return line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…"


def _date(fields: Mapping[str, object], name: str) -> date | None:
    text = one_line(_string(fields, name)).translate(_WESTERN_DIGITS)
    if not text:
        return None
    try:
        return _parse_date(text)
    except ValueError as error:
        raise ArticleError(RejectionReason.BAD_DATE, detail=name) from error


def _parse_date(text: str) -> date:
    """Read ISO 8601, or day/month/year as Arabic outlets write it."""
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, match.groups())
        return date(year, month, day)
    return datetime.fromisoformat(text).date()
