"""Custom ids of buttons and menus: version, kind and payload, with scopes encoded in a few letters."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.articles import outlet_key
from bot.chat.chat_errors import ReplyError
from bot.retrieval import Scope

VERSION = "1"
ANY_VERSION = re.compile(r"b\d+:.*", re.DOTALL)

_FORM = re.compile(r"b(?P<version>\d+):(?P<kind>[a-z]+):(?P<load>.*)", re.DOTALL)

_BELL_FORM = re.compile(r"(?P<message>\d{1,20}):(?P<reason>[a-z_]{1,32}):(?P<scope>.{0,40})")
_LAST_ID = 2**63 - 1  # what a database takes

_SCOPE_FORM = re.compile(r"(\d{8})?:(\d{8})?:([0-9a-f]{8})?")


class ButtonKind(StrEnum):
    """The kinds of buttons and menus, as their ids name them."""

    CONTEXT = "context"
    MORE = "more"
    PAGE = "page"
    VOTE = "vote"
    DELETE = "delete"
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


# The payload of the first page of the list of all articles.
WHOLE_LIST = "0::::"


class StaleButtonError(ReplyError):
    """The id of a button is malformed or of another version."""

    def __init__(self) -> None:
        super().__init__("button.stale", private=True)


def custom_id(kind: ButtonKind, payload: str = "") -> str:
    """Write the id of a button."""
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
        """The state as a button's payload."""
        return f"{self.message}:{self.reason}:{self.scope}"

    @classmethod
    def parse(cls, payload: str) -> "BellState":
        """Parse a payload; raise StaleButtonError where it is malformed."""
        if (form := _BELL_FORM.fullmatch(payload)) is None or int(form["message"]) > _LAST_ID:
            raise StaleButtonError
        return cls(int(form["message"]), form["reason"], form["scope"])


def parse_number(payload: str) -> int:
    """Parse a non-negative number; raise StaleButtonError where it is none."""
    if not (payload.isascii() and payload.isdecimal()):
        raise StaleButtonError
    return int(payload)


def digest(text: str, size: int) -> bytes:
    """Return the BLAKE2b digest of a text, `size` bytes long."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).digest()


def encode_scope(scope: Scope | None) -> str:
    """Encode a scope as `since:until:outlet`, empty without one; an outlet by digest, as names have any length."""
    if scope is None:
        return ""
    outlet = _digest(scope.outlet) if scope.outlet else ""
    return f"{_digits(scope.since)}:{_digits(scope.until)}:{outlet}"


def decode_scope(code: str, outlets: Sequence[str]) -> Scope | None:
    """Decode a scope; raise StaleButtonError where it is malformed, ReplyError where its outlet is gone."""
    if not code:
        return None
    if (form := _SCOPE_FORM.fullmatch(code)) is None:
        raise StaleButtonError
    since, until, outlet = form.groups()
    return Scope(_day(since), _day(until), _outlet(outlet, outlets) if outlet else None)


def _digest(outlet: str) -> str:
    return digest(outlet_key(outlet), 4).hex()


def _outlet(wanted: str, outlets: Sequence[str]) -> str:
    for outlet in outlets:
        if _digest(outlet) == wanted:
            return outlet
    raise ReplyError("scope.outlet_gone", private=True)


def _digits(day: date | None) -> str:
    return day.isoformat().replace("-", "") if day else ""


def _day(digits: str | None) -> date | None:
    try:
        return date.fromisoformat(digits) if digits else None
    except ValueError as error:
        raise StaleButtonError from error
