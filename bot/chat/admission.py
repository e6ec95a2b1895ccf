"""Which questions are taken now: fair to members and channels, and no more waiting than will be answered."""

import math
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.answering import Answer, Refusal
from bot.chat.errors import ReplyError, report
from bot.chat.exchange import Exchange
from bot.chat.incoming import Seen
from bot.ops.buckets import Buckets
from bot.ops.line import Line
from bot.ops.once import Once
from bot.texts import Texts

NOT_NOW = "⏳"
# A full line takes some seconds to be answered.
_CROWDED_FOR = 15.0
_HOUR = 3600.0
# Discord takes a few such requests a second, and each that it has not taken yet waits in memory.
_TOLD_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Declined:
    """Why a question is not taken now, by a text key, and in how many seconds one will be."""

    key: str
    seconds: float

    @property
    def reason(self) -> str:
        """The last part of the key."""
        return self.key.rpartition(".")[2]


class Admission:
    """Takes questions in and sees them out. Only answers count towards a limit; 0 a minute sets none."""

    def __init__(
        self,
        member_per_minute: int = 0,
        channel_per_minute: int = 0,
        on_lack: Callable[[Refusal, int | None], None] = lambda _, __: None,
        line: Line | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.line = line or Line()
        self._members = Buckets(member_per_minute, clock)
        self._places = Buckets(channel_per_minute, clock)
        self._being_told = 0
        self._told, self._pointed = Once(clock), Once(clock)
        self._on_lack = on_lack
        self._counted, self._noted = Seen(), Seen()

    def enter(self, exchange: Exchange) -> Declined | None:
        """Count an answer in advance, or say why there is to be none now.

        A question that was edited after its answer was counted is answered anew for free: the two belong together.
        """
        if self.line.is_full:
            return Declined("not_now.crowded", _CROWDED_FOR)
        if exchange.number in self._counted:
            return None
        if wait := self._members.wait(exchange.asker):
            return Declined("not_now.member", wait)
        if wait := self._places.wait(exchange.place):
            return Declined("not_now.channel", wait)
        self._members.take(exchange.asker)
        self._places.take(exchange.place)
        return None

    def leave(self, exchange: Exchange, outcome: Answer | Refusal | None, *, is_told: bool) -> None:
        """Count no answer where the asker has none.

        Pass on a lack and in which server it is public, once for a message however often it is edited.
        """
        if is_told and isinstance(outcome, Answer):
            self._counted.first_time(exchange.number)
        elif exchange.number not in self._counted:
            self._members.give_back(exchange.asker)
            self._places.give_back(exchange.place)
        if isinstance(outcome, Refusal) and outcome.is_of_question and self._noted.first_time(exchange.number):
            self._on_lack(outcome, exchange.public_in)

    async def decline(self, exchange: Exchange, declined: Declined, texts: Texts) -> None:
        """Put a sign to the question, and tell its asker alone why; not again before the time that was told.

        Nothing is said while too many others are being told: a flood would fill the memory with what is to be sent.
        """
        if self._being_told >= _TOLD_AT_ONCE:
            return
        self._being_told += 1
        try:
            if not await exchange.mark(NOT_NOW) or self._told.first(exchange.asker, declined.seconds):
                count, channel = math.ceil(declined.seconds), f"<#{exchange.place}>"
                await report(ReplyError(declined.key, private=True, count=count, channel=channel), exchange, texts)
        finally:
            self._being_told -= 1

    async def point_elsewhere(self, exchange: Exchange, channels: Collection[int], texts: Texts) -> None:
        """Tell an asker alone in which channels questions are answered, at most once an hour."""
        if self._pointed.first(exchange.asker, _HOUR):
            here, there = f"<#{exchange.place}>", " ".join(f"<#{channel}>" for channel in channels)
            await report(ReplyError("pointer.elsewhere", private=True, here=here, there=there), exchange, texts)
