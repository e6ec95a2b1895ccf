"""Bytes into text: Unicode or an older encoding of Arabic, and the characters cleaned without loss for a quote."""

import codecs
import re
from contextlib import suppress

from bot.arabic import BIDI_CONTROLS, ZERO_WIDTH
from bot.articles.article import ArticleError, RejectionReason

_NEWLINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")

# Controls that are neither tab nor line break, marks of direction, and characters without a shape. ZWNJ and ZWJ shape
# the letters beside them and stay; so do the visible Arabic format characters (U+0600-0605, U+06DD).
INVISIBLE = re.compile(
    f"[{BIDI_CONTROLS}{ZERO_WIDTH}\u206a-\u206f"
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_INVISIBLE_OR_SURROGATE = re.compile(f"{INVISIBLE.pattern}|{_SURROGATE.pattern}".replace("]|[", ""))
# Windows first: it is far more common, and wins where nothing speaks for either.
_ENCODINGS = ("cp1256", "iso8859_6")
# Every Arabic text is full of the article; in the wrong one of the two encodings, ل and most letters after ظ change
# places, and words mix Arabic with accented Latin letters or carry tanwin in their middle. On 2,028 news articles this
# decides every body and all but one title rightly; charset-normalizer misreads 2 bodies and 15 titles.
_WITH_ARTICLE = re.compile(r"\b[وبفك]?ال\w")
_MISREAD = re.compile("[\u0621-\u064a][à-ÿ]|[à-ÿ][\u0621-\u064a]|[\u0621-\u064a][\u064b-\u064d][\u0621-\u064a]")
_COMMON_LETTERS = "اليمونرتبةعدسق"
_LEAST_LETTERS = 0.6
_MOST_MISREAD = 0.1
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


def unify_newlines(text: str) -> str:
    """Turn every kind of line break into a line feed."""
    return _NEWLINE.sub("\n", text)


def drop_invisible(text: str) -> str:
    """Drop invisible characters; a lone surrogate becomes U+FFFD, so that the loss stays visible."""
    if not _INVISIBLE_OR_SURROGATE.search(text):
        return text
    return _SURROGATE.sub("\ufffd", INVISIBLE.sub("", text))


def one_line(text: str) -> str:
    """Write text as one line: no invisible characters, each run of white space one space."""
    # Of white space only the space is printable.
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(drop_invisible(text).split())


def decode_arabic_code_page(data: bytes) -> str | None:
    """Decode bytes as Windows-1256 or ISO 8859-6, or return None where neither gives words."""
    texts = list[str]()
    for encoding in _ENCODINGS:
        with suppress(UnicodeDecodeError):
            texts.append(data.decode(encoding))

    def plausibility(text: str) -> tuple[int, int]:
        good = len(_WITH_ARTICLE.findall(text)) - len(_MISREAD.findall(text))
        return good, sum(text.count(letter) for letter in _COMMON_LETTERS)

    best = max(texts, key=plausibility)
    words, letters = best.split(), sum(map(str.isalnum, best))
    is_text = letters >= _LEAST_LETTERS * sum(map(len, words)) > 0
    return best if is_text and len(_MISREAD.findall(best)) <= _MOST_MISREAD * len(words) else None


def decode(data: bytes) -> str:
    """Decode an article file, or raise ArticleError."""
    if is_binary(data):
        raise ArticleError(RejectionReason.BINARY)
    text = _decode_unicode(data)
    text = decode_arabic_code_page(data) if text is None else text
    # What decodes as nothing is judged by its bytes: whether they are foreign text or none.
    if len(_CONTROL.findall(text or data.decode("latin-1"))) > _MOST_CONTROLS * len(text or data):
        raise ArticleError(RejectionReason.BINARY)
    if text is None:
        raise ArticleError(RejectionReason.ENCODING)
    return text


def is_binary(data: bytes) -> bool:
    """Whether bytes open like a known format that is not text."""
    return data.startswith(_SIGNATURES)


def _decode_unicode(data: bytes) -> str | None:
    marked = (encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark))
    encoding = next(marked, None) or _unmarked_utf16(data) or "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if not encoding.startswith("utf-8"):
            raise ArticleError(RejectionReason.ENCODING, detail=encoding) from error
    # A few bytes may be broken: cut off, or spoilt on the way.
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    valid = sum(not character.isascii() for character in text) - broken
    return text if valid >= _VALID_PER_BROKEN * broken else None


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
