"""The fields of an article and its sources, checked; and the ids that articles keep while their text changes."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from bot.articles.article import LONGEST_HEADING, Article, ArticleError, CitedSource, Paragraph, RejectionReason
from bot.articles.characters import INVISIBLE, one_line

_LONGEST_URL = 2048  # Discord's limit for a link in an embed
_LONGEST_NAME = 500  # characters; lists of authors are long
MAX_FIELD_LENGTHS = {
    "title": LONGEST_HEADING,
    "outlet": _LONGEST_NAME,
    "author": _LONGEST_NAME,
    "language": _LONGEST_NAME,
}
"""How many characters a field may have. A longer title is none: of a scraped file it is the text."""
MOST_PARAGRAPHS = 10_000
"""Paragraphs of an article, and blocks of its file with those that are navigation."""
DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
"""Day, month and year as Arabic outlets write them."""
_LONGEST_SHOWN = 200  # characters of a wrong value
MOST_SOURCES = 20
"""Sources of one article that are read. Chosen: more than a card could name."""
_MONTH_OR_YEAR = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)
_NOT_SENT = re.compile(r"[\t\r\n]")  # in no link, says the URL standard: lines are broken where mail or editors like
_USUAL_URL = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[^ ]*)?")
_NOT_IN_URL = re.compile(r"[\s\x00-\x20\x7f-\x9f]")
# Of «[words](link)», where the words may be a link too, each by itself.
_TYPED_LINK = re.compile(r"(?:https?://|www\.)(?:(?!\]\()[^\s<>])+", re.IGNORECASE)
_BEHIND_LINK = ".,;:!?…،؛؟»”\"'*_|`]\u200e\u200f\u202c\u2069"
_SCHEME = re.compile(r"https?://(?:www\.|amp\.)*([^/?#]*)", re.IGNORECASE)
# The lighter page for telephones that a site has of an article: «amp.host/…», «/amp/…», «…/amp», «…?amp=1».
_AMP = "amp"
_AMP_QUERY = re.compile(r"(?:outputType=amp|amp(?:=(?:1|true)?)?)", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9._:-]+")
# Letters that names of hosts have in the newer rules and others in the older ones: two hosts, or one.
_WRITTEN_TWO_WAYS = re.compile("[ßẞς\u200c\u200d]")
_USUAL_PORTS = frozenset({None, 80, 443})
_COUNTRY = 2  # letters
# What stands before a country's letters and is nobody's own: «co.uk», «com.sa».
_KINDS_OF_HOSTS = frozenset(
    {"com", "edu", "gob", "gouv", "gov", "info", "int", "mil", "name", "net", "nom", "org", "press", "presse", "sch"}
    | {"bel", "biz", "gen", "k12", "law", "med", "school", "web"}
)
# Below these each host is somebody else's.
_SHARED_HOSTS = (
    *(".blogspot.com", ".wordpress.com", ".substack.com", ".medium.com", ".tumblr.com", ".blogfa.com", ".ghost.io"),
    *(".wixsite.com", ".weebly.com", ".livejournal.com", ".typepad.com", ".over-blog.com", ".mystrikingly.com"),
    *(".github.io", ".gitlab.io", ".netlify.app", ".vercel.app", ".pages.dev", ".web.app", ".firebaseapp.com"),
    *(".herokuapp.com", ".fly.dev", ".onrender.com", ".azurewebsites.net", ".cloudfront.net", ".amazonaws.com"),
    *(".workers.dev", ".eu.org", ".us.com", ".uk.com", ".co.com", ".translate.goog", ".ampproject.org"),
)
WESTERN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")

_LONGEST_ID = 200
_DIGEST_CHARACTERS = 16


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
        url=_url(fields),
        author=_text(fields, "author"),
        published=_date(fields, date_field),
        language=_text(fields, "language"),
        dead_since=_date(fields, "dead_since"),
        dropped=dropped,
    )
    check_count(len(paragraphs))
    if not paragraphs:
        raise ArticleError(RejectionReason.NO_BODY)
    return article


def check_count(blocks: int) -> None:
    """Raise ArticleError on too many blocks: readers ask before each of a million is looked at."""
    if blocks > MOST_PARAGRAPHS:
        raise ArticleError(RejectionReason.TOO_LARGE, detail=f"{blocks} > {MOST_PARAGRAPHS} ¶")


def _string(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ArticleError(RejectionReason.BAD_FIELD, detail=name)
    return value


def _text(fields: Mapping[str, object], name: str) -> str | None:
    text = one_line(_string(fields, name))
    if len(text) > (most := MAX_FIELD_LENGTHS[name]):
        raise ArticleError(RejectionReason.LONG_FIELD, detail=f"{name}: {len(text)} > {most}", field=name)
    return text or None


def _url(fields: Mapping[str, object]) -> str | None:
    text = _string(fields, "url")
    url = web_address(text)
    if url is None and text.strip():
        raise ArticleError(RejectionReason.BAD_URL, detail=_shown(text), field="url")
    return url


def web_address(text: str) -> str | None:
    """Return a link as browsers send it, or None where it leads to no place of the web that can be shown."""
    url = _NOT_SENT.sub("", text.strip())
    if url.isprintable() and _USUAL_URL.fullmatch(url) and len(url) <= _LONGEST_URL:
        return url
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        # Links made from headlines carry spaces and marks of direction; encoded, they can be seen and clicked on.
        encoded = _NOT_IN_URL.sub(lambda sign: quote(sign[0]), INVISIBLE.sub(lambda sign: quote(sign[0]), url))
        encoded.encode()
    except ValueError:  # a broken IPv6 host, or a lone surrogate
        return None
    known = parts.scheme in {"http", "https"} and host and not INVISIBLE.search(host) and not _NOT_IN_URL.search(host)
    return encoded if known and len(encoded) <= _LONGEST_URL else None


def typed_links(text: str) -> list[str]:
    """Return the links of what somebody typed, each once: with words around, `<link>`, `[words](link)`, «www.…»."""
    links = []
    for found in _TYPED_LINK.findall(text):
        link = found.rstrip(_BEHIND_LINK)
        while link.endswith(")") and link.count(")") > link.count("("):
            link = link[:-1].rstrip(_BEHIND_LINK)
        links.append(link if "://" in link else f"https://{link}")
    return list(dict.fromkeys(links))


def typed_link(text: str) -> str:
    """Return the first link of what somebody typed; all of it where it has none."""
    return next(iter(typed_links(text)), text.strip())


def link_key(url: str) -> str:
    """Return one key for all spellings of a link: without scheme, www., AMP, last slash and percent-encoding."""
    key = unquote(_SCHEME.sub(lambda match: match[1].lower(), url, count=1)).rstrip("/")
    if _AMP not in key.lower():
        return key
    # What makes it the lighter page stands first or last in the path, or in a field.
    path, mark, query = key.partition("?")
    host, *parts = path.split("/")
    for place in (0, -1):
        if parts and parts[place].lower() == _AMP:
            del parts[place]
    kept = "&".join(field for field in query.split("&") if not _AMP_QUERY.fullmatch(field))
    return "/".join((host, *parts)).rstrip("/") + (f"{mark}{kept}" if kept else "")


def host_of(link: str) -> str:
    """Return the host of a link as servers have it, in ASCII and without www.; "" where a link hides or lacks it."""
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").rstrip(".")
        name = host.encode("idna").decode("ascii").lower()
    except ValueError:  # a broken IPv6 host, or a label that is none
        return ""
    is_plain = parts.username is None and _HOST.fullmatch(name) and not _WRITTEN_TWO_WAYS.search(host)
    return name.removeprefix("www.") if is_plain else ""


def site_of(link: str) -> str | None:
    """Return the part of a link's host that one outlet registered, with a port of its own; None where nobody can tell.

    Two links with one site are the same outlet's: `m.`, `amp.` and other hosts below it are its own.
    """
    if not (host := host_of(link)):
        return None
    try:
        port = urlsplit(link).port
    except ValueError:
        return None
    labels = host.split(".")
    if not (labels[-1].isdecimal() or ":" in host or host.endswith(_SHARED_HOSTS)):
        is_kind = len(labels) > 1 and (labels[-2] in _KINDS_OF_HOSTS or len(labels[-2]) <= _COUNTRY)
        host = ".".join(labels[-3 if is_kind and len(labels[-1]) == _COUNTRY else -2 :])
    return host if port in _USUAL_PORTS else f"{host}:{port}"


def _shown(value: str) -> str:
    line = one_line(value)
    return line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…"


def _date(fields: Mapping[str, object], name: str) -> date | None:
    text = one_line(_string(fields, name)).translate(WESTERN_DIGITS)
    try:
        return _parse_date(text) if text else None
    except ValueError as error:
        raise ArticleError(RejectionReason.BAD_DATE, detail=name) from error


def _parse_date(text: str) -> date:
    """Read ISO 8601, or day/month/year as Arabic outlets write it."""
    if match := DAY_FIRST.fullmatch(text):
        day, month, year = map(int, match.groups())
        return date(year, month, day)
    return datetime.fromisoformat(text).date()


def with_cited_sources(article: Article, value: object) -> Article:
    """Return an article with the sources that its file names, and a remark on each that cannot be read.

    Of a source whose link or day cannot be read, the name stays.
    """
    if value is None:
        return article
    entries = value if isinstance(value, list) else [value]
    sources, remarks = list[CitedSource](), list[ArticleError]()
    for number, entry in enumerate(entries[:MOST_SOURCES]):
        place = f"sources.{number}" if entries is value else "sources"
        source, wrong = _source(entry)
        if source is not None:
            sources.append(source)
        remarks += [ArticleError(RejectionReason.SOURCE_LEFT_OUT, detail=detail, field=place) for detail in wrong]
    if len(entries) > MOST_SOURCES:
        detail = f"{len(entries)} > {MOST_SOURCES}"
        remarks.append(ArticleError(RejectionReason.SOURCE_LEFT_OUT, detail=detail, field=f"sources.{MOST_SOURCES}"))
    return replace(article, sources=tuple(sources), remarks=(*article.remarks, *remarks))


def _source(entry: object) -> tuple[CitedSource | None, list[str]]:
    """Read one source, a record or a name or a link that its host names; return it, and what of it is wrong."""
    fields: Mapping[Any, object] = entry if isinstance(entry, Mapping) else {"name": entry}
    if isinstance(entry, str) and (link := web_address(entry)):
        fields = {"name": urlsplit(link).hostname, "url": link}
    name = fields.get("name")
    if not isinstance(name, str) or not one_line(name) or len(one_line(name)) > _LONGEST_NAME:
        return None, [_shown(f"name: {name}" if isinstance(name, str) else "name")]
    wrong = []
    read = dict[str, str | None]()
    for field, reader in (("url", web_address), ("published", _partial_date)):
        written = fields.get(field)
        text = written.strip() if isinstance(written, str) else ""
        read[field] = reader(text) if text else None
        if read[field] is None and written is not None and written != "":
            wrong.append(_shown(f"{field}: {text}" if text else field))
    return CitedSource(one_line(name), read["url"], read["published"]), wrong


def _partial_date(text: str) -> str | None:
    """Return a day, a month or a year in ISO 8601, None where the text is none of them."""
    digits = one_line(text).translate(WESTERN_DIGITS)
    try:
        if match := _MONTH_OR_YEAR.fullmatch(digits):
            date(int(match[1]), int(match[2] or 1), 1)
            return digits
        return _parse_date(digits).isoformat()
    except ValueError:
        return None


def id_from_name(name: str) -> str:
    """Take a file's name in the corpus, without suffix, as its id; file systems differ in normal form."""
    return unicodedata.normalize("NFC", PurePosixPath(name).with_suffix("").as_posix())


def id_from_record(record: Mapping[str, object]) -> str:
    """Take a record's own id, or else make one from its link, or else from its title and date."""
    given = record.get("id")
    if given is None:
        source = repr(record.get("url") or [record.get("title"), record.get("date")])
        return hashlib.sha256(source.encode("utf-8", errors="surrogatepass")).hexdigest()[:_DIGEST_CHARACTERS]
    if isinstance(given, bool) or not isinstance(given, str | int):
        raise ArticleError(RejectionReason.BAD_FIELD, detail="id")
    text = one_line(str(given))
    if not text or len(text) > _LONGEST_ID:
        raise ArticleError(RejectionReason.BAD_FIELD, detail="id")
    return text
