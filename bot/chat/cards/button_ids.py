"""The ids of buttons: version, kind and values, with articles and scopes in a few letters each."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from bot.answering import Scope
from bot.articles import outlet_key
from bot.chat.reply_error import ReplyError

VERSION = "1"
ANY_VERSION = re.compile(r"b\d+:.*", re.DOTALL)

_FORM = re.compile(r"b(?P<version>\d+):(?P<kind>[a-z]+):(?P<load>.*)", re.DOTALL)

_SCOPE_FORM = re.compile(r"(\d{8})?:(\d{8})?:([0-9a-f]{8})?")


class ButtonKind(StrEnum):
    """What a button does."""

    CONTEXT = "context"
    MORE = "more"
    PAGE = "page"
    VOTE = "vote"
    DELETE = "delete"
    LIST = "list"
    ARTICLE = "article"


class StaleButtonError(ReplyError):
    """A button that another version of the bot has made, or nobody."""

    def __init__(self) -> None:
        super().__init__("button.stale", private=True)


def custom_id(kind: ButtonKind, payload: str = "") -> str:
    """Write the id of a button."""
    return f"b{VERSION}:{kind}:{payload}"


def parse_button_id(identity: str) -> tuple[ButtonKind, str]:
    """Read an id back; raise StaleButtonError where it is not of the form that is written now."""
    form = _FORM.fullmatch(identity)
    if form is None or form["version"] != VERSION:
        raise StaleButtonError
    try:
        return ButtonKind(form["kind"]), form["load"]
    except ValueError as error:
        raise StaleButtonError from error


def parse_number(payload: str) -> int:
    """Read a number back; raise StaleButtonError where there is none."""
    if not (payload.isascii() and payload.isdecimal()):
        raise StaleButtonError
    return int(payload)


def digest(text: str, size: int) -> bytes:
    """Return a text's digest of so many bytes, the same in every process."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).digest()


def encode_scope(scope: Scope | None) -> str:
    """Write a scope, nothing for all of the coverage; outlets are known by digests: their names are of any length."""
    if scope is None:
        return ""
    outlet = _digest(scope.outlet) if scope.outlet else ""
    return f"{_digits(scope.since)}:{_digits(scope.until)}:{outlet}"


def decode_scope(code: str, outlets: Sequence[str]) -> Scope | None:
    """Read a scope back; raise StaleButtonError where there is none, ReplyError where its outlet is gone."""
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
