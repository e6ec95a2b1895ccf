"""The handler of requests: acknowledge, work off the event loop, reply with a card."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from enum import Enum, auto

import discord

from bot.answering import Answer, Answerer, Refusal
from bot.chat.admission import Admission, Declined
from bot.chat.answer_desk import AnswerDesk
from bot.chat.cards.card import Card
from bot.chat.chat_errors import ReplyError
from bot.chat.error_handler import ErrorReport, call_each, cause_of, report_error
from bot.chat.exchange.exchange import Exchange
from bot.chat.exchange.interaction_exchange import InteractionExchange
from bot.chat.exchange.message_filter import wrong_channel_error
from bot.chat.exchange.open_replies import OpenReplies
from bot.chat.waiting_room import WaitingRoom, WaitingSign, show_typing
from bot.edition import Editions
from bot.ops.metrics import Metrics
from bot.ops.rate_limits import RatePass
from bot.ops.search_watch import SearchWatch, ask_engine
from bot.ops.supervision import InFlight
from bot.retrieval import Scope
from bot.retrieval.opensearch import SearchAwayError, SearchError
from bot.texts import Texts
from bot.threads import in_daemon_thread

logger = logging.getLogger(__name__)

# Longer than discord.py's own five tries at a failing request (25 s), short enough to be waited for.
DEADLINE = 40.0
# Ten minutes in all: nobody waits longer for an answer.
PAUSES = (15.0, 30.0, 60.0, 120.0, 300.0)
# A search server that is back within it loses nobody's question. Chosen: as long as a question over a limit waits.
SEARCH_PATIENCE = 60.0
# Whoever starts before this process has ended answers within that, and Discord takes the first response alone.
_GIVE_WAY = 1.0


class RequestStatus(Enum):
    """How a request ended.

    UNDELIVERED: the asker was told nothing, and Discord may take the reply later. SEARCH_AWAY: likewise, and the search
    server may answer within the patience. DEFERRED: the next client reads the question back and answers it.
    """

    DONE = auto()
    FAILED = auto()
    UNDELIVERED = auto()
    SEARCH_AWAY = auto()
    DEFERRED = auto()


class RequestHandler(AnswerDesk):
    """Serves requests from the current edition until `stop` is set."""

    def __init__(  # noqa: PLR0913 (the parts of every request)
        self,
        editions: Editions,
        answerer: Answerer,
        texts: Texts,
        in_flight: InFlight,
        stop: asyncio.Event,
        *,
        admission: Admission | None = None,
        open_replies: OpenReplies | None = None,
        metrics: Metrics | None = None,
        pauses: Sequence[float] = PAUSES,
        threads: int = 1,
        search_patience: float = SEARCH_PATIENCE,
    ) -> None:
        super().__init__(editions, answerer, texts, metrics or Metrics(), threads)
        self.in_flight = in_flight
        self.search = SearchWatch(self._ask_search)
        self.outcome_listeners: list[Callable[[Exchange, Answer | Refusal], None]] = []
        self.deletion_listeners: list[Callable[[Collection[int]], None]] = []
        self._stop = stop
        self._waiting = WaitingRoom()
        self._admission = admission or Admission()
        self._open_replies = open_replies
        self._timeouts: set[asyncio.Timeout] = set()
        self._is_out_of_time = False
        self._pauses = pauses
        self._search_patience = search_patience

    def note_deleted(self, ids: Collection[int]) -> None:
        """Tell those who keep words of messages that these were deleted."""
        call_each(self.deletion_listeners, ids)

    @property
    def is_stopping(self) -> bool:
        """Whether the bot is about to stop and takes no new requests."""
        return self._stop.is_set()

    def release_waiting(self) -> None:
        """End the waits of requests whose client disconnects."""
        self._waiting.release_all()

    def give_up_open(self) -> None:
        """End the work in progress, since the process ends; who is not answered later is told to ask again."""
        self._is_out_of_time = True
        self.release_waiting()
        for timeout in self._timeouts:
            if not timeout.expired():
                timeout.reschedule(0.0)

    async def ask(self, exchange: Exchange, question: str, scope: Scope | None = None) -> RequestStatus:
        """Answer a question in its turn from the coverage in scope.

        Where an outage of Discord outlasts the retries of a request, the question is served again after a pause; where
        the search server is away, as soon as it is back.
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
            outcome, card = await self.answer(exchange, question, scope)
            return card

        async with WaitingSign(exchange, rate_pass.seconds) as sign:
            status = await self._serve_until_delivered(exchange, work, rate_pass, sign)
            is_told = status is RequestStatus.DONE
            self._admission.release(exchange, rate_pass, outcome, is_told=is_told)
            if is_told and outcome:
                # At once, so that a question is either withdrawn for all who note it, or for nobody.
                call_each(self.outcome_listeners, exchange, outcome)
            if status is RequestStatus.DEFERRED:
                sign.keep()
        self._note_end(exchange, status)
        if is_told and outcome:
            self.metrics.replying.observe(time.perf_counter() - arrived)
            self.metrics.note_outcome(outcome.reason.value if isinstance(outcome, Refusal) else None)
        return status

    async def point_to_channels(self, exchange: Exchange, channels: Collection[int]) -> None:
        """Name to an asker, in private and at most once an hour, the channels in which questions are answered."""
        with self.in_flight.track():
            await self._admission.point_to_channels(exchange, channels, self.texts)

    async def refuse(self, exchange: Exchange, error: ReplyError) -> RequestStatus:
        """Reply to a request with an error."""

        async def work() -> Card:
            raise error

        return await self.serve(exchange, work)

    async def refuse_elsewhere(self, interaction: discord.Interaction, channels: Collection[int]) -> bool:
        """Refuse an interaction in private where it is in none of the channels to answer in; return whether it was."""
        if error := wrong_channel_error(interaction, channels):
            await self.refuse(InteractionExchange(interaction, private=True), error)
        return error is not None

    async def report_error(self, error: Exception, exchange: Exchange) -> ErrorReport:
        """Log an error and tell the asker; count it if it was unexpected, and note a search server that is away."""
        if isinstance(error, TimeoutError) and self.search.state is not None:
            # It is not Discord that the request waited for.
            error = self.search.state.error
        if isinstance(cause := cause_of(error), SearchError):
            self.search.failed(cause)
        reported = await report_error(error, exchange, self.texts)
        if not isinstance(error, ReplyError):
            self.metrics.errors.labels(reported.judgement.kind).inc()
        return reported

    async def serve(
        self, exchange: Exchange, work: Callable[[], Awaitable[Card | None]], deadline: float | None = DEADLINE
    ) -> RequestStatus:
        """Acknowledge a request, do the work, reply with its card if it gave one, and return how that ended.

        The deadline in seconds counts from the acknowledgement, None sets none.
        All errors are reported here.
        """
        status = await self._serve(exchange, work, deadline)
        self._note_end(exchange, status)
        return status

    async def _serve(
        self,
        exchange: Exchange,
        work: Callable[[], Awaitable[Card | None]],
        deadline: float | None = DEADLINE,
        *,
        rate_pass: RatePass | None = None,
        search_until: float = 0.0,
    ) -> RequestStatus:
        """Serve a request once; a question with a pass waits for tokens and a turn first."""
        if self.is_stopping:
            return await self._leave_unanswered(exchange)
        with self.in_flight.track():
            try:
                async with asyncio.timeout(DEADLINE):
                    await exchange.acknowledge()
                if self._open_replies:
                    self._open_replies.note(exchange.open_reply)
                if rate_pass and not await self._waiting.take_tokens(rate_pass, exchange):
                    return await self._leave_unanswered(exchange)
                async with show_typing(exchange), AsyncExitStack() as stack:
                    end_turn = None
                    if rate_pass:
                        turn = self._admission.queue.turn(exchange.channel_id)
                        if not (end_turn := await self._waiting.take_turn(turn, exchange, stack)):
                            return await self._leave_unanswered(exchange)
                    if exchange.is_withdrawn:
                        return RequestStatus.FAILED
                    async with self._time_limit(deadline):
                        answer = await work()
                        if end_turn:
                            end_turn()
                        if answer is not None:
                            await exchange.reply(answer)
            except Exception as error:  # noqa: BLE001 (the one place that reports all of them)
                return await self._report_failure(error, exchange, search_until)
        return RequestStatus.DONE

    async def _report_failure(self, error: Exception, exchange: Exchange, search_until: float) -> RequestStatus:
        """Report what a request failed at, or that there is no time left for it; return how it ended."""
        is_waited_for = time.monotonic() < search_until and not self.search.is_full
        if isinstance(error, SearchAwayError) and is_waited_for:
            self.search.failed(error)
            return RequestStatus.SEARCH_AWAY
        if self._is_out_of_time and isinstance(error, TimeoutError):
            return await self._leave_unanswered(exchange, gives_way=False)
        reported = await self.report_error(error, exchange)
        return RequestStatus.UNDELIVERED if reported.is_worth_repeating else RequestStatus.FAILED

    async def _serve_until_delivered(
        self, exchange: Exchange, work: Callable[[], Awaitable[Card]], rate_pass: RatePass, sign: WaitingSign
    ) -> RequestStatus:
        """Serve a question in its turn: again once an away search server is back, and while Discord is out of order."""
        pauses, until = iter(self._pauses), time.monotonic() + self._search_patience
        while True:
            status = await self._serve(exchange, work, rate_pass=rate_pass, search_until=until)
            if status not in {RequestStatus.SEARCH_AWAY, RequestStatus.UNDELIVERED}:
                return status
            if status is RequestStatus.SEARCH_AWAY:
                sign.show()
                wait = self.search.wait_until_back(max(0.0, until - time.monotonic()))
            elif pause := next(pauses, None):
                wait, until = asyncio.sleep(pause), time.monotonic() + pause + self._search_patience
            else:
                logger.warning("A question was given up: Discord has been out of order for too long")
                return status
            if self.is_stopping or not await self._waiting.outlast(wait, exchange):
                wait.close()
                return await self._leave_unanswered(exchange)

    async def _ask_search(self) -> None:
        engine = self.editions.current.index
        await in_daemon_thread(lambda: ask_engine(engine))

    @asynccontextmanager
    async def _time_limit(self, seconds: float | None) -> AsyncIterator[None]:
        """Limit the body to so many seconds, and to the time that a process which stops has left."""
        async with asyncio.timeout(0.0 if self._is_out_of_time else seconds) as timeout:
            self._timeouts.add(timeout)
            try:
                yield
            finally:
                self._timeouts.discard(timeout)

    def _note_end(self, exchange: Exchange, status: RequestStatus) -> None:
        """Note that no reply is owed from now on, or that Discord has not taken it yet."""
        if self._open_replies:
            is_told = status is not RequestStatus.UNDELIVERED
            (self._open_replies.forget if is_told else self._open_replies.leave)(exchange.open_reply)

    async def _leave_unanswered(self, exchange: Exchange, *, gives_way: bool = True) -> RequestStatus:
        """Drop a question that is withdrawn or that the next client reads back; else tell its asker to ask again."""
        if exchange.is_withdrawn:
            return RequestStatus.FAILED
        if exchange.can_be_read_back:
            return RequestStatus.DEFERRED
        with self.in_flight.track():
            if self.is_stopping and gives_way:
                # Another process may have it too, and answer.
                await asyncio.sleep(_GIVE_WAY)
            told = await report_error(ReplyError("error.stopping"), exchange, self.texts)
        return RequestStatus.UNDELIVERED if told.is_worth_repeating else RequestStatus.FAILED
