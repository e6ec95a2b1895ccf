"""The slash commands of moderators: `/corpus reload`, `status`, `explain` and `gaps`."""

import time
from collections.abc import Awaitable, Callable, Collection
from datetime import timedelta

import discord
from discord import app_commands

from bot.chat.card import Card
from bot.chat.corpus_cards import status_card
from bot.chat.desk import DEADLINE, Desk
from bot.chat.gap_notes import GapNotes
from bot.chat.incoming import asked_words
from bot.chat.interaction_exchange import InteractionExchange
from bot.chat.moderators import require_moderator
from bot.chat.reloading import Reloading
from bot.chat.wording import Wording

# An interaction can be answered for fifteen minutes.
_RELOAD_DEADLINE = 14 * 60.0


def corpus_commands(
    desk: Desk, reloading: Reloading, gaps: GapNotes, moderator_roles: Collection[int], wording: Wording
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
    )

    async def answer(
        interaction: discord.Interaction, make: Callable[[], Awaitable[Card]], deadline: float = DEADLINE
    ) -> None:
        async def work() -> Card:
            require_moderator(interaction, moderator_roles)
            return await make()

        await desk.serve(InteractionExchange(interaction, private=True), work, deadline)

    @group.command(name=wording.say("command.names.reload"), description=wording.say("command.corpus.reload"))
    async def reload(interaction: discord.Interaction) -> None:
        await answer(interaction, reloading.run, _RELOAD_DEADLINE)

    @group.command(name=wording.say("command.names.status"), description=wording.say("command.corpus.status"))
    async def status(interaction: discord.Interaction) -> None:
        async def describe() -> Card:
            uptime = timedelta(seconds=time.monotonic() - started)
            return status_card(desk.editions.current, uptime, interaction.client.latency, desk.texts)

        await answer(interaction, describe)

    @group.command(name=wording.say("command.names.explain"), description=wording.say("command.corpus.explain"))
    @app_commands.rename(**wording.names("question"))
    @app_commands.describe(question=wording.say("command.corpus.question"))
    async def explain(interaction: discord.Interaction, question: str) -> None:
        await answer(interaction, lambda: desk.explain(asked_words(question)))

    @group.command(name=wording.say("command.names.gaps"), description=wording.say("command.corpus.gaps"))
    async def show_gaps(interaction: discord.Interaction) -> None:
        await answer(interaction, lambda: gaps.card(desk.texts))

    return group
