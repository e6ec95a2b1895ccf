"""The commands for asking: `/ask` under two names, the message menu, and `/help`."""

from collections.abc import Collection, Sequence

import discord
from discord import app_commands

from bot.answering import MOST_CHARACTERS
from bot.chat.cards.card import Card
from bot.chat.cards.introduction_card import help_card
from bot.chat.chat_errors import ReplyError
from bot.chat.commands.autocomplete import outlet_autocomplete
from bot.chat.commands.sources_command import TypedScope, read_scope
from bot.chat.commands.translations import CommandTranslations
from bot.chat.error_handler import report_error
from bot.chat.exchange.interaction_exchange import InteractionExchange
from bot.chat.exchange.message_filter import strip_mentions
from bot.chat.exchange.reply_context import answered_question, message_question
from bot.chat.request_handler import RequestHandler
from bot.edition import Edition
from bot.texts import Texts

AnyCommand = app_commands.Command[app_commands.Group, ..., None] | app_commands.Group | app_commands.ContextMenu
# Each with its options: the question, since when, until when, by whom.
QUESTION_COMMANDS = (("ask", "question", "since", "until", "outlet"), ("اسأل", "سؤال", "منذ", "حتى", "الجهة"))

# Within three seconds Discord wants to know whether the answer will be private.
_PATIENCE = 1.5


def question_command(
    names: Sequence[str], handler: RequestHandler, channels: Collection[int], translations: CommandTranslations
) -> AnyCommand:
    """Make the command that asks a question, with an optional scope."""
    name, *options = names

    @app_commands.command(name=name, description=translations.localized("command.ask.description"))
    @app_commands.rename(**dict(zip(("question", "since", "until", "outlet"), options, strict=True)))
    @app_commands.describe(
        question=translations.localized("command.ask.question"),
        **translations.option_descriptions("since", "until", "outlet"),
    )
    @app_commands.autocomplete(outlet=outlet_autocomplete(handler))
    async def ask(
        interaction: discord.Interaction,
        question: str,
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
    ) -> None:
        typed = TypedScope(since, until, outlet)
        await _ask_in_scope(interaction, handler, channels, strip_mentions(question), typed)

    return ask


def timeline_command(
    handler: RequestHandler, channels: Collection[int], translations: CommandTranslations
) -> AnyCommand:
    """Make the command that tells the story of a topic in order, with an optional scope."""

    @app_commands.command(**translations.named("timeline", "command.timeline.description"))
    @app_commands.rename(**translations.option_names("topic", "since", "until", "outlet"))
    @app_commands.describe(**translations.option_descriptions("topic", "since", "until", "outlet"))
    @app_commands.autocomplete(outlet=outlet_autocomplete(handler))
    async def timeline(
        interaction: discord.Interaction,
        topic: str,
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
    ) -> None:
        # Asked in words, it is read back from its card as any question is.
        question = handler.texts("timeline.question", topic=strip_mentions(topic))
        await _ask_in_scope(interaction, handler, channels, question, TypedScope(since, until, outlet))

    return timeline


async def _ask_in_scope(
    interaction: discord.Interaction,
    handler: RequestHandler,
    channels: Collection[int],
    question: str,
    typed: TypedScope,
) -> None:
    """Ask the question of a command, in the channels for that; say why where a bound of its scope is unclear."""
    if await handler.refuse_elsewhere(interaction, channels):
        return
    exchange = InteractionExchange(interaction, private=False)
    try:
        scope = read_scope(typed, handler.editions.current.outlets, handler.texts)
    except ReplyError as error:
        await report_error(error, exchange, handler.texts)
    else:
        await handler.ask(exchange, question, scope)


def help_command(handler: RequestHandler, translations: CommandTranslations) -> AnyCommand:
    """Make the command that explains how to ask."""

    @app_commands.command(**translations.named("help", "command.help.description"))
    async def help_(interaction: discord.Interaction) -> None:
        async def work(edition: Edition) -> Card:
            return await handler.answer_worker.run(lambda: help_card(handler.texts, handler.summarise(edition)))

        await handler.serve(InteractionExchange(interaction, private=True), work)

    return help_


def message_menu(
    handler: RequestHandler, channels: Collection[int], translations: CommandTranslations
) -> app_commands.ContextMenu:
    """Make the message menu, which asks the question of a message."""

    async def ask_about(interaction: discord.Interaction, message: discord.Message) -> None:
        if await handler.refuse_elsewhere(interaction, channels):
            return
        try:
            before, question = await _question_of(interaction, message, handler.texts)
        except ReplyError as error:
            await handler.refuse(InteractionExchange(interaction, private=True), error)
            return
        # A refused long message would fill the channel.
        openly = InteractionExchange(interaction, private=len(question) > MOST_CHARACTERS, before=before)
        await handler.ask(openly, question)

    return app_commands.ContextMenu(name=translations.localized("command.menu.name"), callback=ask_about)


async def _question_of(
    interaction: discord.Interaction, message: discord.Message, texts: Texts
) -> tuple[str | None, str]:
    """Return the previous question and the question of a message; of an answer of the bot, those that it answers."""
    me = interaction.client.user
    if me is None or message.author.id != me.id:
        return None, message_question(message)
    # Where only a person has installed the bot, it may fetch nothing.
    is_there = interaction.is_guild_integration() or interaction.context.dm_channel
    answered = await answered_question(message, texts, _PATIENCE if is_there else 0)
    if answered is None:
        raise ReplyError("conversation.no_question")
    before, _, question = answered.rpartition("\n")
    return before or None, question
