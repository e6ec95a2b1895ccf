"""Admission of questions: rate limits of members and channels, and the line of those who wait for an answer."""

import math
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

from cachetools import FIFOCache

from bot.answering import Answer, Refusal
from bot.chat.chat_errors import ReplyError
from bot.chat.error_handler import report_error
from bot.chat.exchange.exchange import Exchange
from bot.chat.exchange.message_filter import SeenIds
from bot.ops.rate_limits import Cooldown, FairQueue, RatePass, RateQueue, Reservations
from bot.texts import Texts

# The asker has to ask again: the bot will not come back to the question.
ASK_AGAIN = "🔁"
# Who asked wants an answer within a minute, and who waits holds memory.
PATIENCE = 60.0
_MOST_QUEUED = 2000
# Longer waits are named in minutes.
_LONG, _MINUTE = 120.0, 60.0
_IN_MINUTES = {"not_now.member": "not_now.member_minutes", "not_now.channel": "not_now.channel_minutes"}
# A full line takes some seconds to be answered.
_CROWDED_FOR = 15.0
_HOUR = 3600.0
# Discord takes a few such requests a second, and each that it has not taken yet waits in memory.
_TOLD_AT_ONCE = 100
# People mend a question once or twice; more than that, and editing would be a way around the limits.
_FREE_EDITS = 2
# More questions than are edited within ten minutes.
_MOST_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Declined:
    """A question that is not admitted: the text key of the reason, and the seconds until one will be."""

    key: str
    seconds: float

    @property
    def reason(self) -> str:
        return self.key.rpartition(".")[2]

    def error(self, place: int, *, private: bool) -> ReplyError:
        """Return the error that tells when to ask again, rounded up."""
        key, count = self.key, math.ceil(self.seconds)
        if self.seconds > _LONG:
            key, count = _IN_MINUTES[key], math.ceil(self.seconds / _MINUTE)
        return ReplyError(key, private=private, count=count, channel=f"<#{place}>")


class Admission:
    """Admits questions within the limits and releases them; only answers count. A limit of 0 a minute sets none."""

    def __init__(
        self,
        member_per_minute: int = 0,
        channel_per_minute: int = 0,
        on_unanswered: Callable[[Refusal, int | None], None] = lambda _, __: None,
        queue: FairQueue | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.queue = queue or FairQueue()
        self._members = RateQueue(member_per_minute, clock)
        self._channels = RateQueue(channel_per_minute, clock)
        self._reservations = Reservations(PATIENCE, clock)
        self._being_told = 0
        self._told, self._pointed = Cooldown(clock), Cooldown(clock)
        self._on_unanswered = on_unanswered
        self._answers: FIFOCache[int, int] = FIFOCache(_MOST_REMEMBERED)
        self._noted = SeenIds()

    def admit(self, exchange: Exchange) -> RatePass | Declined:
        """Admit a question that will be answered within a minute, decline any other.

        The first edits of an answered question are free.
        """
        if self.queue.is_full or len(self._members) >= _MOST_QUEUED:
            return Declined("not_now.crowded", _CROWDED_FOR)
        if 0 < self._answers.get(exchange.id, 0) <= _FREE_EDITS:
            return RatePass()
        if (seconds := self._members.wait(exchange.asker_id)) > PATIENCE:
            return Declined("not_now.member", seconds)
        if not self._reservations.redeem(exchange.channel_id, exchange.asker_id):
            ahead = len(self._reservations.still_open(exchange.channel_id))
            if (seconds := self._channels.wait(exchange.channel_id, ahead)) > PATIENCE:
                due = self._reservations.reserve(exchange.channel_id, exchange.asker_id, seconds)
                return Declined("not_now.channel", due)
        return RatePass((self._members, exchange.asker_id), (self._channels, exchange.channel_id))

    def release(
        self, exchange: Exchange, rate_pass: RatePass, outcome: Answer | Refusal | None, *, is_told: bool
    ) -> None:
        """Count an answer that its asker received, and return the tokens of any other question.

        Report an unanswered question with the server where it is public, once for a message however often it is edited,
        unless it is edited or deleted already.
        """
        if is_told and isinstance(outcome, Answer):
            self._answers[exchange.id] = self._answers.get(exchange.id, 0) + 1
        else:
            rate_pass.give_back()
        if not isinstance(outcome, Refusal) or not outcome.is_of_question or exchange.withdrawn.is_set():
            return
        if self._noted.first_time(exchange.id):
            self._on_unanswered(outcome, exchange.public_guild_id)

    async def decline(self, exchange: Exchange, declined: Declined, texts: Texts) -> None:
        """Mark a declined question, and tell its asker when to ask again; not again before that time.

        The asker is told in private where Discord has a way to. Nothing is sent while too many others are being told,
        since a flood of messages to be sent would fill the memory.
        """
        if self._being_told >= _TOLD_AT_ONCE:
            return
        self._being_told += 1
        try:
            if exchange.signs:
                await exchange.signs.add_reaction(ASK_AGAIN)
            if not exchange.signs or self._told.try_start(exchange.asker_id, declined.seconds):
                told = await report_error(declined.error(exchange.channel_id, private=True), exchange, texts)
                if told.is_shut_out:
                    await report_error(declined.error(exchange.channel_id, private=False), exchange, texts)
        finally:
            self._being_told -= 1

    async def point_to_channels(self, exchange: Exchange, channels: Collection[int], texts: Texts) -> None:
        """Name to an asker, in private and at most once an hour, the channels in which questions are answered."""
        if self._pointed.try_start(exchange.asker_id, _HOUR):
            here, there = f"<#{exchange.channel_id}>", " ".join(f"<#{channel}>" for channel in channels)
            await report_error(ReplyError("pointer.elsewhere", private=True, here=here, there=there), exchange, texts)
