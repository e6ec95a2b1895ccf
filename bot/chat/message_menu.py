"""The command in the menu of a message, which asks what that message asks: Discord shows its words to the bot."""

from collections.abc import Collection

import discord
from discord import app_commands

from bot.answering import MOST_CHARACTERS
from bot.chat.commands import elsewhere, is_elsewhere
from bot.chat.desk import Desk
from bot.chat.earlier import question_answered
from bot.chat.errors import ReplyError
from bot.chat.interaction_exchange import InteractionExchange
from bot.chat.others_words import words_of
from bot.chat.wording import Wording
from bot.texts import Texts

# Within three seconds Discord wants to know whether the answer will be private.
_PATIENCE = 1.5


def message_menu(desk: Desk, channels: Collection[int], wording: Wording) -> app_commands.ContextMenu:
    """Make the command that asks about a message."""

    async def ask_about(interaction: discord.Interaction, message: discord.Message) -> None:
        alone = InteractionExchange(interaction, private=True)
        if is_elsewhere(interaction, channels):
            await desk.refuse(alone, elsewhere(channels, interaction.guild))
            return
        try:
            before, question = await _asked(interaction, message, desk.texts)
        except ReplyError as error:
            await desk.refuse(alone, error)
            return
        # What is refused for its length would fill the channel.
        openly = InteractionExchange(interaction, private=len(question) > MOST_CHARACTERS, before=before)
        await desk.ask(openly, question)

    return app_commands.ContextMenu(name=wording.say("command.menu.name"), callback=ask_about)


async def _asked(interaction: discord.Interaction, message: discord.Message, texts: Texts) -> tuple[str | None, str]:
    """Return what a message asks and the questions before it; of an answer of the bot, what it was given to."""
    me = interaction.client.user
    if me is None or message.author.id != me.id:
        return None, words_of(message)
    # Where only a person has installed the bot, it may fetch nothing.
    is_there = interaction.is_guild_integration() or interaction.context.dm_channel
    answered = await question_answered(message, texts, _PATIENCE if is_there else 0)
    if answered is None:
        raise ReplyError("conversation.no_question")
    before, _, question = answered.rpartition("\n")
    return before or None, question
