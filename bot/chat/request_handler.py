"""Requests: each is acknowledged, worked on off the event loop, and replied to with a card."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, replace
from enum import Enum, auto

from bot.answering import Answer, Answerer, Quote, Reason, Refusal
from bot.chat.admission import Admission, Declined
from bot.chat.cards.answer_card import card, outcome_rows
from bot.chat.cards.card import Card
from bot.chat.cards.moderator_cards import explanation_card
from bot.chat.error_handler import Report, report
from bot.chat.exchange import Exchange
from bot.chat.reply_error import ReplyError
from bot.chat.typing_indicator import shown_as_waiting, shown_as_working
from bot.edition import Edition, Editions
from bot.ops.metrics import Metrics
from bot.ops.rate_limits import RatePass
from bot.ops.supervision import InFlight
from bot.ops.threads import Worker
from bot.retrieval import Scope
from bot.texts import Texts

logger = logging.getLogger(__name__)

Answered = tuple[Answer | Refusal, Card]

# Longer than discord.py's own five tries at a failing request (25 s), short enough to be waited for.
DEADLINE = 40.0
# Ten minutes in all: later, nobody waits for an answer any more.
PAUSES = (15.0, 30.0, 60.0, 120.0, 300.0)

Turn = AbstractAsyncContextManager[Callable[[], None]]


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers a question of an exchange from one edition."""

    answerer: Answerer
    edition: Edition
    exchange: Exchange
    texts: Texts
    metrics: Metrics

    def at_once(self, question: str, scope: Scope | None) -> Answered | None:
        """Answer, unless the question may lean on one before it."""
        if self.exchange.goes_on and self.answerer.may_depend_on_previous(question):
            return None
        return self.after(None, question, scope)

    def after(self, earlier: str | None, question: str, scope: Scope | None) -> Answered:
        """Answer a question that is completed from an earlier one where it leans on that."""
        with self.metrics.computing.time():
            outcome, has_more = self.answerer.and_more(question, self.edition, earlier, scope)
            with_question = not self.exchange.shows_question
            shown = card(outcome, self.texts, self.edition.as_of, with_question=with_question)
            rows = outcome_rows(outcome, self.exchange.asker, self.texts, has_more=has_more)
            return outcome, replace(shown, rows=rows)


