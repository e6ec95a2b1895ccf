"""Questions in messages, and answers that follow their edits and deletions.

The answer to an edited question is edited, that to a deleted question deleted. The newest questions are tracked in
memory for that; the answer to an older one is searched for in its channel.
"""

import asyncio
import logging
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import discord
from cachetools import FIFOCache

from bot.chat.chat_errors import DELIVERY_ERRORS, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, ReplyError
from bot.chat.error_handler import call_each
from bot.chat.exchange.delivery import deliver
from bot.chat.exchange.message_exchange import MessageExchange, SentAnswer
from bot.chat.exchange.message_filter import SeenIds, addressed_words, is_allowed_channel, is_content_hidden
from bot.chat.exchange.reply_context import replied_question
from bot.chat.request_handler import RequestHandler
from bot.chat.waiting_room import RequestStatus

logger = logging.getLogger(__name__)

# Answers come within seconds, so none is further below its question.
_SEARCHED_MESSAGES = 50
_PATIENCE = 5.0

# People mend a question right after asking it; later, others have read its answer.
_EDIT_WINDOW = timedelta(minutes=10)


@dataclass(slots=True)
class TrackedQuestion:
    """A recent question and its answer.

    `turn` is locked while the answer is worked on, `version` is the time of the newest edit, `words` are the words that
    were answered, `exchange` is set while an answer is being made. `was_answered` outlives an answer that is deleted.
    """

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    version: datetime | None = None
    words: str | None = None
    answer: SentAnswer | None = None
    exchange: MessageExchange | None = None
    is_deleted: bool = False
    was_answered: bool = False

    def note_version(self, version: datetime) -> bool:
        """Note a version and return whether it is the newest; Discord repeats events after a resume."""
        if self.version is not None and version <= self.version:
            return False
        self.version = version
        self._end()
        return True

    def delete(self) -> None:
        """Mark the question as deleted, and withdraw the answer that is being made."""
        self.is_deleted = True
        self._end()

    async def delete_answer(self) -> None:
        """Delete the answer; ignore that it is deleted already."""
        answer, self.answer, self.words = self.answer, None, None
        if answer is None:
            return
        self.was_answered = True
        try:
            await deliver(answer.delete)
        except DELIVERY_ERRORS as error:
            if getattr(error, "code", None) not in {UNKNOWN_MESSAGE, UNKNOWN_CHANNEL}:
                logger.warning("The answer to a deleted question could not be deleted, and stays: %s", error)

    def _end(self) -> None:
        """Withdraw the answer that is being made, unless it is being sent already."""
        if self.exchange is not None:
            self.exchange.withdrawn.set()


async def find_past_answer(message: discord.Message, me: int) -> discord.PartialMessage | None:
    """Search the channel in one request for the bot's reply to a message; None where none is found."""
    try:
        async with asyncio.timeout(_PATIENCE):
            async for later in message.channel.history(limit=_SEARCHED_MESSAGES, after=message, oldest_first=True):
                if later.author.id == me and later.reference and later.reference.message_id == message.id:
                    return discord.PartialMessage(channel=later.channel, id=later.id)
    except DELIVERY_ERRORS:
        return None
    return None


class Conversations:
    """Answers messages that address the bot, and keeps the answers to recent ones in line with their questions."""

    def __init__(self, handler: RequestHandler, seen: SeenIds, channels: Collection[int], capacity: int = 2000) -> None:
        self._handler, self._seen, self._channels = handler, seen, channels
        self._questions: FIFOCache[int, TrackedQuestion] = FIFOCache(capacity)

    async def on_message(self, message: discord.Message, me: int) -> None:
        """Answer a message that addresses the bot, once."""
        words = addressed_words(message, me)
        if words is not None and self._seen.first_time(message.id):
            question = self._questions[message.id] = TrackedQuestion()
            await self._track(question, message, me, words)

    async def on_edit(self, message: discord.Message, me: int) -> None:
        """Update the answer to a message that is edited within ten minutes; an edit may make it a question."""
        changed = message.edited_at
        if changed is None or changed - message.created_at > _EDIT_WINDOW or self._handler.is_stopping:
            return
        question, words = self._questions.get(message.id), addressed_words(message, me)
        if question is None and words is not None:
            self._seen.first_time(message.id)
            question = self._questions[message.id] = TrackedQuestion()
        if question is not None:
            await self._track(question, message, me, words)

    async def on_delete(self, ids: Collection[int]) -> None:
        """Delete the answers to deleted questions, withdraw those still being made, and have their words forgotten."""
        call_each(self._handler.deletion_listeners, ids)
        gone = [self._questions[identity] for identity in ids if identity in self._questions]
        for question in gone:
            question.delete()
        with self._handler.in_flight.track():
            for question in gone:
                async with question.turn:
                    await question.delete_answer()

    def close(self) -> None:
        """Withdraw unfinished answers, whose questions the next client reads back."""
        for identity, question in list(self._questions.items()):
            if question.exchange is not None:
                question.exchange.withdrawn.set()
                self._forget(identity)

    def _forget(self, identity: int) -> None:
        self._questions.pop(identity, None)
        self._seen.forget(identity)

    async def _track(self, question: TrackedQuestion, message: discord.Message, me: int, words: str | None) -> None:
        """Apply a version of a question, one at a time, unless a newer one is waiting."""
        version = message.edited_at or message.created_at
        if not question.note_version(version):
            return
        async with question.turn:
            if question.version != version or question.is_deleted or (words is not None and words == question.words):
                return
            if words is None:
                with self._handler.in_flight.track():
                    await question.delete_answer()
                return
            is_answered = await self._is_answered_channel(message)
            if is_answered and question.answer is None and question.words is None and message.edited_at is not None:
                question.answer = await find_past_answer(message, me)
            exchange = MessageExchange(
                message, me, self._handler.texts, question.answer, was_deleted=question.was_answered
            )
            if is_answered:
                await self._answer(question, exchange, me, words)
            else:
                await self._handler.point_to_channels(exchange, self._channels)

    async def _answer(self, question: TrackedQuestion, exchange: MessageExchange, me: int, words: str) -> None:
        """Answer a message, or change its answer; one without words asks about the message that it replies to."""
        question.exchange = exchange
        if question.is_deleted:
            exchange.withdrawn.set()
        try:
            asked = words or await self._find_question(exchange, me)
        except ReplyError as error:
            status = await self._handler.refuse(exchange, error)
        else:
            status = await self._handler.ask(exchange, asked)
        question.answer, question.exchange = exchange.answer, None
        if status is RequestStatus.DEFERRED:
            self._forget(exchange.id)
        # A withdrawn answer may have been sent already.
        question.words = None if exchange.withdrawn.is_set() else words

    @staticmethod
    async def _find_question(exchange: MessageExchange, me: int) -> str:
        """Return the question of the message that one without words replies to; raise ReplyError where it has none."""
        if is_content_hidden(exchange.message, me):
            raise ReplyError("conversation.role", me=f"<@{me}>")
        found = await replied_question(exchange.message, me)
        exchange.shows_question = not found
        return found

    async def _is_answered_channel(self, message: discord.Message) -> bool:
        """Whether the bot answers in the channel of a message, which may be an unknown thread."""
        place = message.channel
        if message.guild is None or not self._channels:
            return True
        parent = getattr(place, "parent_id", None)
        if isinstance(place, discord.PartialMessageable):
            try:
                parent = getattr(await message.guild.fetch_channel(place.id), "parent_id", None)
            except DELIVERY_ERRORS:
                parent = None
        return is_allowed_channel(place.id, parent, self._channels)
