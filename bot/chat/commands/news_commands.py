"""The commands `/new` and `/follow`, and the moderators' `/corpus news`, for the channel of what is new."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import discord
from discord import app_commands

from bot.arabic import normal_words
from bot.chat.assembly import Parts
from bot.chat.cards.card import Card, notice
from bot.chat.cards.source_list import SourceList
from bot.chat.commands.autocomplete import outlet_autocomplete
from bot.chat.commands.sources_command import SourceCommand, read_scope
from bot.chat.commands.translations import CommandTranslations
from bot.chat.news.new_articles import NewArticles
from bot.chat.news.news_post import check_writable
from bot.chat.request_handler import RequestHandler
from bot.edition import Edition
from bot.records.news.news_batches import choose_news_channel
from bot.retrieval import Scope
from bot.texts import Texts

# What is offered while nobody has typed a date, the usual one first.
_SPANS = {"new.week": 7, "new.day": 1, "new.month_long": 30}
_USUAL = 7


def new_command(handler: RequestHandler, new_articles: NewArticles, translations: CommandTranslations) -> SourceCommand:
    """Make the command that lists what came into the coverage since a day."""

    @app_commands.command(**translations.named("new", "command.new.description"))
    @translations.options("outlet", since="command.new.since")
    @app_commands.autocomplete(outlet=outlet_autocomplete(handler))
    async def new(interaction: discord.Interaction, since: str | None = None, outlet: str | None = None) -> None:
        async def listed(edition: Edition) -> Card:
            days = find_span(since, translations.languages)
            scope = read_scope(edition.outlets, handler.texts, None if days else since, None, outlet)
            first, named = (scope.since, scope.outlet) if scope else (None, None)
            arrived = int(new_articles.now()) - (days or _USUAL) * 24 * 60 * 60
            if first:
                arrived = int(datetime(first.year, first.month, first.day, tzinfo=UTC).timestamp())
            asked = SourceList(Scope(outlet=named) if named else None, arrived_since=arrived)
            return await new_articles.card(asked, edition)

        await handler.show(interaction, listed)

    @new.autocomplete("since")
    async def _(_: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        named = [handler.texts(key) for key in _SPANS]
        return [app_commands.Choice(name=name, value=name) for name in named if typed.strip() in name]

    return new


def follow_command(parts: Parts, translations: CommandTranslations) -> SourceCommand:
    """Make the command that follows a subject, and without one lists what the member follows."""

    @app_commands.command(**translations.named("follow", "command.follow.description"))
    @translations.options(subject="command.follow.subject")
    async def follow(interaction: discord.Interaction, subject: str | None = None) -> None:
        # What is told has its place where the bot answers; the list is shown anywhere.
        if subject is None or not await parts.handler.refuse_elsewhere(interaction, parts.settings.channel_ids):
            await parts.follows.follow(interaction, subject)

    return follow


def find_span(typed: str | None, languages: Sequence[Texts]) -> int | None:
    """Return the days of a span that is offered, or typed in words of its name; None for anything else.

    Members are shown the command in the language of their own Discord, whatever that of the replies is.
    """
    said = set(normal_words(typed or ""))
    named = {
        days
        for key, days in _SPANS.items()
        if said and any(said <= set(normal_words(texts(key))) for texts in languages)
    }
    return named.pop() if len(named) == 1 else None


class TextChannelId(app_commands.Transformer):
    """A text channel by its id, whatever the bot knows of it."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """The kind of the option."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Text channels, those for announcements included."""
        return [discord.ChannelType.text, discord.ChannelType.news]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> int:  # noqa: ARG002 (its signature)
        return int(value.id)


def add_news_command(group: app_commands.Group, parts: Parts, translations: CommandTranslations) -> None:
    """Add the command that chooses the channel for news to the group of moderators' commands."""

    @group.command(**translations.named("news", "command.corpus.news"))
    @translations.options(channel="command.corpus.channel")
    async def news(
        interaction: discord.Interaction, channel: app_commands.Transform[int, TextChannelId] | None = None
    ) -> None:
        async def chosen(_: Edition) -> Card:
            parts.moderators.require(interaction)
            guild = interaction.guild_id or 0
            if channel is not None:
                check_writable(interaction.guild, channel)
            await parts.records.ask(choose_news_channel, guild, channel)
            parts.news_desk.look()
            key = "news.off" if channel is None else "news.chosen"
            return notice(parts.handler.texts(key, channel=f"<#{channel}>"))

        await parts.handler.show(interaction, chosen)
