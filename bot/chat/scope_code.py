"""A scope in as few letters as the id of a button has room for: «20260301:20260331:1f0c22aa»."""

import re
from collections.abc import Sequence
from datetime import date

from bot.answering import Scope
from bot.articles import outlet_key
from bot.chat.buttons.custom_id import StaleButtonError
from bot.chat.digests import digest
from bot.chat.errors import ReplyError

_FORM = re.compile(r"(\d{8})?:(\d{8})?:([0-9a-f]{8})?")


def scope_code(scope: Scope | None) -> str:
    """Write a scope, nothing for all of the coverage; outlets are known by digests: their names are of any length."""
    if scope is None:
        return ""
    outlet = _digest(scope.outlet) if scope.outlet else ""
    return f"{_digits(scope.since)}:{_digits(scope.until)}:{outlet}"


def read_scope_code(code: str, outlets: Sequence[str]) -> Scope | None:
    """Read a scope back; raise StaleButtonError where there is none, ReplyError where its outlet is gone."""
    if not code:
        return None
    if (form := _FORM.fullmatch(code)) is None:
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
