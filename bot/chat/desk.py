"""The desk: takes an exchange, has the work done, hands the card over; every request passes here."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext

from bot.answering import Answer, Answerer, Quote, Reason, Refusal, Scope
from bot.chat.admission import Admission
from bot.chat.answering import Answering
from bot.chat.card import Card
from bot.chat.errors import ReplyError, report
from bot.chat.exchange import Exchange
from bot.chat.explanation_card import explanation_card
from bot.chat.working import shown_as_working
from bot.edition import Edition, Editions
from bot.ops.inflight import InFlight
from bot.ops.metrics import Metrics
from bot.ops.threads import Worker
from bot.texts import Texts

# Longer than discord.py's own five tries at a failing request (25 s), short enough to be waited for.
DEADLINE = 40.0

Turn = AbstractAsyncContextManager[Callable[[], None]]
_AT_ONCE: Turn = nullcontext(lambda: None)


class Desk:
    """Answers exchanges from the current edition until `stop` is set."""

    def __init__(  # noqa: PLR0913 (what a desk has to do with)
        self,
        editions: Editions,
        answerer: Answerer,
        texts: Texts,
        in_flight: InFlight,
        stop: asyncio.Event,
        *,
        admission: Admission | None = None,
        metrics: Metrics | None = None,
    ) -> None:
        self.editions = editions
        self.texts = texts
        self.in_flight = in_flight
        # Who chooses an article never waits for those who ask, nor they for an index of titles in the making.
        self.answering, self.browsing = Worker(), Worker()
        self.metrics = metrics or Metrics()
        self._answerer = answerer
        self._stop = stop
        self._admission = admission or Admission()

    @property
    def closing(self) -> bool:
        """Tell whether the bot is about to stop and takes nothing new."""
        return self._stop.is_set()

    async def ask(self, exchange: Exchange, question: str, scope: Scope | None = None) -> None:
        """Answer a question in its turn from the coverage in scope, completed from the one before where it leans."""
        arrived = time.perf_counter()
        if not self.closing and (declined := self._admission.enter(exchange)):
            self.metrics.declined.labels(declined.reason).inc()
            with self.in_flight.one():
                await self._admission.decline(exchange, declined, self.texts)
            return
        outcome: Answer | Refusal | None = None

        async def work() -> Card:
            nonlocal outcome
            road = Answering(self._answerer, self.editions.current, exchange, self.texts, self.metrics)
            answered = await self.answering.run(road.at_once, question, scope)
            if answered is None:
                earlier, unreadable = None, None
                try:
                    earlier = await exchange.question_before()
                except ReplyError as error:
                    unreadable = error
                answered = await self.answering.run(road.after, earlier, question, scope)
                if unreadable and isinstance(answered[0], Refusal) and answered[0].reason is Reason.INCOMPLETE:
                    raise unreadable
            outcome, shown = answered
            return shown

        is_told = await self.serve(exchange, work, turn=self._admission.line.turn(exchange.place))
        self._admission.leave(exchange, outcome, is_told=is_told)
        if is_told and outcome:
            self.metrics.replying.observe(time.perf_counter() - arrived)
            self.metrics.note_outcome(outcome.reason.value if isinstance(outcome, Refusal) else None)

    async def point_elsewhere(self, exchange: Exchange, channels: Collection[int]) -> None:
        """Send an asker to the channels where questions are answered, in private and not time and again."""
        with self.in_flight.one():
            await self._admission.point_elsewhere(exchange, channels, self.texts)

    async def further(
        self, question: str, earlier: str | None, edition: Edition, scope: Scope | None = None
    ) -> Sequence[Quote]:
        """Find what else there is to read on a question, completed from the one before it where it leans on that."""
        return await self.answering.run(self._answerer.further, question, edition, earlier, scope)

    async def refuse(self, exchange: Exchange, error: ReplyError) -> None:
        """Tell the asker why nothing comes of a request."""

        async def work() -> Card:
            raise error

        await self.serve(exchange, work)

    async def explain(self, question: str) -> Card:
        """Explain what comes of a question."""
        edition = self.editions.current
        return await self.answering.run(lambda: explanation_card(self._answerer.explain(question, edition), self.texts))

    async def tell(self, error: Exception, exchange: Exchange) -> None:
        """Report what went wrong, and count it where that was not to be expected."""
        verdict = await report(error, exchange, self.texts)
        if not isinstance(error, ReplyError):
            self.metrics.errors.labels(verdict.kind).inc()

    async def serve(
        self,
        exchange: Exchange,
        work: Callable[[], Awaitable[Card | None]],
        deadline: float | None = DEADLINE,
        turn: Turn = _AT_ONCE,
    ) -> bool:
        """Acknowledge, do the work, reply where it gave a card, and tell whether that went well.

        The work may wait for a turn; the deadline counts from there, None sets none. Whatever goes wrong is reported in
        one place.
        """
        if self.closing:
            await report(ReplyError("error.stopping"), exchange, self.texts)
            return False
        with self.in_flight.one():
            try:
                async with shown_as_working(exchange):
                    async with asyncio.timeout(DEADLINE):
                        await exchange.acknowledge()
                    async with turn as done, asyncio.timeout(deadline):
                        answer = await work()
                        done()
                        if answer is not None:
                            await exchange.reply(answer)
            except Exception as error:  # noqa: BLE001 (the one place that reports all of them)
                await self.tell(error, exchange)
                return False
        return True
