"""The slash commands of moderators: `/corpus reload`, `cancel`, `rollback`, `status`, `explain` and `gaps`."""

import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

import discord
from discord import app_commands

from bot.chat.cards.card import Card
from bot.chat.cards.status_card import State, status_card
from bot.chat.commands.command_sync import HOME_ONLY
from bot.chat.commands.translations import Wording
from bot.chat.exchange import InteractionExchange, LastingExchange, asked_words
from bot.chat.moderation.reloads import Reloading
from bot.chat.moderation.reports import GapNotes
from bot.chat.permissions import Moderators
from bot.chat.request_handler import Desk
from bot.ops.metrics import resident_bytes
from bot.settings import DiscordSettings


def corpus_commands(  # noqa: PLR0913 (what they are about)
    desk: Desk,
    reloading: Reloading,
    gaps: GapNotes,
    moderators: Moderators,
    *,
    settings: DiscordSettings,
    wording: Wording,
) -> app_commands.Group:
    """Make the group of commands about the corpus, hidden from members by default and closed to them in code."""
    started = time.monotonic()
    group = app_commands.Group(
        name=wording.say("command.names.corpus"),
        description=wording.say("command.corpus.description"),
        guild_only=True,
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        default_permissions=discord.Permissions(manage_guild=True),
        extras=HOME_ONLY,
    )

    async def answer(interaction: discord.Interaction, make: Callable[[], Awaitable[Card]]) -> None:
        async def work() -> Card:
            moderators.require(interaction)
            return await make()

        await desk.serve(InteractionExchange(interaction, private=True), work)

    def plain(name: str, make: Callable[[discord.Interaction], Awaitable[Card]]) -> None:
        """Add a command without options, whose answer is a card."""

        @group.command(name=wording.say(f"command.names.{name}"), description=wording.say(f"command.corpus.{name}"))
        async def _(interaction: discord.Interaction) -> None:
            await answer(interaction, lambda: make(interaction))

    @group.command(name=wording.say("command.names.reload"), description=wording.say("command.corpus.reload"))
    @app_commands.rename(**wording.names("force"))
    @app_commands.describe(force=wording.say("command.corpus.force"))
    async def reload(interaction: discord.Interaction, force: bool = False) -> None:  # noqa: FBT001, FBT002 (an option)
        exchange = LastingExchange(interaction, settings.moderator_channel_id)

        async def work() -> Card:
            moderators.require(interaction)
            return await reloading.reload(interaction.user.mention, exchange.reply, force=force)

        # Fetching has a limit of its own, and building takes as long as there are articles.
        await desk.serve(exchange, work, deadline=None)

    @group.command(name=wording.say("command.names.status"), description=wording.say("command.corpus.status"))
    async def status(interaction: discord.Interaction) -> None:
        async def describe() -> Card:
            editions = desk.editions
            state = State(
                source=editions.source_name,
                uptime=timedelta(seconds=time.monotonic() - started),
                latency=interaction.client.latency,
                source_error=editions.source_error,
                last=editions.last,
                failure=reloading.failure,
                running=editions.running,
                memory=resident_bytes(),
            )
            return await desk.browsing.run(status_card, editions.current, state, desk.texts)

        await answer(interaction, describe)

    @group.command(name=wording.say("command.names.explain"), description=wording.say("command.corpus.explain"))
    @app_commands.rename(**wording.names("question"))
    @app_commands.describe(question=wording.say("command.corpus.question"))
    async def explain(interaction: discord.Interaction, question: str) -> None:
        await answer(interaction, lambda: desk.explain(asked_words(question)))

    plain("cancel", lambda interaction: reloading.cancel(interaction.user.mention))
    plain("rollback", lambda interaction: reloading.rollback(interaction.user.mention))
    plain("gaps", lambda _: gaps.card(desk.texts))
    return group
