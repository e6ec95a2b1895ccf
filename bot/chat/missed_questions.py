"""Questions asked while no session was open, read back from Discord after a start and after a lost session.

Two processes that read the same question back do not answer it twice: a reply carries the question's id as its nonce,
by which Discord knows it again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import discord
from cachetools import LRUCache

from bot.chat.admission import ASK_AGAIN
from bot.chat.chat_errors import DELIVERY_ERRORS
from bot.chat.error_handler import SHUT_OUT
from bot.chat.exchange.delivery import deliver
from bot.chat.exchange.message_filter import is_addressed
from bot.chat.permissions import may_write
from bot.chat.waiting_room import WAITING

logger = logging.getLogger(__name__)

# No asker waits longer for an answer.
_WINDOW = timedelta(minutes=10)
_MOST_MESSAGES = 500
_MOST_DIRECT = 50
_READ_AT_ONCE = 5

Ask = Callable[[discord.Message], Awaitable[None]]
_Place = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread
Readable = _Place | discord.PartialMessageable


class MissedQuestions:
    """Reads recent messages of channels and known direct conversations, and passes on unanswered questions."""

    def __init__(self) -> None:
        self._direct: LRUCache[int, None] = LRUCache(_MOST_DIRECT)

    def note_direct(self, channel: int) -> None:
        """Remember a direct conversation, since Discord lists none to bots."""
        self._direct[channel] = None

    async def ask(
        self, client: discord.Client, guilds: Iterable[discord.Guild], ask: Ask, clock_ahead: timedelta = timedelta(0)
    ) -> None:
        """Read back the last minutes of servers and direct conversations, and pass unanswered questions to `ask`.

        `clock_ahead` is how far Discord's clock, by which messages are dated, is ahead of this machine's.
        """
        if client.user is None:
            return
        me, since = client.user.id, discord.utils.utcnow() + clock_ahead - _WINDOW
        direct = [client.get_partial_messageable(channel) for channel in self._direct]
        places = [*direct, *(place for guild in guilds for place in _busy_places(guild, since))]
        reading = asyncio.Semaphore(_READ_AT_ONCE)
        await asyncio.gather(*(_ask_in(place, me, since, ask, reading) for place in places))


async def _ask_in(place: Readable, me: int, since: datetime, ask: Ask, reading: asyncio.Semaphore) -> None:
    async with reading:
        messages = await _messages(place, since)
    if unanswered := unanswered_questions(messages, me):
        logger.info("%d questions in channel %s were asked while the bot was away", len(unanswered), place.id)
    await asyncio.gather(*map(ask, unanswered))
    for message in messages:
        if _has_mark(message, WAITING):
            with suppress(*DELIVERY_ERRORS):
                await message.remove_reaction(WAITING, discord.Object(me))


def unanswered_questions(messages: Sequence[discord.Message], me: int) -> list[discord.Message]:
    """Return the messages that ask the bot, and that it has neither answered nor declined."""
    answered = {message.reference.message_id for message in messages if message.author.id == me and message.reference}
    return [
        message
        for message in messages
        if is_addressed(message, me)
        and message.id not in answered
        and not any(_has_mark(message, mark) for mark in (ASK_AGAIN, SHUT_OUT))
    ]


async def _messages(place: Readable, since: datetime) -> list[discord.Message]:
    async def read() -> list[discord.Message]:
        return [message async for message in place.history(limit=_MOST_MESSAGES, after=since, oldest_first=True)]

    try:
        return await deliver(read)
    except DELIVERY_ERRORS as error:
        logger.warning("Channel %s could not be read back for missed questions: %s", place.id, error)
        return []


def _busy_places(guild: discord.Guild, since: datetime) -> Iterator[Readable]:
    places: Iterable[_Place] = (*guild.text_channels, *guild.voice_channels, *guild.stage_channels, *guild.threads)
    for place in places:
        last = place.last_message_id
        if not last or discord.utils.snowflake_time(last) < since:
            continue
        with suppress(discord.ClientException):  # a thread whose channel is not known
            held = place.permissions_for(guild.me)
            if held.read_messages and held.read_message_history and may_write(held, place):
                yield place


def _has_mark(message: discord.Message, mark: str) -> bool:
    return any(reaction.me and str(reaction.emoji) == mark for reaction in message.reactions)
