"""Turns the bytes of an article file into text, whatever its encoding, or says that they are none."""

import codecs
import re

from bot.articles.article import RejectionReason
from bot.articles.errors import ArticleError
from bot.articles.legacy import decode_legacy

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_SIGNATURES = (
    *(b"%PDF-", b"\xd0\xcf\x11\xe0"),  # documents
    *(b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF"),  # archives and programs
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8"),  # images
)

# High bytes of ASCII, Arabic, general punctuation and Arabic presentation forms in UTF-16.
_HIGH_BYTES = b"\x00\x06\x20\xfb\xfe"
_SAMPLE = 4096
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")

_MOST_CONTROLS = 0.05  # random bytes have 0.11
_LEAST_UTF16 = 0.95
_VALID_PER_BROKEN = 10


def decode(data: bytes) -> str:
    """Decode an article file, or raise ArticleError."""
    if is_binary(data):
        raise ArticleError(RejectionReason.BINARY)
    text = _decode_unicode(data)
    if text is None:
        text = decode_legacy(data)
    # What decodes as nothing is judged by its bytes: whether they are foreign text or none.
    if len(_CONTROL.findall(text or data.decode("latin-1"))) > _MOST_CONTROLS * len(text or data):
        raise ArticleError(RejectionReason.BINARY)
    if text is None:
        raise ArticleError(RejectionReason.ENCODING)
    return text


def is_binary(data: bytes) -> bool:
    """Tell whether bytes open like a known format that is not text."""
    return data.startswith(_SIGNATURES)


def _decode_unicode(data: bytes) -> str | None:
    encoding = _unicode_encoding(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if not encoding.startswith("utf-8"):
            raise ArticleError(RejectionReason.ENCODING, detail=encoding) from error
    return _decode_damaged(data)


def _unicode_encoding(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    return _unmarked_utf16(data) or "utf-8"


def _unmarked_utf16(data: bytes) -> str | None:
    """Recognise UTF-16 without its mark; Arabic in it is also valid UTF-8, full of U+0006."""
    sample = data[:_SAMPLE]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high, low = sample[offset::2], sample[1 - offset :: 2]
        if len(data) % 2 == 0 and _share(high, _HIGH_BYTES) >= _LEAST_UTF16 > _share(low, b"\x00\x06"):
            return encoding if high.count(b" ") < len(high) / 2 else None
    return None


def _share(data: bytes, wanted: bytes) -> float:
    return 1 - len(data.translate(None, wanted)) / len(data) if data else 0.0


def _decode_damaged(data: bytes) -> str | None:
    """Decode UTF-8 in which a few bytes are broken: cut off, or spoilt on the way."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    valid = sum(not character.isascii() for character in text) - broken
    return text if valid >= _VALID_PER_BROKEN * broken else None
