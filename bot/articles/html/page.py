"""From a web page, fetched or saved, to an article: encodings and archives, then extraction, repairs, checks."""

import codecs
import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.articles.article import Article, ArticleError, RejectionReason, make_paragraphs
from bot.articles.boilerplate import strip_navigation
from bot.articles.characters import decode, decode_arabic_code_page
from bot.articles.corpus_files import MOST_BYTES, read_whole
from bot.articles.html.extraction import Claim, extract_page
from bot.articles.html.foreign_sections import drop_comments
from bot.articles.html.metadata import page_from_archive, saved_page_link
from bot.articles.html.order import drop_links, restore_headings, restore_items, restore_order, restore_standfirst
from bot.articles.html.page_text import PageBlock
from bot.articles.html.prose import drop_bylines, drop_fragments, is_cut_off, is_prose, strip_byline
from bot.articles.html.titles import drop_headline_repeats, fuller_headline
from bot.articles.marks import BoilerplatePhrases
from bot.articles.validation import MAX_FIELD_LENGTHS, build_article, web_address

# Arabic pages that say they are in Latin letters say what their server says of every page, so only these are believed.
_BELIEVED = frozenset({"utf-8", "cp1256", "iso8859-6", "mac-arabic"})
_DECLARATION = re.compile(rb"<meta\b[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_SAMPLE = 4096
# What is no text would drown the words that show the encoding. What does not end goes on to the end of the page, as in
# browsers.
_MARKUP = re.compile(rb"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*>", re.IGNORECASE | re.DOTALL)

_ARCHIVES = frozenset({".mhtml", ".mht"})
_MOST_ARCHIVE_BYTES = 16 * MOST_BYTES  # an archive has the pictures of its page, too

_PAGE_SAMPLE = 8192  # characters; comments may stand before the page
_OPENINGS = ("<!doctype html", "<html", "<head", "<body")


def decode_page(data: bytes, charset: str = "") -> str:
    """Decode a page, or raise ArticleError; `charset` is the encoding that its server named."""
    declared = _DECLARATION.search(data[:_SAMPLE])
    # What can be read as UTF-8 is UTF-8, whatever is said; UTF-16 shows by its NULs, and is for `decode` to find.
    for label in ("utf-8", charset, declared[1].decode("ascii", "replace") if declared else ""):
        with suppress(LookupError, ValueError):
            if b"\0" not in data and (name := codecs.lookup(label).name) in _BELIEVED:
                return data.decode(name).removeprefix("\ufeff")
    try:
        return decode(data)
    except ArticleError as error:
        if error.reason is not RejectionReason.ENCODING:
            raise
    visible = _MARKUP.sub(b" ", data)
    text = decode_arabic_code_page(visible)
    for encoding in ("cp1256", "iso8859-6"):
        if text is not None and text == visible.decode(encoding, "replace"):
            return data.decode(encoding, "replace")
    raise ArticleError(RejectionReason.ENCODING)


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page as text, and the link that it came from where that is known."""

    html: str
    url: str | None = None


def read_saved_page(path: Path) -> SavedPage:
    """Read a page or a web archive, or raise ArticleError."""
    if path.suffix.lower() not in _ARCHIVES:
        return decode_saved_page(read_whole(path))
    data, charset, url = page_from_archive(read_whole(path, _MOST_ARCHIVE_BYTES))
    if len(data) > MOST_BYTES:
        raise ArticleError(RejectionReason.TOO_LARGE)
    return decode_saved_page(data, charset, url)


def decode_saved_page(data: bytes, charset: str = "", url: str = "") -> SavedPage:
    """Decode a page that came from a link, or raise ArticleError; `charset` is the encoding that its server named."""
    return SavedPage(decode_page(data, charset), web_address(url))


@dataclass(frozen=True, slots=True)
class PageArticle:
    """An article, all the text of its page, and what that page claims to be and is not."""

    article: Article
    page_blocks: tuple[PageBlock, ...]
    claim: Claim | None = None


def read_html(article_id: str, text: str, phrases: BoilerplatePhrases) -> Article:
    """Read the article of a page, or raise ArticleError."""
    return read_page(article_id, text, phrases).article


def read_page(
    article_id: str, text: str, phrases: BoilerplatePhrases, url: str | None = None, sites: Collection[str] = ()
) -> PageArticle:
    """Read a page that came from a link, and keep its whole text; raise ArticleError where it has no article.

    It may speak for the site of its link, and for `sites`.
    """
    if not text.strip():
        raise ArticleError(RejectionReason.EMPTY)
    head = text[:_PAGE_SAMPLE].lower()
    if not any(opening in head for opening in _OPENINGS):
        raise ArticleError(RejectionReason.NO_PAGE)
    page = extract_page(text, phrases, url or saved_page_link(text), sites)
    ordered = drop_links(restore_order(page.blocks, page.page_blocks), page.page_blocks)
    found = restore_headings(restore_items(ordered, page.page_blocks), page.page_blocks, phrases)
    title = fuller_headline(page.title, found)
    below_title = list(drop_headline_repeats(title, found))
    blocks = restore_standfirst(below_title, page.page_blocks, title, page.description, phrases)
    body, day = drop_bylines(strip_navigation(drop_comments(blocks, phrases), phrases), phrases)
    whole = list(drop_fragments(body))
    if not any(map(is_prose, whole)):
        raise ArticleError(RejectionReason.NO_BODY)
    # The wall itself is a box that is no text of the article.
    walls = (block for block in page.page_blocks if not block.linked)
    if is_cut_off(whole, walls, phrases, for_subscribers=page.for_subscribers):
        raise ArticleError(RejectionReason.PAYWALLED)
    fields = {
        "title": title,
        "outlet": page.outlet,
        "url": page.url,
        "author": strip_byline(page.author, phrases),
        "published": page.published or (day.isoformat() if day else None),
        "language": page.language,
    }
    # What an extraction takes for a name may be a whole text. Better none than a wrong one.
    fields |= {
        name: None
        for name in MAX_FIELD_LENGTHS
        if name != "title" and len(fields[name] or "") > MAX_FIELD_LENGTHS[name]
    }
    dropped = len(blocks) - len(body)
    article = build_article(article_id, fields, "published", make_paragraphs(whole), dropped)
    return PageArticle(article, page.page_blocks, page.claim)
