"""Where a quote stands, in so few letters that three places fit into the id of a button.

Articles and paragraphs are known by digests: ids of articles have any length, and a digest shows that a paragraph is
still the one that was quoted, wherever in its article it stands now.
"""

import base64
import binascii
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering import Quote
from bot.arabic import Span
from bot.articles import Article, id_digest
from bot.chat.cards.button_ids import StaleButtonError, digest
from bot.edition import Edition

_DIGEST = 5
# Article, paragraph by number and by text, first and last letter: 22 bytes, so that three places take 88 letters.
_FORM = struct.Struct(f">{_DIGEST}sI{_DIGEST}sII")


@dataclass(frozen=True, slots=True)
class QuoteReference:
    """A quote's article and paragraph by digest, the paragraph's number in it, and where in it the quote stands."""

    article: bytes
    paragraph: int
    text: bytes
    span: Span


def quote_reference(quote: Quote) -> QuoteReference:
    """Return the place of a quote."""
    text = quote.article.paragraphs[quote.paragraph].text
    return QuoteReference(
        id_digest(quote.article.id)[:_DIGEST], quote.paragraph, _digest(text), Span(quote.start, quote.end)
    )


def encode_references(places: Sequence[QuoteReference]) -> str:
    """Write places as the letters of an id."""
    packed = (_FORM.pack(one.article, one.paragraph, one.text, one.span.start, one.span.end) for one in places)
    return base64.urlsafe_b64encode(b"".join(packed)).rstrip(b"=").decode()


def decode_references(payload: str) -> tuple[QuoteReference, ...]:
    """Read places back; raise StaleButtonError where there are none."""
    try:
        packed = base64.b64decode(payload + "=" * (-len(payload) % 4), altchars=b"-_", validate=True)
        places = tuple(_FORM.iter_unpack(packed))
    except (ValueError, binascii.Error, struct.error) as error:
        raise StaleButtonError from error
    if not places:
        raise StaleButtonError
    return tuple(
        QuoteReference(article, paragraph, text, Span(start, end)) for article, paragraph, text, start, end in places
    )


def find_quotes(places: Sequence[QuoteReference], edition: Edition) -> list[Quote | None]:
    """Find what was quoted in an edition.

    None where its article or paragraph is gone or has other words now, or where nothing can have been quoted.
    """
    return [_found(one, next(edition.articles.with_digest(one.article), None)) for one in places]


def _found(place: QuoteReference, article: Article | None) -> Quote | None:
    if article is None:
        return None
    alike = [number for number, paragraph in enumerate(article.paragraphs) if _digest(paragraph.text) == place.text]
    if not alike:
        return None
    number = min(alike, key=lambda number: abs(number - place.paragraph))
    start, end, text = place.span.start, place.span.end, article.paragraphs[number].text
    if not start < end <= len(text):
        return None
    return Quote(text[start:end], article, number, start, end, score=0)


def _digest(text: str) -> bytes:
    return digest(text, _DIGEST)
