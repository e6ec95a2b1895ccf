"""The question that an answer of the bot was given to, read back from Discord itself: the bot stores nothing.

An answer to a message replies to it, so its words are there; an answer to a slash command, and an answer to a question
that leaned on another, show the question on their card.
"""

import asyncio

import aiohttp
import discord

from bot.chat.card import shown_texts
from bot.chat.cards import FOLLOWS, QUESTION, shown_question
from bot.chat.incoming import asked_words
from bot.texts import Texts

# The asker waits for the answer, which can do without.
_PATIENCE = 5.0


async def question_before(message: discord.Message, me: int, texts: Texts) -> str | None:
    """Return the question that the answer replied to was given to, with the one it leans on in a line above it."""
    answer = await _replied_to(message)
    return await question_answered(answer, texts) if answer and answer.author.id == me else None


async def question_answered(answer: discord.Message, texts: Texts) -> str | None:
    """Return the question that an answer was given to, with the one it leans on in a line above it."""
    shown = shown_texts(answer.components)
    question = shown_question(shown, QUESTION, texts)
    if question is None and (asked := await _replied_to(answer)):
        question = " ".join(asked_words(asked.content).split())
    return "\n".join(filter(None, (shown_question(shown, FOLLOWS, texts), question))) if question else None


async def _replied_to(message: discord.Message) -> discord.Message | None:
    """Return the message that one replies to; None where it is none, is gone or may not be read."""
    reference = message.reference
    if reference is None or reference.message_id is None or reference.channel_id != message.channel.id:
        return None
    if reference.resolved is not None:
        return reference.resolved if isinstance(reference.resolved, discord.Message) else None
    try:
        async with asyncio.timeout(_PATIENCE):
            return await message.channel.fetch_message(reference.message_id)
    except (discord.DiscordException, aiohttp.ClientError, OSError):
        return None
