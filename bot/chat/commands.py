"""The slash commands that anyone may use: a question under two names, the help."""

from collections.abc import Collection, Sequence

import discord
from discord import app_commands

from bot.chat.card import Card
from bot.chat.choices import outlet_choices
from bot.chat.coverage_cards import help_card
from bot.chat.desk import Desk
from bot.chat.errors import ReplyError, report
from bot.chat.incoming import asked_words, in_server, is_open
from bot.chat.interaction_exchange import InteractionExchange
from bot.chat.scopes import TypedScope
from bot.chat.source_commands import asked_scope
from bot.chat.wording import Wording

AnyCommand = app_commands.Command[app_commands.Group, ..., None] | app_commands.Group | app_commands.ContextMenu
# Each with its options: the question, since when, until when, by whom.
QUESTION_COMMANDS = (("ask", "question", "since", "until", "outlet"), ("اسأل", "سؤال", "منذ", "حتى", "الجهة"))


def question_command(names: Sequence[str], desk: Desk, channels: Collection[int], wording: Wording) -> AnyCommand:
    """Make the command that asks a question, of all of the coverage or of a part of it."""
    name, *options = names

    @app_commands.command(name=name, description=wording.say("command.ask.description"))
    @app_commands.rename(**dict(zip(("question", "since", "until", "outlet"), options, strict=True)))
    @app_commands.describe(question=wording.say("command.ask.question"), **wording.hints("since", "until", "outlet"))
    @app_commands.autocomplete(outlet=outlet_choices(desk))
    async def ask(
        interaction: discord.Interaction,
        question: str,
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
    ) -> None:
        if is_elsewhere(interaction, channels):
            await desk.refuse(InteractionExchange(interaction, private=True), elsewhere(channels, interaction.guild))
            return
        exchange = InteractionExchange(interaction, private=False)
        try:
            scope = asked_scope(TypedScope(since, until, outlet), desk.editions.current, desk.texts)
        except ReplyError as error:
            await report(error, exchange, desk.texts)
        else:
            await desk.ask(exchange, asked_words(question), scope)

    return ask


def help_command(desk: Desk, wording: Wording) -> AnyCommand:
    """Make the command that says how to ask."""

    @app_commands.command(name=wording.say("command.names.help"), description=wording.say("command.help.description"))
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


def elsewhere(channels: Collection[int], guild: discord.Guild | None) -> ReplyError:
    """Send the asker to the channels of a server where the bot answers, if there are any."""
    if near := in_server(channels, guild):
        return ReplyError("error.elsewhere", channels=" ".join(f"<#{channel}>" for channel in near))
    return ReplyError("error.not_here")
