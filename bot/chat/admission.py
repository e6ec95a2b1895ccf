"""Which questions are taken now: fair to members and channels, and no more waiting than will be answered."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.answering import Answer, Refusal
from bot.chat.error_handler import report_error
from bot.chat.exchange import Exchange, SeenIds
from bot.chat.reply_error import ReplyError
from bot.ops.rate_limits import Cooldown, FairQueue, RatePass, RateQueue
from bot.texts import Texts

# The question has to be asked again: the bot will not come back to it.
ASK_AGAIN = "🔁"
# Who asked wants an answer within a minute, and who waits holds memory.
PATIENCE = 60.0
_MOST_QUEUED = 2000
# Longer waits are told in minutes.
_LONG, _MINUTE = 120.0, 60.0
_IN_MINUTES = {"not_now.member": "not_now.member_minutes", "not_now.channel": "not_now.channel_minutes"}
# A full line takes some seconds to be answered.
_CROWDED_FOR = 15.0
_HOUR = 3600.0
# Discord takes a few such requests a second, and each that it has not taken yet waits in memory.
_TOLD_AT_ONCE = 100
# People mend a question once or twice; more than that, and editing would be a way around the limits.
_FREE_EDITS = 2


@dataclass(frozen=True, slots=True)
class Declined:
    """Why a question is not taken now, by a text key, and in how many seconds one will be."""

    key: str
    seconds: float

    @property
    def reason(self) -> str:
        """The last part of the key."""
        return self.key.rpartition(".")[2]

    def error(self, place: int, *, private: bool) -> ReplyError:
        """Say when to ask again, no sooner than is true."""
        key, count = self.key, math.ceil(self.seconds)
        if self.seconds > _LONG:
            key, count = _IN_MINUTES[key], math.ceil(self.seconds / _MINUTE)
        return ReplyError(key, private=private, count=count, channel=f"<#{place}>")


class Admission:
    """Takes questions in and sees them out. Only answers count towards a limit; 0 a minute sets none."""

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
        self._reservations = Reservations(clock)
        self._being_told = 0
        self._told, self._pointed = Cooldown(clock), Cooldown(clock)
        self._on_unanswered = on_unanswered
        self._counted, self._noted = SeenIds(), SeenIds()

    def admit(self, exchange: Exchange) -> RatePass | Declined:
        """Let a question in where it is answered within a minute, or say why there is to be no answer now.

        A question that was edited after its answer was counted is answered anew for free, a few times: the versions
        belong together.
        """
        if self.queue.is_full or len(self._members) >= _MOST_QUEUED:
            return Declined("not_now.crowded", _CROWDED_FOR)
        if 0 < self._answers_counted(exchange.id) <= _FREE_EDITS:
            return RatePass()
        if (seconds := self._members.wait(exchange.asker_id)) > PATIENCE:
            return Declined("not_now.member", seconds)
        if not self._reservations.redeem(exchange.channel_id, exchange.asker_id):
            ahead = self._reservations.count_open(exchange.channel_id)
            if (seconds := self._channels.wait(exchange.channel_id, ahead)) > PATIENCE:
                due = self._reservations.reserve(exchange.channel_id, exchange.asker_id, seconds)
                return Declined("not_now.channel", due)
        return RatePass((self._members, exchange.asker_id), (self._channels, exchange.channel_id))

    def release(
        self, exchange: Exchange, rate_pass: RatePass, outcome: Answer | Refusal | None, *, is_told: bool
    ) -> None:
        """Count no answer where the asker has none.

        Pass on a lack and in which server it is public, once for a message however often it is edited.
        """
        if is_told and isinstance(outcome, Answer):
            self._counted.first_time((exchange.id, self._answers_counted(exchange.id)))
        else:
            rate_pass.give_back()
        if isinstance(outcome, Refusal) and outcome.is_of_question and self._noted.first_time(exchange.id):
            self._on_unanswered(outcome, exchange.public_guild_id)

    async def decline(self, exchange: Exchange, declined: Declined, texts: Texts) -> None:
        """Put a sign to the question, and tell its asker when to ask again; not again before that time.

        The asker alone is told, where Discord has a way to. Nothing is said while too many others are being told: a
        flood would fill the memory with what is to be sent.
        """
        if self._being_told >= _TOLD_AT_ONCE:
            return
        self._being_told += 1
        try:
            if not await exchange.add_reaction(ASK_AGAIN) or self._told.try_start(exchange.asker_id, declined.seconds):
                told = await report_error(declined.error(exchange.channel_id, private=True), exchange, texts)
                if told.is_shut_out:
                    await report_error(declined.error(exchange.channel_id, private=False), exchange, texts)
        finally:
            self._being_told -= 1

    async def point_to_channels(self, exchange: Exchange, channels: Collection[int], texts: Texts) -> None:
        """Tell an asker alone in which channels questions are answered, at most once an hour."""
        if self._pointed.try_start(exchange.asker_id, _HOUR):
            here, there = f"<#{exchange.channel_id}>", " ".join(f"<#{channel}>" for channel in channels)
            await report_error(ReplyError("pointer.elsewhere", private=True, here=here, there=there), exchange, texts)

    def _answers_counted(self, number: int) -> int:
        """Return how many answers to a message were counted, up to the first that is not free."""
        return next((count for count in range(_FREE_EDITS + 1) if (number, count) not in self._counted), 0)


class Reservations:
    """Times at which askers were told to come back to a place, where they then have their turn within a minute.

    For that, whoever comes later is let in only as far as those promises can be kept.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._due: dict[int, OrderedDict[int, float]] = {}

    def count_open(self, place: int) -> int:
        """Return how many askers may still come back to a place."""
        return len(self._open(place))

    def reserve(self, place: int, asker: int, seconds: float) -> float:
        """Promise an asker a turn in so many seconds, unless there is one already; return the seconds until then."""
        due = self._due.setdefault(place, OrderedDict()).setdefault(asker, self._clock() + seconds)
        return due - self._clock()

    def redeem(self, place: int, asker: int) -> bool:
        """Tell whether an asker comes back in time for a promised turn, which they then have had."""
        promised = self._open(place)
        is_due = promised.get(asker, math.inf) - PATIENCE <= self._clock()
        if is_due:
            del promised[asker]
        return is_due

    def _open(self, place: int) -> OrderedDict[int, float]:
        """Return the promises of a place without those that nobody has come back for."""
        promised = self._due.get(place, OrderedDict())
        while promised and next(iter(promised.values())) < self._clock() - PATIENCE:
            promised.popitem(last=False)
        if not promised:
            self._due.pop(place, None)
        return promised
