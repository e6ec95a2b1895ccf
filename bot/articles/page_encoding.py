"""Decodes a web page: by what it and its server say of its encoding, as far as that can be true."""

import codecs
import re

from bot.articles.article import RejectionReason
from bot.articles.decoding import decode
from bot.articles.errors import ArticleError
from bot.articles.legacy import decode_legacy

# Arabic pages that say they are in Latin letters say what their server says of every page, so only these are believed.
_BELIEVED = frozenset({"utf-8", "cp1256", "iso8859-6", "mac-arabic"})
_DECLARATION = re.compile(rb"<meta\b[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_SAMPLE = 4096
# What is no text of the page would drown its words where they are to tell the encoding. What does not end goes on to
# the end of the page, as in browsers.
_MARKUP = re.compile(rb"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*>", re.IGNORECASE | re.DOTALL)


def decode_page(data: bytes, charset: str = "") -> str:
    """Decode a page, or raise ArticleError; `charset` is what its server says."""
    declared = _DECLARATION.search(data[:_SAMPLE])
    # What can be read as UTF-8 is UTF-8, whatever is said; UTF-16 shows by its NULs, and is for `decode` to find.
    for label in ("utf-8", charset, declared[1].decode("ascii", "replace") if declared else ""):
        if b"\0" not in data and (text := _as_declared(data, label)) is not None:
            return text.removeprefix("\ufeff")
    try:
        return decode(data)
    except ArticleError as error:
        if error.reason is not RejectionReason.ENCODING:
            raise
        return _by_its_words(data)


def _as_declared(data: bytes, label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
        return data.decode(name) if name in _BELIEVED else None
    except (LookupError, ValueError):
        return None


def _by_its_words(data: bytes) -> str:
    visible = _MARKUP.sub(b" ", data)
    text = decode_legacy(visible)
    for encoding in ("cp1256", "iso8859-6"):
        if text is not None and text == visible.decode(encoding, "replace"):
            return data.decode(encoding, "replace")
    raise ArticleError(RejectionReason.ENCODING)
