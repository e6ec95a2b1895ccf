"""The slash commands `/sources` and `/article`, which show the coverage to the asker alone."""

from datetime import UTC, datetime

import discord
from discord import app_commands

from bot.chat.cards.article_card import article_card, find_article, is_article_key
from bot.chat.cards.card import Card
from bot.chat.cards.card_text import inline
from bot.chat.cards.scopes import TypedScope, read_scope
from bot.chat.cards.source_list import SourceList, article_list_card, sources_card
from bot.chat.chat_errors import ReplyError
from bot.chat.commands.autocomplete import article_autocomplete, outlet_autocomplete
from bot.chat.commands.translations import CommandTranslations
from bot.chat.request_handler import RequestHandler
from bot.edition import Edition
from bot.retrieval import Scope
from bot.texts import Texts

SourceCommand = app_commands.Command[app_commands.Group, ..., None]

_TYPED = 100
_SEVERAL = 8


def sources_command(handler: RequestHandler, translations: CommandTranslations) -> SourceCommand:
    """Make the command that lists the articles, filtered by days, outlet and title."""

    @app_commands.command(**translations.named("sources", "command.sources.description"))
    @app_commands.rename(**translations.option_names("since", "until", "outlet", "title"))
    @app_commands.describe(**translations.option_descriptions("since", "until", "outlet", "title"))
    @app_commands.autocomplete(outlet=outlet_autocomplete(handler), title=article_autocomplete(handler))
    async def sources(
        interaction: discord.Interaction,
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
        title: str | None = None,
    ) -> None:
        def listed(edition: Edition) -> Card:
            scope = parse_scope(TypedScope(since, until, outlet), edition, handler.texts)
            return sources_card(edition, SourceList.from_typed(scope, title), handler.texts)

        await handler.browse(interaction, listed)

    return sources


def article_command(handler: RequestHandler, translations: CommandTranslations) -> SourceCommand:
    """Make the command that shows an article to read."""

    @app_commands.command(**translations.named("article", "command.article.description"))
    @app_commands.rename(**translations.option_names("title"))
    @app_commands.describe(**translations.option_descriptions("title"))
    @app_commands.autocomplete(title=article_autocomplete(handler))
    async def article(interaction: discord.Interaction, title: str) -> None:
        await handler.browse(interaction, lambda edition: _chosen(edition, title, handler.texts))

    return article


def parse_scope(typed: TypedScope, edition: Edition, texts: Texts) -> Scope | None:
    """Parse a scope, with relative days counted from today."""
    return read_scope(typed, edition.outlets, datetime.now(UTC).date(), texts)


def _chosen(edition: Edition, title: str, texts: Texts) -> Card:
    """Show the article of a key or title, or the articles that a title may mean."""
    if is_article_key(title):
        if (article := find_article(edition, title)) is None:
            raise ReplyError("article.gone")
        return article_card(article, 0, texts)
    if article := edition.catalogue.by_title(title):
        return article_card(article, 0, texts)
    if near := list(edition.catalogue.search(title, _SEVERAL)):
        return article_list_card(texts("article.several"), near, texts, SourceList.from_typed(None, title))
    raise ReplyError("article.unknown", typed=inline(title, _TYPED, texts.language))