class Served(Enum):
    """What came of an exchange.

    UNHEARD: its asker knows nothing, and Discord may take the reply later. LEFT: the next client reads it back.
    """

    DONE = auto()
    FAILED = auto()
    UNHEARD = auto()
    LEFT = auto()


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
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        self.editions = editions
        self.texts = texts
        self.in_flight = in_flight
        # Who chooses an article never waits for those who ask, nor they for an index of titles in the making.
        self.answering, self.browsing = Worker(), Worker()
        self.metrics = metrics or Metrics()
        self._answerer = answerer
        self._stop = stop
        self._parting = asyncio.Event()
        self._admission = admission or Admission()
        self._pauses = pauses

    @property
    def closing(self) -> bool:
        """Tell whether the bot is about to stop and takes nothing new."""
        return self._stop.is_set()

    def part(self) -> None:
        """Let those go who wait, since the client over which they would be answered ends."""
        self._parting.set()
        self._parting = asyncio.Event()

    async def ask(self, exchange: Exchange, question: str, scope: Scope | None = None) -> Served:
        """Answer a question in its turn from the coverage in scope, completed from the one before where it leans.

        Where Discord is out of order for longer than a request is repeated, the question is taken up again.
        """
        arrived = time.perf_counter()
        if self.closing:
            return await self._part_from(exchange)
        entered = self._admission.enter(exchange)
        if isinstance(entered, Declined):
            self.metrics.declined.labels(entered.reason).inc()
            with self.in_flight.one():
                await self._admission.decline(exchange, entered, self.texts)
            return Served.FAILED
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

        async with shown_as_waiting(exchange, entered.seconds) as keep_the_sign:
            served = await self._serve_until_heard(exchange, work, entered)
            is_told = served is Served.DONE
            self._admission.leave(exchange, entered, outcome, is_told=is_told)
            if served is Served.LEFT:
                keep_the_sign()
        if is_told and outcome:
            self.metrics.replying.observe(time.perf_counter() - arrived)
            self.metrics.note_outcome(outcome.reason.value if isinstance(outcome, Refusal) else None)
        return served

    async def point_elsewhere(self, exchange: Exchange, channels: Collection[int]) -> None:
        """Send an asker to the channels where questions are answered, in private and not time and again."""
        with self.in_flight.one():
            await self._admission.point_elsewhere(exchange, channels, self.texts)

    async def further(
        self, question: str, earlier: str | None, edition: Edition, scope: Scope | None = None
    ) -> Sequence[Quote]:
        """Find what else there is to read on a question, completed from the one before it where it leans on that."""
        return await self.answering.run(self._answerer.further, question, edition, earlier, scope)

    async def refuse(self, exchange: Exchange, error: ReplyError) -> Served:
        """Tell the asker why nothing comes of a request."""

        async def work() -> Card:
            raise error

        return await self.serve(exchange, work)

    async def explain(self, question: str) -> Card:
        """Explain what comes of a question."""
        edition = self.editions.current
        return await self.answering.run(lambda: explanation_card(self._answerer.explain(question, edition), self.texts))

    async def tell(self, error: Exception, exchange: Exchange) -> Report:
        """Report what went wrong, and count it where that was not to be expected."""
        told = await report(error, exchange, self.texts)
        if not isinstance(error, ReplyError):
            self.metrics.errors.labels(told.verdict.kind).inc()
        return told

    async def serve(
        self,
        exchange: Exchange,
        work: Callable[[], Awaitable[Card | None]],
        deadline: float | None = DEADLINE,
        *,
        turn: Turn | None = None,
        entered: RatePass | None = None,
    ) -> Served:
        """Acknowledge, do the work, reply where it gave a card, and tell what came of that.

        The work may wait for tokens and for a turn; the deadline counts from there, None sets none. Whatever goes
        wrong is reported in one place.
        """
        if self.closing:
            return await self._part_from(exchange)
        with self.in_flight.one():
            try:
                async with asyncio.timeout(DEADLINE):
                    await exchange.acknowledge()
                if entered and not await self._is_let_in(entered, exchange):
                    return await self._part_from(exchange)
                async with shown_as_working(exchange), AsyncExitStack() as stack:
                    done = None
                    if turn and not (done := await self._in_turn(exchange, stack, turn)):
                        return await self._part_from(exchange)
                    if exchange.is_over:
                        return Served.FAILED
                    async with asyncio.timeout(deadline):
                        answer = await work()
                        if done:
                            done()
                        if answer is not None:
                            await exchange.reply(answer)
            except Exception as error:  # noqa: BLE001 (the one place that reports all of them)
                told = await self.tell(error, exchange)
                return Served.UNHEARD if told.is_worth_repeating else Served.FAILED
        return Served.DONE

    async def _serve_until_heard(
        self, exchange: Exchange, work: Callable[[], Awaitable[Card]], entered: RatePass
    ) -> Served:
        """Serve a question in its turn, time and again while Discord is out of order."""
        for pause in (0.0, *self._pauses):
            if pause and not await self._comes(asyncio.sleep(pause), exchange):
                return await self._part_from(exchange)
            served = await self.serve(exchange, work, turn=self._admission.line.turn(exchange.place), entered=entered)
            if served is not Served.UNHEARD:
                return served
        logger.warning("A question was given up: Discord has been out of order for too long")
        return Served.UNHEARD

    async def _is_let_in(self, entered: RatePass, exchange: Exchange) -> bool:
        """Wait for tokens; tell whether they came before the client ends or the question is withdrawn."""
        if entered.seconds:
            return await self._comes(entered.wait(), exchange)
        await entered.wait()
        return True

    async def _in_turn(self, exchange: Exchange, stack: AsyncExitStack, turn: Turn) -> Callable[[], None] | None:
        """Wait for a turn, and return what ends it; None where the asker has to be told before that the client ends."""
        entering = asyncio.ensure_future(stack.enter_async_context(turn))
        if exchange.can_be_read_back or await self._comes(entering, exchange):
            return await entering
        return None

    async def _comes(self, awaited: Awaitable[object], exchange: Exchange) -> bool:
        """Wait for something; tell whether it came before the client ends or the question is withdrawn."""
        coming = asyncio.ensure_future(awaited)
        ends = [asyncio.create_task(self._parting.wait()), asyncio.create_task(exchange.withdrawn())]
        try:
            await asyncio.wait([coming, *ends], return_when=asyncio.FIRST_COMPLETED)
            if coming.done():
                coming.result()
            return coming.done()
        finally:
            for task in (coming, *ends):
                task.cancel()
            await asyncio.gather(coming, *ends, return_exceptions=True)

    async def _part_from(self, exchange: Exchange) -> Served:
        """Leave a question that nobody waits for, or that is read back; else tell its asker to ask again."""
        if exchange.is_over:
            return Served.FAILED
        if exchange.can_be_read_back:
            return Served.LEFT
        await report(ReplyError("error.stopping"), exchange, self.texts)
        return Served.FAILED
