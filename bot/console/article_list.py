"""The command `articles`: what the coverage has, by day and outlet, as lines, as JSON records or as CSV."""

from datetime import UTC, date, datetime

from bot.arabic import date_range
from bot.articles import Article, outlet_key
from bot.console.arguments import Arguments
from bot.console.destination import write_table
from bot.console.terminal import Terminal
from bot.edition import Edition
from bot.errors import TextError
from bot.retrieval import Scope, choose_outlet, search_outlets
from bot.texts.csv_table import article_table
from bot.texts.json_record import article_record

_LISTED, _NONE = 0, 3
# A screen, with room for the lines around them.
_NEWEST = 15
_MOST_OUTLETS = 10


class ScopeError(TextError):
    """A day or an outlet that was typed cannot be understood."""


def list_articles(usage: Arguments, edition: Edition, terminal: Terminal) -> int:
    """List the articles in scope, the newest first; return exit code 0, or 3 without any. Raise ScopeError."""
    scope = _scope(usage, edition, datetime.now(UTC).date(), terminal)
    articles = edition.catalogue.search("", len(edition.articles), scope)[: usage.limit]
    if articles and (usage.as_csv or usage.to):
        return write_table(article_table(articles), usage, terminal)
    for article in articles:
        if usage.as_json:
            terminal.json(article_record(article))
        else:
            _show(article, terminal)
    if not articles:
        terminal.warn("listing.none")
    return _LISTED if articles else _NONE


def list_newest(edition: Edition, terminal: Terminal) -> None:
    """List the newest articles, and say how many more there are."""
    articles = edition.catalogue.search("", _NEWEST)
    for article in articles:
        _show(article, terminal)
    if (left := len(edition.articles) - len(articles)) > 0:
        terminal.say("listing.more", count=left)


def _show(article: Article, terminal: Terminal) -> None:
    day = article.published.isoformat() if article.published else "—".ljust(len("2000-01-01"))
    terminal.item(f"{day}  ", article.title, article.outlet or "")


def _scope(usage: Arguments, edition: Edition, today: date, terminal: Terminal) -> Scope:
    since, until = _days(usage.since, today), _days(usage.until, today)
    if since and until and until[1] < since[0]:
        texts = terminal.texts
        raise ScopeError("scope.backwards", since=texts.day(since[0]), until=texts.day(until[1]))
    return Scope(since and since[0], until and until[1], _outlet(usage.outlet, edition.outlets, terminal))


def _days(typed: str | None, today: date) -> tuple[date, date] | None:
    if typed is None:
        return None
    if (days := date_range(typed, today)) is None:
        raise ScopeError("scope.no_date", typed=typed)
    return days


def _outlet(typed: str | None, outlets: tuple[str, ...], terminal: Terminal) -> str | None:
    """Return the outlet of a typed name, an exact match before a similar one."""
    if typed is None:
        return None
    if not outlets:
        raise ScopeError("listing.without_outlets")
    same = (outlet for outlet in outlets if outlet_key(outlet) == outlet_key(typed))
    if outlet := next(same, None) or choose_outlet(outlets, typed):
        return outlet
    near = list(dict.fromkeys((*search_outlets(outlets, typed, _MOST_OUTLETS), *outlets)))[:_MOST_OUTLETS]
    raise ScopeError("scope.no_outlet", typed=typed, outlets=f"{terminal.texts('card.comma')} ".join(near))
