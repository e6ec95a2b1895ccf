"""Questions asked in messages, and their answers, which follow them.

An edited question is answered anew in the same place; the answer to a deleted one goes with it. Only what the newest
questions need for that is kept, in memory; the answer to an older one that is edited is looked for in its channel.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import aiohttp
import discord

from bot.chat.discord_errors import UNKNOWN_CHANNEL, UNKNOWN_MESSAGE
from bot.chat.exchange import (
    MessageExchange,
    SeenIds,
    SentAnswer,
    channels_in_guild,
    deliver,
    is_addressed,
    is_allowed_channel,
    is_content_hidden,
    replied_question,
    strip_mentions,
)
from bot.chat.reply_error import ReplyError
from bot.chat.request_handler import RequestHandler, RequestStatus

logger = logging.getLogger(__name__)

# Answers come within seconds: what stands further below a question is no answer to it.
_SEARCHED_MESSAGES = 50
_PATIENCE = 5.0

# People mend a question right after asking it; later, others have read the answer that is there.
_EDIT_WINDOW = timedelta(minutes=10)


@dataclass(slots=True)
class TrackedQuestion:
    """What is remembered of a question: no more than its words, and where its answer stands.

    `turn` is held by whoever works on the answer, `version` is the newest that was heard of, and `words` are those
    answered; `exchange` is there while an answer is being made.
    """

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    version: datetime | None = None
    words: str | None = None
    answer: SentAnswer | None = None
    exchange: MessageExchange | None = None
    is_deleted: bool = False

    def note_version(self, version: datetime) -> bool:
        """Note a version and tell whether it is newer than those heard of; Discord repeats itself after a resume."""
        if self.version is not None and version <= self.version:
            return False
        self.version = version
        self._end()
        return True

    def delete(self) -> None:
        """Note that the question is gone, also for the answer that is being made."""
        self.is_deleted = True
        self._end()

    async def delete_answer(self) -> None:
        """Take the answer away; one that people deleted before is as good."""
        answer, self.answer, self.words = self.answer, None, None
        if answer is None:
            return
        try:
            await deliver(answer.delete)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            if getattr(error, "code", None) not in {UNKNOWN_MESSAGE, UNKNOWN_CHANNEL}:
                logger.warning("The answer to a question that is no more could not be deleted: %s", error)

    def _end(self) -> None:
        """Let the answer that is being made come to nothing, unless it is on its way already."""
        if self.exchange is not None:
            self.exchange.end()


async def find_past_answer(message: discord.Message, me: int) -> discord.PartialMessage | None:
    """Return the bot's reply to a message, looked for in one request; None where there is none to be found."""
    try:
        async with asyncio.timeout(_PATIENCE):
            async for later in message.channel.history(limit=_SEARCHED_MESSAGES, after=message, oldest_first=True):
                if later.author.id == me and later.reference and later.reference.message_id == message.id:
                    return discord.PartialMessage(channel=later.channel, id=later.id)
    except (discord.DiscordException, aiohttp.ClientError, OSError):
        return None
    return None


class Conversations:
    """Answers messages that speak to the bot, and keeps the answers to the newest of them true to their questions."""

    def __init__(self, handler: RequestHandler, seen: SeenIds, channels: Collection[int], capacity: int = 2000) -> None:
        self._handler = handler
        self._seen = seen
        self._channels = channels
        self._capacity = capacity
        self._questions: OrderedDict[int, TrackedQuestion] = OrderedDict()

    async def on_message(self, message: discord.Message, me: int) -> None:
        """Answer a message that speaks to the bot, once, in a place where it answers."""
        if is_addressed(message, me) and self._seen.first_time(message.id):
            await self._track(self._remember(message.id), message, me)

    async def on_edit(self, message: discord.Message, me: int) -> None:
        """Bring the answer to a message up to date within ten minutes; an edit may make it a question."""
        changed = message.edited_at
        if changed is None or changed - message.created_at > _EDIT_WINDOW or self._handler.is_stopping:
            return
        question = self._questions.get(message.id)
        if question is None and is_addressed(message, me):
            self._seen.first_time(message.id)
            question = self._remember(message.id)
        if question is not None:
            await self._track(question, message, me)

    async def on_delete(self, ids: Iterable[int]) -> None:
        """Take away the answers to questions that are gone, also those that are still being made."""
        gone = [self._questions[identity] for identity in ids if identity in self._questions]
        for question in gone:
            question.delete()
        with self._handler.in_flight.track():
            for question in gone:
                async with question.turn:
                    await question.delete_answer()

    def close(self) -> None:
        """Give up what is not answered yet: the next client reads it back."""
        for identity, question in list(self._questions.items()):
            if question.exchange is not None:
                question.exchange.end()
                self._forget(identity)

    def _forget(self, identity: int) -> None:
        self._questions.pop(identity, None)
        self._seen.forget(identity)

    def _remember(self, identity: int) -> TrackedQuestion:
        question = self._questions[identity] = TrackedQuestion()
        if len(self._questions) > self._capacity:
            self._questions.popitem(last=False)
        return question

    async def _track(self, question: TrackedQuestion, message: discord.Message, me: int) -> None:
        """Make a version of a question count, one at a time, unless a newer one is waiting."""
        version = message.edited_at or message.created_at
        if question.note_version(version):
            async with question.turn:
                if question.version == version and not question.is_deleted:
                    await self._apply(question, message, me)

    async def _apply(self, question: TrackedQuestion, message: discord.Message, me: int) -> None:
        words = strip_mentions(message.content)
        if not is_addressed(message, me):
            with self._handler.in_flight.track():
                await question.delete_answer()
        elif words == question.words:
            return
        elif not await self._is_answered_channel(message):
            await self._point_to_channels(message, me)
        else:
            if question.answer is None and question.words is None and message.edited_at is not None:
                question.answer = await find_past_answer(message, me)
            exchange = question.exchange = MessageExchange(message, me, self._handler.texts, question.answer)
            if question.is_deleted:
                exchange.end()
            status = await self._ask(exchange, words, me)
            question.answer, question.exchange = exchange.answer, None
            if status is RequestStatus.DEFERRED:
                self._forget(message.id)
            # Of an answer that was given up it is not known whether it was on its way already.
            question.words = None if exchange.is_withdrawn else words

    async def _ask(self, exchange: MessageExchange, words: str, me: int) -> RequestStatus:
        """Have a message answered; one without words points at the message that it replies to."""
        if is_content_hidden(exchange.message, me):
            return await self._handler.refuse(exchange, ReplyError("conversation.role", me=f"<@{me}>"))
        if not words:
            try:
                words = await replied_question(exchange.message, me)
            except ReplyError as error:
                return await self._handler.refuse(exchange, error)
            exchange.shows_question = not words
        return await self._handler.ask(exchange, words)

    async def _point_to_channels(self, message: discord.Message, me: int) -> None:
        """Send the author to the channels of the same server where questions are answered."""
        if near := channels_in_guild(self._channels, message.guild):
            await self._handler.point_to_channels(MessageExchange(message, me, self._handler.texts), near)

    async def _is_answered_channel(self, message: discord.Message) -> bool:
        """Tell whether the bot answers where a message stands, which may be a thread that it has not heard of yet."""
        place = message.channel
        if message.guild is None or not self._channels:
            return True
        parent = getattr(place, "parent_id", None)
        if isinstance(place, discord.PartialMessageable):
            try:
                parent = getattr(await message.guild.fetch_channel(place.id), "parent_id", None)
            except (discord.DiscordException, aiohttp.ClientError, OSError):
                parent = None
        return is_allowed_channel(place.id, parent, self._channels)
