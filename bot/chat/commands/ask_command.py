"""The commands for asking: `/ask` under two names, the message menu, and `/help`."""

from collections.abc import Collection, Iterator, Sequence
from functools import partial

import discord
from discord import app_commands

from bot.answering import MOST_CHARACTERS
from bot.chat.cards.card import Card
from bot.chat.cards.introduction_card import help_card
from bot.chat.chat_errors import ReplyError
from bot.chat.commands.autocomplete import outlet_autocomplete
from bot.chat.commands.sources_command import read_scope
from bot.chat.commands.translations import CommandTranslations, Named
from bot.chat.exchange.interaction_exchange import InteractionExchange
from bot.chat.exchange.message_filter import strip_mentions
from bot.chat.exchange.reply_context import message_question, require_question
from bot.chat.request_handler import RequestHandler
from bot.edition import Edition
from bot.texts import Texts

AnyCommand = app_commands.Command[app_commands.Group, ..., None] | app_commands.Group | app_commands.ContextMenu
# Each with its options: the question, since when, until when, by whom.
QUESTION_COMMANDS = (("ask", "question", "since", "until", "outlet"), ("اسأل", "سؤال", "منذ", "حتى", "الجهة"))

# Within three seconds Discord wants to know whether the answer will be private.
_PATIENCE = 1.5


def asking_commands(
    handler: RequestHandler, channels: Collection[int], translations: CommandTranslations
) -> Iterator[AnyCommand]:
    """Make the commands that ask a question, or for the story of a topic in order, each with an optional scope."""
    parameters = ("question", "since", "until", "outlet")

    def make(named: Named, options: Sequence[app_commands.locale_str | str], about: str, key: str = "") -> AnyCommand:
        """Make a command; `about` describes what is asked, `key` names the text that puts it in words, if one does."""

        @app_commands.command(**named)
        @app_commands.rename(**dict(zip(parameters, options, strict=True)))
        @app_commands.describe(
            question=translations.localized(about),
            **{option: translations.localized(f"command.options.{option}") for option in parameters[1:]},
        )
        @app_commands.autocomplete(outlet=outlet_autocomplete(handler))
        async def ask(
            interaction: discord.Interaction,
            question: str,
            since: str | None = None,
            until: str | None = None,
            outlet: str | None = None,
        ) -> None:
            if await handler.refuse_elsewhere(interaction, channels):
                return
            exchange, question = InteractionExchange(interaction, private=False), strip_mentions(question)
            try:
                scope = read_scope(handler.editions.current.outlets, handler.texts, since, until, outlet)
            except ReplyError as error:
                await handler.report_error(error, exchange)
            else:
                # Asked in words, a topic is read back from its card as any question is.
                await handler.ask(exchange, handler.texts(key, topic=question) if key else question, scope)

        return ask

    description = translations.localized("command.ask.description")
    for name, *options in QUESTION_COMMANDS:
        yield make({"name": name, "description": description}, options, "command.ask.question")
    named = translations.named("timeline", "command.timeline.description")
    names = [translations.localized(f"command.names.{option}") for option in ("topic", *parameters[1:])]
    yield make(named, names, "command.options.topic", "timeline.question")


def help_command(handler: RequestHandler, translations: CommandTranslations) -> AnyCommand:
    async def explained(edition: Edition) -> Card:
        return await handler.answer_worker.run(lambda: help_card(handler.texts, handler.summarise(edition)))

    return translations.command("help", "command.help.description", partial(handler.show, page=explained))


def message_menu(
    handler: RequestHandler, channels: Collection[int], translations: CommandTranslations
) -> app_commands.ContextMenu:
    """Make the message menu, which asks the question of a message."""

    async def ask_about(interaction: discord.Interaction, message: discord.Message) -> None:
        if await handler.refuse_elsewhere(interaction, channels):
            return
        try:
            question, before = await _question_of(interaction, message, handler.texts)
        except ReplyError as error:
            await handler.refuse(InteractionExchange(interaction, private=True), error)
            return
        # A refused long message would fill the channel.
        openly = InteractionExchange(interaction, private=len(question) > MOST_CHARACTERS, before=before)
        await handler.ask(openly, question)

    return app_commands.ContextMenu(name=translations.localized("command.menu.name"), callback=ask_about)


async def _question_of(
    interaction: discord.Interaction, message: discord.Message, texts: Texts
) -> tuple[str, str | None]:
    """Return the question of a message and the previous one; of an answer of the bot, those that it answers."""
    me = interaction.client.user
    if me is None or message.author.id != me.id:
        return message_question(message), None
    # Where only a person has installed the bot, it may fetch nothing.
    is_there = interaction.is_guild_integration() or interaction.context.dm_channel
    return await require_question(message, texts, "conversation.no_question", _PATIENCE if is_there else 0)
