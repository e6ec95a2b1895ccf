"""The question that a message leans on or points at, read back from Discord itself: the bot stores nothing.

An answer to a message replies to it, so its words are there; an answer that does not stand under its question shows it
on its card, and an answer to a question that leaned on another shows that other one.
"""

import asyncio

import aiohttp
import discord

from bot.answering import MOST_CHARACTERS
from bot.arabic import sentences
from bot.chat.cards.answer_card import FOLLOWS, QUESTION, read_question
from bot.chat.cards.card import layout_texts
from bot.chat.exchange.message_filter import strip_mentions
from bot.chat.reply_error import ReplyError
from bot.texts import Texts

_ASKING = ("؟", "?")
_CLOSING = "\"'”’»)]}"

# The asker waits for the answer, which can do without.
_PATIENCE = 5.0


def message_question(message: discord.Message) -> str:
    """Return what a message asks; raise ReplyError where it has no words, or Discord shows none of them."""
    if words := extract_question(strip_mentions(message.content)):
        return words
    # Without the intent to read messages, Discord empties all of these in a message that is not for the bot.
    shown = message.content or message.embeds or message.attachments or message.components or message.stickers
    raise ReplyError("conversation.no_words" if shown else "conversation.hidden")


def extract_question(words: str) -> str:
    """Return the one question of words that are too long to be understood whole, else the words."""
    if len(words) <= MOST_CHARACTERS:
        return words
    spoken = [words[span.start : span.end] for span in sentences(words)]
    questions = [sentence for sentence in spoken if sentence.rstrip(_CLOSING).endswith(_ASKING)]
    return questions[0] if len(questions) == 1 else words


async def previous_question(message: discord.Message, me: int, texts: Texts) -> str | None:
    """Return what the message replied to asks, or was an answer to, with the one it leans on in a line above it.

    Raise ReplyError where the message replied to is there and nothing can be read in it.
    """
    before = await _replied_message(message)
    if before is None:
        return None
    return await answered_question(before, texts) if before.author.id == me else _line(message_question(before))


async def replied_question(message: discord.Message, me: int) -> str:
    """Return what the message asks that a message without words replies to, nothing where it replies to none.

    Raise ReplyError where nothing can be read in it, or it is an answer, which leaves open what else is asked.
    """
    before = await _replied_message(message)
    if before is None:
        return ""
    if before.author.id == me:
        raise ReplyError("conversation.go_on")
    return message_question(before)


async def answered_question(answer: discord.Message, texts: Texts, patience: float = _PATIENCE) -> str | None:
    """Return the question that an answer was given to, with the one it leans on in a line above it."""
    shown = layout_texts(answer.components)
    question = read_question(shown, QUESTION, texts)
    if question is None:
        asked = await _replied_message(answer, patience)
        question = _line(strip_mentions(asked.content)) if asked else None
    return "\n".join(filter(None, (read_question(shown, FOLLOWS, texts), question))) if question else None


async def _replied_message(message: discord.Message, patience: float = _PATIENCE) -> discord.Message | None:
    """Return the message that one replies to; None where it is none, is gone or may not be read."""
    reference = message.reference
    if reference is None or reference.message_id is None or reference.channel_id != message.channel.id:
        return None
    if reference.resolved is not None:
        return reference.resolved if isinstance(reference.resolved, discord.Message) else None
    if not patience:
        return None
    try:
        async with asyncio.timeout(patience):
            return await message.channel.fetch_message(reference.message_id)
    except (discord.DiscordException, aiohttp.ClientError, OSError):
        return None


def _line(words: str) -> str:
    return " ".join(words.split())
