"""The question that a reply refers to, read back from Discord: the bot stores nothing.

An answer is a reply to its question or shows it on its card; an answer to a follow-up shows the previous question too.
"""

import asyncio
from datetime import timedelta

import discord

from bot.answering import MOST_CHARACTERS
from bot.arabic import SentenceEnd, ends_sentence, sentences
from bot.chat.cards.answer_card import QUESTION, read_previous, read_question
from bot.chat.cards.card import layout_texts
from bot.chat.chat_errors import DELIVERY_ERRORS, ReplyError
from bot.chat.exchange.message_filter import message_words
from bot.texts import Texts

# The asker waits for the answer, which is possible without the previous question.
_PATIENCE = 5.0
# Chosen: whoever writes again later begins anew.
_GOES_ON = timedelta(minutes=2)


def message_question(message: discord.Message) -> str:
    """Return the question of a message; raise ReplyError where it has no words, or Discord withholds them."""
    if words := extract_question(message_words(message)):
        return words
    # Without the intent to read messages, Discord empties all of these in a message that is not for the bot.
    shown = message.content or message.embeds or message.attachments or message.components or message.stickers
    raise ReplyError("conversation.no_words" if shown else "conversation.hidden")


def extract_question(words: str) -> str:
    """Return the only interrogative sentence of a text too long to be one question, else the text."""
    if len(words) <= MOST_CHARACTERS:
        return words
    spoken = [words[span.start : span.end] for span in sentences(words)]
    questions = [sentence for sentence in spoken if ends_sentence(sentence, SentenceEnd.QUESTION)]
    return questions[0] if len(questions) == 1 else words


async def previous_question(message: discord.Message, me: int, texts: Texts) -> str | None:
    """Return the question of the replied message, or that which it answers, with its previous question in a line above.

    Raise ReplyError where the replied message has no readable words.
    """
    before = await _replied_message(message)
    if before is None:
        return None
    return await answered_question(before, texts) if before.author.id == me else _line(message_question(before))


async def preceding_question(message: discord.Message, me: int, texts: Texts) -> str | None:
    """Return the question right before one in a conversation of two, with its previous one; None after a while."""
    try:
        async with asyncio.timeout(_PATIENCE):
            found = [one async for one in message.channel.history(limit=1, before=message)]
    except DELIVERY_ERRORS:
        return None
    before = next((one for one in found if message.created_at - one.created_at <= _GOES_ON), None)
    if before is None:
        return None
    return await answered_question(before, texts) if before.author.id == me else _line(message_words(before))


async def replied_question(message: discord.Message, me: int) -> str:
    """Return the question of the message that a message without words replies to, empty where it is no reply.

    Raise ReplyError where that message has no readable words, or is an answer of the bot.
    """
    before = await _replied_message(message)
    if before is None:
        return ""
    if before.author.id == me:
        # Discord empties a reply that does not mention the bot, as to the answer of a command.
        if message.content or message.attachments or message.stickers:
            raise ReplyError("conversation.go_on")
        raise ReplyError("conversation.reply_hidden", me=f"<@{me}>")
    return message_question(before)


async def answered_question(answer: discord.Message, texts: Texts, patience: float = _PATIENCE) -> str | None:
    """Return the question of an answer, with its previous question in a line above."""
    shown = layout_texts(answer.components)
    question = read_question(shown, QUESTION, texts)
    if question is None:
        asked = await _replied_message(answer, patience)
        question = _line(message_words(asked)) if asked else None
    return "\n".join(filter(None, (read_previous(shown, question, texts), question))) if question else None


async def require_question(
    answer: discord.Message | None, texts: Texts, key: str, patience: float = _PATIENCE
) -> tuple[str, str | None]:
    """Return the question of an answer and what completed it; raise a ReplyError of this key where that is gone."""
    if answer is None or (asked := await answered_question(answer, texts, patience)) is None:
        raise ReplyError(key, private=True)
    earlier, _, question = asked.rpartition("\n")
    return question, earlier or None


async def _replied_message(message: discord.Message, patience: float = _PATIENCE) -> discord.Message | None:
    """Return the message that a reply refers to; None where there is none, it is deleted or may not be read."""
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
    except DELIVERY_ERRORS:
        return None


def _line(words: str) -> str:
    return " ".join(words.split())
