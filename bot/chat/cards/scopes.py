"""Scopes read from typed bounds, and described in words."""

from dataclasses import dataclass
from datetime import date

from bot.arabic import date_range
from bot.articles import outlet_key
from bot.chat.cards.card_text import inline, join_with_commas
from bot.chat.cards.quote_text import fit_list
from bot.chat.cards.source_lines import outlet_name
from bot.chat.chat_errors import ReplyError
from bot.retrieval import Scope, choose_outlet, search_outlets
from bot.texts import Texts

_TYPED = 100
_OUTLETS, _LIST = 10, 900


@dataclass(frozen=True, slots=True)
class TypedScope:
    """The bounds of a scope as a person typed them."""

    since: str | None = None
    until: str | None = None
    outlet: str | None = None


def read_scope(typed: TypedScope, outlets: tuple[str, ...], today: date, texts: Texts) -> Scope | None:
    """Return the scope of typed bounds, None without any; raise a private ReplyError where a bound is unclear."""
    since, until = _days(typed.since, today, texts), _days(typed.until, today, texts)
    if since and until and until[1] < since[0]:
        days = {"since": texts.day(since[0]), "until": texts.day(until[1])}
        raise ReplyError("scope.backwards", private=True, **days)
    scope = Scope(since and since[0], until and until[1], _outlet(typed.outlet, outlets, texts))
    return None if scope == Scope() else scope


def scope_text(scope: Scope, texts: Texts) -> str:
    """Describe a scope: «منذ … حتى … في …»."""
    parts = (
        texts("scope.since", date=texts.day(scope.since)) if scope.since else None,
        texts("scope.until", date=texts.day(scope.until)) if scope.until else None,
        texts("scope.outlet", outlet=outlet_name(scope.outlet, texts)) if scope.outlet else None,
    )
    return " ".join(filter(None, parts))


def outlet_names(outlets: tuple[str, ...], texts: Texts) -> str:
    """List outlets in a line, as many as fit, those with the most articles first."""
    named = (outlet_name(outlet, texts) for outlet in outlets[:_OUTLETS])
    return fit_list([join_with_commas(named, texts)], texts, _LIST)


def _days(typed: str | None, today: date, texts: Texts) -> tuple[date, date] | None:
    if typed is None or not typed.strip():
        return None
    if (days := date_range(typed, today)) is None:
        raise ReplyError("scope.no_date", private=True, typed=inline(typed, _TYPED, texts.language))
    return days


def _outlet(typed: str | None, outlets: tuple[str, ...], texts: Texts) -> str | None:
    if typed is None or not typed.strip():
        return None
    if not outlets:
        raise ReplyError("scope.without_outlets", private=True)
    same = (outlet for outlet in outlets if outlet_key(outlet) == outlet_key(typed))
    if outlet := next(same, None) or choose_outlet(outlets, typed):
        return outlet
    near = tuple(dict.fromkeys((*search_outlets(outlets, typed, _OUTLETS), *outlets)))
    values = {"typed": inline(typed, _TYPED, texts.language), "outlets": outlet_names(near, texts)}
    raise ReplyError("scope.no_outlet", private=True, **values)
