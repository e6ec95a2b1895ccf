"""The slash commands `/sources` and `/article`, which show the coverage to the asker alone, and how bounds are read."""

from datetime import UTC, date, datetime

import discord
from discord import app_commands

from bot.arabic import date_range
from bot.articles import outlet_key
from bot.chat.cards.article_card import article_card, find_article, is_article_key
from bot.chat.cards.card import Card
from bot.chat.cards.card_text import inline
from bot.chat.cards.source_lines import MOST_OUTLETS, outlet_names
from bot.chat.cards.source_list import SourceList, list_page_card, sources_card
from bot.chat.chat_errors import ReplyError
from bot.chat.commands.autocomplete import article_autocomplete, outlet_autocomplete
from bot.chat.commands.translations import CommandTranslations
from bot.chat.request_handler import RequestHandler
from bot.edition import Edition
from bot.retrieval import Scope, choose_outlet, search_outlets
from bot.texts import Texts

SourceCommand = app_commands.Command[app_commands.Group, ..., None]

_TYPED = 100
_SEVERAL = 8


def sources_command(handler: RequestHandler, translations: CommandTranslations) -> SourceCommand:
    """Make the command that lists the articles, filtered by days, outlet and title."""

    @app_commands.command(**translations.named("sources", "command.sources.description"))
    @translations.options("since", "until", "outlet", "title")
    @app_commands.autocomplete(outlet=outlet_autocomplete(handler), title=article_autocomplete(handler))
    async def sources(
        interaction: discord.Interaction,
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
        title: str | None = None,
    ) -> None:
        def listed(edition: Edition) -> Card:
            scope = read_scope(edition.outlets, handler.texts, since, until, outlet)
            return sources_card(edition, SourceList.from_typed(scope, title), handler.texts)

        await handler.browse(interaction, listed)

    return sources


def article_command(handler: RequestHandler, translations: CommandTranslations) -> SourceCommand:
    @app_commands.command(**translations.named("article", "command.article.description"))
    @translations.options("title")
    @app_commands.autocomplete(title=article_autocomplete(handler))
    async def article(interaction: discord.Interaction, title: str) -> None:
        await handler.browse(interaction, lambda edition: _chosen(edition, title, handler.texts))

    return article


def read_scope(
    outlets: tuple[str, ...], texts: Texts, since: str | None, until: str | None, outlet: str | None
) -> Scope | None:
    """Return the scope of bounds as they are typed, None without any; raise a private ReplyError where one is unclear.

    Relative days are counted from today, in UTC.
    """
    today = datetime.now(UTC).date()
    first, last = _days(since, today, texts), _days(until, today, texts)
    if first and last and last[1] < first[0]:
        days = {"since": texts.day(first[0]), "until": texts.day(last[1])}
        raise ReplyError("scope.backwards", private=True, **days)
    scope = Scope(first and first[0], last and last[1], _outlet(outlet, outlets, texts))
    return None if scope == Scope() else scope


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
    near = tuple(dict.fromkeys((*search_outlets(outlets, typed, MOST_OUTLETS), *outlets)))
    values = {"typed": inline(typed, _TYPED, texts.language), "outlets": outlet_names(near, texts)}
    raise ReplyError("scope.no_outlet", private=True, **values)


def _chosen(edition: Edition, title: str, texts: Texts) -> Card:
    """Show the article of a key or title, or the articles that a title may mean."""
    if is_article_key(title):
        if (article := find_article(edition, title)) is None:
            raise ReplyError("article.gone")
        return article_card(article, 0, texts)
    if article := edition.catalogue.by_title(title):
        return article_card(article, 0, texts)
    if near := list(edition.catalogue.search(title, _SEVERAL)):
        return list_page_card(None, texts("article.several"), near, texts, SourceList.from_typed(None, title))
    raise ReplyError("article.unknown", typed=inline(title, _TYPED, texts.language))
