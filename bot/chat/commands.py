"""The slash commands that anyone may use: a question under two names, the sources, the help."""

from collections.abc import Collection

import discord
from discord import app_commands

from bot.chat.card import Card
from bot.chat.coverage_cards import help_card, sources_card
from bot.chat.desk import Desk
from bot.chat.errors import ReplyError
from bot.chat.incoming import asked_words, is_open
from bot.chat.interaction_exchange import InteractionExchange
from bot.chat.wording import Wording

AnyCommand = app_commands.Command[app_commands.Group, ..., None] | app_commands.Group | app_commands.ContextMenu
QUESTION_COMMANDS = (("ask", "question"), ("اسأل", "سؤال"))


def question_command(name: str, option: str, desk: Desk, channels: Collection[int], wording: Wording) -> AnyCommand:
    """Make the command that asks a question."""

    @app_commands.command(name=name, description=wording.say("command.ask.description"))
    @app_commands.rename(question=option)
    @app_commands.describe(question=wording.say("command.ask.question"))
    async def ask(interaction: discord.Interaction, question: str) -> None:
        if is_elsewhere(interaction, channels):
            await desk.serve(InteractionExchange(interaction, private=True), lambda: point_to(channels))
        else:
            await desk.ask(InteractionExchange(interaction, private=False), asked_words(question))

    return ask


def sources_command(desk: Desk, wording: Wording) -> AnyCommand:
    """Make the command that lists the articles, to the asker alone."""

    @app_commands.command(name="sources", description=wording.say("command.sources.description"))
    async def sources(interaction: discord.Interaction) -> None:
        async def work() -> Card:
            return sources_card(desk.editions.current, desk.texts)

        await desk.serve(InteractionExchange(interaction, private=True), work)

    return sources


def help_command(desk: Desk, wording: Wording) -> AnyCommand:
    """Make the command that says how to ask."""

    @app_commands.command(name="help", description=wording.say("command.help.description"))
    async def help_(interaction: discord.Interaction) -> None:
        async def work() -> Card:
            return help_card(desk.texts)

        await desk.serve(InteractionExchange(interaction, private=True), work)

    return help_


def is_elsewhere(interaction: discord.Interaction, channels: Collection[int]) -> bool:
    """Tell whether a server's channel is not one of those the bot answers in.

    It answers in direct messages, and wherever somebody uses it who installed it for themselves: what channels it is
    kept to, only a server that has it can say.
    """
    if not interaction.is_guild_integration():
        return False
    return not is_open(interaction.channel_id, getattr(interaction.channel, "parent_id", None), channels)


async def point_to(channels: Collection[int]) -> Card:
    """Send the asker to the channels where the bot answers."""
    raise ReplyError("error.elsewhere", channels=" ".join(f"<#{channel}>" for channel in channels))
