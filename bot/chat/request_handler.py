"""Requests: each is acknowledged, worked on off the event loop, and replied to with a card."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, replace
from enum import Enum, auto

from bot.answering import Answer, Answerer, Quote, Reason, Refusal, Scope
from bot.chat.admission import Admission, Declined
from bot.chat.cards.answer_card import outcome_buttons, outcome_card
from bot.chat.cards.card import Card
from bot.chat.cards.moderator_cards import explanation_card
from bot.chat.error_handler import ErrorReport, report_error
from bot.chat.exchange import Exchange
from bot.chat.reply_error import ReplyError
from bot.chat.typing_indicator import show_typing, show_waiting_sign
from bot.edition import Edition, Editions
from bot.ops.metrics import Metrics
from bot.ops.rate_limits import RatePass
from bot.ops.supervision import InFlight
from bot.ops.threads import Worker
from bot.texts import Texts

logger = logging.getLogger(__name__)

OutcomeCard = tuple[Answer | Refusal, Card]

# Longer than discord.py's own five tries at a failing request (25 s), short enough to be waited for.
DEADLINE = 40.0
# Ten minutes in all: later, nobody waits for an answer any more.
PAUSES = (15.0, 30.0, 60.0, 120.0, 300.0)

QueueTurn = AbstractAsyncContextManager[Callable[[], None]]


@dataclass(frozen=True, slots=True)
class AnswerTask:
    """Answers a question of an exchange from one edition."""

    answerer: Answerer
    edition: Edition
    exchange: Exchange
    texts: Texts
    metrics: Metrics

    def answer_directly(self, question: str, scope: Scope | None) -> OutcomeCard | None:
        """Answer, unless the question may lean on one before it."""
        if self.exchange.may_have_previous and self.answerer.may_depend_on_previous(question):
            return None
        return self.answer_after(None, question, scope)

    def answer_after(self, earlier: str | None, question: str, scope: Scope | None) -> OutcomeCard:
        """Answer a question that is completed from an earlier one where it leans on that."""
        with self.metrics.computing.time():
            outcome, has_more = self.answerer.and_more(question, self.edition, earlier, scope)
            with_question = not self.exchange.shows_question
            shown = outcome_card(outcome, self.texts, self.edition.as_of, with_question=with_question)
            rows = outcome_buttons(outcome, self.exchange.asker_id, self.texts, has_more=has_more)
            return outcome, replace(shown, rows=rows)


class RequestStatus(Enum):
    """What came of an exchange.

    UNHEARD: its asker knows nothing, and Discord may take the reply later. LEFT: the next client reads it back.
    """

    DONE = auto()
    FAILED = auto()
    UNDELIVERED = auto()
    DEFERRED = auto()


class RequestHandler:
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
        self.answer_worker, self.browse_worker = Worker(), Worker()
        self.metrics = metrics or Metrics()
        self._answerer = answerer
        self._stop = stop
        self._disconnecting = asyncio.Event()
        self._admission = admission or Admission()
        self._pauses = pauses

    @property
    def is_stopping(self) -> bool:
        """Tell whether the bot is about to stop and takes nothing new."""
        return self._stop.is_set()

    def release_waiting(self) -> None:
        """Let those go who wait, since the client over which they would be answered ends."""
        self._disconnecting.set()
        self._disconnecting = asyncio.Event()

    async def ask(self, exchange: Exchange, question: str, scope: Scope | None = None) -> RequestStatus:
        """Answer a question in its turn from the coverage in scope, completed from the one before where it leans.

        Where Discord is out of order for longer than a request is repeated, the question is taken up again.
        """
        arrived = time.perf_counter()
        if self.is_stopping:
            return await self._leave_unanswered(exchange)
        rate_pass = self._admission.admit(exchange)
        if isinstance(rate_pass, Declined):
            self.metrics.declined.labels(rate_pass.reason).inc()
            with self.in_flight.track():
                await self._admission.decline(exchange, rate_pass, self.texts)
            return RequestStatus.FAILED
        outcome: Answer | Refusal | None = None

        async def work() -> Card:
            nonlocal outcome
            task = AnswerTask(self._answerer, self.editions.current, exchange, self.texts, self.metrics)
            answered = await self.answer_worker.run(task.answer_directly, question, scope)
            if answered is None:
                earlier, unreadable = None, None
                try:
                    earlier = await exchange.previous_question()
                except ReplyError as error:
                    unreadable = error
                answered = await self.answer_worker.run(task.answer_after, earlier, question, scope)
                if unreadable and isinstance(answered[0], Refusal) and answered[0].reason is Reason.INCOMPLETE:
                    raise unreadable
            outcome, shown = answered
            return shown

        async with show_waiting_sign(exchange, rate_pass.seconds) as keep_the_sign:
            status = await self._serve_until_delivered(exchange, work, rate_pass)
            is_told = status is RequestStatus.DONE
            self._admission.release(exchange, rate_pass, outcome, is_told=is_told)
            if status is RequestStatus.DEFERRED:
                keep_the_sign()
        if is_told and outcome:
            self.metrics.replying.observe(time.perf_counter() - arrived)
            self.metrics.note_outcome(outcome.reason.value if isinstance(outcome, Refusal) else None)
        return status

    async def point_to_channels(self, exchange: Exchange, channels: Collection[int]) -> None:
        """Send an asker to the channels where questions are answered, in private and not time and again."""
        with self.in_flight.track():
            await self._admission.point_to_channels(exchange, channels, self.texts)

    async def further(
        self, question: str, earlier: str | None, edition: Edition, scope: Scope | None = None
    ) -> Sequence[Quote]:
        """Find what else there is to read on a question, completed from the one before it where it leans on that."""
        return await self.answer_worker.run(self._answerer.further, question, edition, earlier, scope)

    async def refuse(self, exchange: Exchange, error: ReplyError) -> RequestStatus:
        """Tell the asker why nothing comes of a request."""

        async def work() -> Card:
            raise error

        return await self.serve(exchange, work)

    async def explain(self, question: str) -> Card:
        """Explain what comes of a question."""
        edition = self.editions.current
        return await self.answer_worker.run(
            lambda: explanation_card(self._answerer.explain(question, edition), self.texts)
        )

    async def report_error(self, error: Exception, exchange: Exchange) -> ErrorReport:
        """Report what went wrong, and count it where that was not to be expected."""
        told = await report_error(error, exchange, self.texts)
        if not isinstance(error, ReplyError):
            self.metrics.errors.labels(told.verdict.kind).inc()
        return told

    async def serve(
        self,
        exchange: Exchange,
        work: Callable[[], Awaitable[Card | None]],
        deadline: float | None = DEADLINE,
        *,
        turn: QueueTurn | None = None,
        rate_pass: RatePass | None = None,
    ) -> RequestStatus:
        """Acknowledge, do the work, reply where it gave a card, and tell what came of that.

        The work may wait for tokens and for a turn; the deadline counts from there, None sets none. Whatever goes
        wrong is reported in one place.
        """
        if self.is_stopping:
            return await self._leave_unanswered(exchange)
        with self.in_flight.track():
            try:
                async with asyncio.timeout(DEADLINE):
                    await exchange.acknowledge()
                if rate_pass and not await self._takes_tokens(rate_pass, exchange):
                    return await self._leave_unanswered(exchange)
                async with show_typing(exchange), AsyncExitStack() as stack:
                    done = None
                    if turn and not (done := await self._wait_for_turn(exchange, stack, turn)):
                        return await self._leave_unanswered(exchange)
                    if exchange.is_withdrawn:
                        return RequestStatus.FAILED
                    async with asyncio.timeout(deadline):
                        answer = await work()
                        if done:
                            done()
                        if answer is not None:
                            await exchange.reply(answer)
            except Exception as error:  # noqa: BLE001 (the one place that reports all of them)
                told = await self.report_error(error, exchange)
                return RequestStatus.UNDELIVERED if told.is_worth_repeating else RequestStatus.FAILED
        return RequestStatus.DONE

    async def _serve_until_delivered(
        self, exchange: Exchange, work: Callable[[], Awaitable[Card]], rate_pass: RatePass
    ) -> RequestStatus:
        """Serve a question in its turn, time and again while Discord is out of order."""
        for pause in (0.0, *self._pauses):
            if pause and not await self._comes_in_time(asyncio.sleep(pause), exchange):
                return await self._leave_unanswered(exchange)
            status = await self.serve(
                exchange, work, turn=self._admission.queue.turn(exchange.channel_id), rate_pass=rate_pass
            )
            if status is not RequestStatus.UNDELIVERED:
                return status
        logger.warning("A question was given up: Discord has been out of order for too long")
        return RequestStatus.UNDELIVERED

    async def _takes_tokens(self, rate_pass: RatePass, exchange: Exchange) -> bool:
        """Wait for tokens; tell whether they came before the client ends or the question is withdrawn."""
        if rate_pass.seconds:
            return await self._comes_in_time(rate_pass.wait(), exchange)
        await rate_pass.wait()
        return True

    async def _wait_for_turn(
        self, exchange: Exchange, stack: AsyncExitStack, turn: QueueTurn
    ) -> Callable[[], None] | None:
        """Wait for a turn, and return what ends it; None where the asker has to be told before that the client ends."""
        entering = asyncio.ensure_future(stack.enter_async_context(turn))
        if exchange.can_be_read_back or await self._comes_in_time(entering, exchange):
            return await entering
        return None

    async def _comes_in_time(self, awaited: Awaitable[object], exchange: Exchange) -> bool:
        """Wait for something; tell whether it came before the client ends or the question is withdrawn."""
        coming = asyncio.ensure_future(awaited)
        ends = [asyncio.create_task(self._disconnecting.wait()), asyncio.create_task(exchange.wait_until_withdrawn())]
        try:
            await asyncio.wait([coming, *ends], return_when=asyncio.FIRST_COMPLETED)
            if coming.done():
                coming.result()
            return coming.done()
        finally:
            for task in (coming, *ends):
                task.cancel()
            await asyncio.gather(coming, *ends, return_exceptions=True)

    async def _leave_unanswered(self, exchange: Exchange) -> RequestStatus:
        """Leave a question that nobody waits for, or that is read back; else tell its asker to ask again."""
        if exchange.is_withdrawn:
            return RequestStatus.FAILED
        if exchange.can_be_read_back:
            return RequestStatus.DEFERRED
        await report_error(ReplyError("error.stopping"), exchange, self.texts)
        return RequestStatus.FAILED
