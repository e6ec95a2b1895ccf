"""Checks what a file says about its article; each error names the field."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import quote, urlsplit

from bot.articles.article import Article, Paragraph, RejectionReason
from bot.articles.cleaning import UNSEEN, one_line
from bot.articles.errors import ArticleError

_LONGEST_URL = 2048  # Discord's limit for a link in an embed
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
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
    return one_line(_string(fields, name)) or None


def _url(fields: Mapping[str, object], name: str) -> str | None:
    url = _string(fields, name).strip()
    if not url:
        return None
    if not is_web_address(url):
        raise ArticleError(RejectionReason.BAD_URL, detail=name)
    # Slugs made from headlines carry marks of direction; a browser sends them percent-encoded, and so they show.
    return UNSEEN.sub(lambda match: quote(match[0]), url)


def is_web_address(url: str) -> bool:
    """Tell whether a link leads to the web and is fit to be shown and stored."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        url.encode()
    except ValueError:  # a broken IPv6 host, or a lone surrogate
        return False
    known = parts.scheme in {"http", "https"} and host and not UNSEEN.search(host)
    return bool(known) and len(url) <= _LONGEST_URL and not _NOT_IN_URL.search(url)


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
