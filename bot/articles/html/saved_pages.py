"""Saved pages, .html and .mhtml, and their encodings: declared, sent by the server, or guessed."""

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path

from bot.articles.article import ArticleError, RejectionReason
from bot.articles.characters import decode, decode_arabic_code_page
from bot.articles.corpus_files import MOST_BYTES, read_whole
from bot.articles.validation import web_address

# Arabic pages that say they are in Latin letters say what their server says of every page, so only these are believed.
_BELIEVED = frozenset({"utf-8", "cp1256", "iso8859-6", "mac-arabic"})
_DECLARATION = re.compile(rb"<meta\b[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_SAMPLE = 4096
# What is no text would drown the words that show the encoding. What does not end goes on to the end of the page, as in
# browsers.
_MARKUP = re.compile(rb"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*>", re.IGNORECASE | re.DOTALL)

_MOST_ARCHIVE_BYTES = 16 * MOST_BYTES  # an archive has the pictures of its page, too


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
    if path.suffix.lower() not in {".mhtml", ".mht"}:
        return decode_saved_page(read_whole(path))
    archive = message_from_bytes(read_whole(path, _MOST_ARCHIVE_BYTES))
    page = next((part for part in archive.walk() if part.get_content_type() == "text/html"), None)
    content = page.get_payload(decode=True) if page else None
    if page is None or not isinstance(content, bytes) or not content:
        raise ArticleError(RejectionReason.NO_BODY)
    if len(content) > MOST_BYTES:
        raise ArticleError(RejectionReason.TOO_LARGE)
    address = archive.get("Snapshot-Content-Location") or page.get("Content-Location") or ""
    return decode_saved_page(content, page.get_content_charset(""), str(address).strip())


def decode_saved_page(data: bytes, charset: str = "", url: str = "") -> SavedPage:
    """Decode a page that came from a link, or raise ArticleError; `charset` is the encoding that its server named."""
    return SavedPage(decode_page(data, charset), web_address(url))
