"""References to quotes, encoded in so few letters that three fit into the id of a button.

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
# Article, paragraph by number and by text, start and end: 22 bytes, so that three references take 88 letters.
_FORM = struct.Struct(f">{_DIGEST}sI{_DIGEST}sII")


@dataclass(frozen=True, slots=True)
class QuoteReference:
    """The article and paragraph of a quote by digest, the paragraph's number, and the quote's span in it."""

    article: bytes
    paragraph: int
    text: bytes
    span: Span


def quote_reference(quote: Quote) -> QuoteReference:
    """Return the reference to a quote."""
    text = quote.article.paragraphs[quote.paragraph].text
    return QuoteReference(
        id_digest(quote.article.id)[:_DIGEST], quote.paragraph, _digest(text), Span(quote.start, quote.end)
    )


def encode_references(places: Sequence[QuoteReference]) -> str:
    """Encode references in URL-safe base64."""
    packed = (_FORM.pack(one.article, one.paragraph, one.text, one.span.start, one.span.end) for one in places)
    return base64.urlsafe_b64encode(b"".join(packed)).rstrip(b"=").decode()


def decode_references(payload: str) -> tuple[QuoteReference, ...]:
    """Decode references; raise StaleButtonError where they are malformed or missing."""
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
    """Find the quotes of references in an edition.

    None stands for a quote whose article or paragraph is gone or has changed, or whose span is outside its paragraph.
    """
    found = edition.catalogue.by_digests([one.article for one in places])
    return [_found(one, next(iter(articles), None)) for one, articles in zip(places, found, strict=True)]


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
