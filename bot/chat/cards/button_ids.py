"""Custom ids of buttons and menus: version, kind and payload, with scopes and quotes encoded in a few letters.

Articles and paragraphs are known by digests: ids of articles have any length, and a digest shows that a paragraph is
still the one that was quoted, wherever in its article it stands now.
"""

import base64
import binascii
import hashlib
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.answering import Quote
from bot.arabic import Span
from bot.articles import Article, id_digest, outlet_key
from bot.chat.chat_errors import ReplyError
from bot.edition import Edition
from bot.retrieval import Scope

VERSION = "1"
ANY_VERSION = re.compile(r"b\d+:.*", re.DOTALL)

_FORM = re.compile(r"b(?P<version>\d+):(?P<kind>[a-z]+):(?P<load>.*)", re.DOTALL)

_BELL_FORM = re.compile(r"(?P<message>\d{1,20}):(?P<reason>[a-z_]{1,32}):(?P<scope>.{0,40})")
_LAST_ID = 2**63 - 1  # what a database takes

_SCOPE_FORM = re.compile(r"(\d{8})?:(\d{8})?:([0-9a-f]{8})?")
_OUTLET_DIGEST = 4

_DIGEST = 5
# Article, paragraph by number and by text, start and end: 22 bytes, so that three references take 88 letters.
_QUOTE_FORM = struct.Struct(f">{_DIGEST}sI{_DIGEST}sII")


class ButtonKind(StrEnum):
    """The kinds of buttons and menus, as their ids name them."""

    CONTEXT = "context"
    MORE = "more"
    PAGE = "page"
    VOTE = "vote"
    DELETE = "delete"
    REMOVE = "remove"
    LIST = "list"
    ARTICLE = "article"
    OPEN = "open"
    EXAMPLE = "example"
    CITE = "cite"
    TIMELINE = "timeline"
    ERASE = "erase"
    BELL = "bell"
    WAIT = "wait"
    UNWAIT = "unwait"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    RENEW = "renew"


# The payload of the first page of the list of all articles.
WHOLE_LIST = "0::::"


class StaleButtonError(ReplyError):
    """The id of a button is malformed or of another version."""

    def __init__(self) -> None:
        super().__init__("button.stale", private=True)


def custom_id(kind: ButtonKind, payload: str = "") -> str:
    return f"b{VERSION}:{kind}:{payload}"


def parse_button_id(identity: str) -> tuple[ButtonKind, str]:
    """Parse the id of a button into kind and payload; raise StaleButtonError where it is not of this version's form."""
    form = _FORM.fullmatch(identity)
    if form is None or form["version"] != VERSION:
        raise StaleButtonError
    try:
        return ButtonKind(form["kind"]), form["load"]
    except ValueError as error:
        raise StaleButtonError from error


@dataclass(frozen=True, slots=True)
class BellState:
    """The card whose bell was rung, why it refuses, and its scope as buttons write it; `message` is 0 on the card."""

    message: int
    reason: str
    scope: str

    @property
    def payload(self) -> str:
        return f"{self.message}:{self.reason}:{self.scope}"

    @classmethod
    def parse(cls, payload: str) -> "BellState":
        """Parse a payload; raise StaleButtonError where it is malformed."""
        if (form := _BELL_FORM.fullmatch(payload)) is None or int(form["message"]) > _LAST_ID:
            raise StaleButtonError
        return cls(int(form["message"]), form["reason"], form["scope"])


def parse_number(payload: str) -> int:
    """Parse a non-negative number; raise StaleButtonError where a payload is no such number."""
    if not (payload.isascii() and payload.isdecimal()):
        raise StaleButtonError
    return int(payload)


def _digest(text: str, size: int = _DIGEST) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).digest()


def encode_scope(scope: Scope | None) -> str:
    """Encode a scope as `since:until:outlet`, empty without one; an outlet by digest, as names have any length."""
    if scope is None:
        return ""
    since, until = (day.isoformat().replace("-", "") if day else "" for day in (scope.since, scope.until))
    return f"{since}:{until}:{_outlet_code(scope.outlet) if scope.outlet else ''}"


def decode_scope(code: str, outlets: Sequence[str]) -> Scope | None:
    """Decode a scope; raise StaleButtonError where it is malformed, ReplyError where its outlet is gone."""
    if not code:
        return None
    if (form := _SCOPE_FORM.fullmatch(code)) is None:
        raise StaleButtonError
    *bounds, wanted = form.groups()
    try:
        since, until = (date.fromisoformat(digits) if digits else None for digits in bounds)
    except ValueError as error:
        raise StaleButtonError from error
    outlet = next((outlet for outlet in outlets if _outlet_code(outlet) == wanted), None) if wanted else None
    if wanted and outlet is None:
        raise ReplyError("scope.outlet_gone", private=True)
    return Scope(since, until, outlet)


def _outlet_code(outlet: str) -> str:
    return _digest(outlet_key(outlet), _OUTLET_DIGEST).hex()


@dataclass(frozen=True, slots=True)
class QuoteReference:
    """The article and paragraph of a quote by digest, the paragraph's number, and the quote's span in it."""

    article: bytes
    paragraph: int
    text: bytes
    span: Span


def quote_reference(quote: Quote) -> QuoteReference:
    text = quote.article.paragraphs[quote.paragraph].text
    return QuoteReference(
        id_digest(quote.article.id)[:_DIGEST], quote.paragraph, _digest(text), Span(quote.start, quote.end)
    )


def passage_codes(quote: Quote) -> tuple[str, str]:
    """Return the codes of a quote's paragraph and of its words, each in its article: an edit may leave one of them."""
    place = quote_reference(quote)
    return (place.article + place.text).hex(), (place.article + _digest(quote.text)).hex()


def encode_references(places: Sequence[QuoteReference]) -> str:
    """Encode references in URL-safe base64."""
    packed = (_QUOTE_FORM.pack(one.article, one.paragraph, one.text, one.span.start, one.span.end) for one in places)
    return base64.urlsafe_b64encode(b"".join(packed)).rstrip(b"=").decode()


def decode_references(payload: str) -> tuple[QuoteReference, ...]:
    """Decode references; raise StaleButtonError where they are malformed or missing."""
    try:
        packed = base64.b64decode(payload + "=" * (-len(payload) % 4), altchars=b"-_", validate=True)
        places = tuple(_QUOTE_FORM.iter_unpack(packed))
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
    found = edition.articles.with_digests([one.article for one in places])
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
