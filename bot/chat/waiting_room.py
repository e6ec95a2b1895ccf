"""Where requests wait: for tokens, a turn, Discord, an away search server; and the signs of it at a question."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from enum import Enum, auto
from typing import Self

from bot.chat.chat_errors import DELIVERY_ERRORS, ReplyError
from bot.chat.error_handler import report_error
from bot.chat.exchange.exchange import Exchange, MessageSigns
from bot.ops.rate_limits import RatePass
from bot.ops.search_watch import SearchWatch
from bot.ops.supervision import InFlight
from bot.retrieval import SearchAwayError
from bot.texts import Texts

logger = logging.getLogger(__name__)

QueueTurn = AbstractAsyncContextManager[Callable[[], None]]

# An answer takes milliseconds: a request for each would use up rate limits and show nothing that a person can see.
PATIENCE = 0.25
# A question has its turn within a minute.
WAITING = "⏳"
# In less than that, a sign would come and go before anybody read it.
_WORTH_A_SIGN = 2.0
# Discord shows the typing for ten seconds.
_SHOWN = 8.0

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


@asynccontextmanager
async def show_typing(exchange: Exchange, patience: float = PATIENCE) -> AsyncIterator[None]:
    """Show the typing indicator until the body ends, starting after `patience` seconds; failures are ignored."""

    async def keep_typing(signs: MessageSigns) -> None:
        await asyncio.sleep(patience)
        with suppress(*DELIVERY_ERRORS):
            while True:
                await signs.show_typing()
                await asyncio.sleep(_SHOWN)

    task = asyncio.create_task(keep_typing(exchange.signs)) if exchange.signs else None
    try:
        yield
    finally:
        if task:
            task.cancel()


class WaitingSign:
    """⏳ at a question as long as it waits, within the body; at once where that is for more than some seconds.

    It stays where `is_kept` is set: at a question that the next client reads back and answers.
    """

    def __init__(self, exchange: Exchange, seconds: float) -> None:
        self.is_kept = False
        self._signs = exchange.signs
        self._seconds = seconds
        self._marking: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        if self._seconds >= _WORTH_A_SIGN:
            self.show()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._signs and self._marking:
            await self._marking
            if not self.is_kept:
                await self._signs.remove_reaction(WAITING)

    def show(self) -> None:
        """Mark the question, unless it is marked."""
        if self._signs and self._marking is None:
            self._marking = asyncio.create_task(self._signs.add_reaction(WAITING))


class WaitingRoom:
    """Where requests wait until their client ends or their question is withdrawn, and what becomes of them then."""

    def __init__(self, stop: asyncio.Event, in_flight: InFlight, texts: Texts, search: SearchWatch) -> None:
        self._stop, self._in_flight, self._texts, self._search = stop, in_flight, texts, search
        self._disconnecting = asyncio.Event()
        self._timeouts: set[asyncio.Timeout] = set()
        self._is_out_of_time = False

    def release_all(self) -> None:
        """End all waits, since the client over which the answers would be sent ends."""
        self._disconnecting.set()
        self._disconnecting = asyncio.Event()

    def give_up_all(self) -> None:
        """End the work in progress too, since the process ends; who is not answered later is told to ask again."""
        self._is_out_of_time = True
        self.release_all()
        for timeout in self._timeouts:
            if not timeout.expired():
                timeout.reschedule(0.0)

    @asynccontextmanager
    async def time_limit(self, seconds: float | None) -> AsyncIterator[None]:
        """Limit the body to so many seconds, and to the time that a process which stops has left."""
        async with asyncio.timeout(0.0 if self._is_out_of_time else seconds) as timeout:
            self._timeouts.add(timeout)
            try:
                yield
            finally:
                self._timeouts.discard(timeout)

    async def take_tokens(self, rate_pass: RatePass, exchange: Exchange) -> bool:
        """Wait for tokens; return whether they came in time."""
        if rate_pass.seconds:
            return await self._outlast(rate_pass.wait(), exchange)
        await rate_pass.wait()
        return True

    async def take_turn(self, turn: QueueTurn, exchange: Exchange, stack: AsyncExitStack) -> Callable[[], None] | None:
        """Enter a turn on the stack and return the function that ends it; None where the client ends before.

        A question that Discord shows again keeps its place meanwhile, since its asker need not ask again.
        """
        entering = asyncio.ensure_future(stack.enter_async_context(turn))
        if exchange.can_be_read_back or await self._outlast(entering, exchange):
            return await entering
        return None

    async def repeat(
        self, serve: Callable[[float], Awaitable[RequestStatus]], exchange: Exchange, sign: WaitingSign
    ) -> RequestStatus:
        """Serve a question: again once an away search server is back, and while Discord is out of order.

        `serve` takes the time of the monotonic clock until which a search server is waited for.
        """
        pauses, until = iter(PAUSES), time.monotonic() + SEARCH_PATIENCE
        while (status := await serve(until)) in {RequestStatus.SEARCH_AWAY, RequestStatus.UNDELIVERED}:
            if status is RequestStatus.SEARCH_AWAY:
                sign.show()
                wait = self._search.wait_until_back(max(0.0, until - time.monotonic()))
            elif pause := next(pauses, None):
                wait, until = asyncio.sleep(pause), time.monotonic() + pause + SEARCH_PATIENCE
            else:
                logger.warning("A question was given up: Discord has been out of order for too long")
                break
            if self._stop.is_set() or not await self._outlast(wait, exchange):
                wait.close()
                return await self.leave(exchange)
        return status

    async def end_unreported(self, error: Exception, exchange: Exchange, search_until: float) -> RequestStatus | None:
        """End a request that waits for a search server or has no time left; None where its error is to be reported."""
        if isinstance(error, SearchAwayError) and time.monotonic() < search_until and not self._search.is_full:
            self._search.failed(error)
            return RequestStatus.SEARCH_AWAY
        if self._is_out_of_time and isinstance(error, TimeoutError):
            return await self.leave(exchange, gives_way=False)
        return None

    async def leave(self, exchange: Exchange, *, gives_way: bool = True) -> RequestStatus:
        """Drop a question that is withdrawn or that the next client reads back; else tell its asker to ask again."""
        if exchange.withdrawn.is_set():
            return RequestStatus.FAILED
        if exchange.can_be_read_back:
            return RequestStatus.DEFERRED
        with self._in_flight.track():
            if self._stop.is_set() and gives_way:
                # Another process may have it too, and answer.
                await asyncio.sleep(_GIVE_WAY)
            told = await report_error(ReplyError("error.stopping"), exchange, self._texts)
        return RequestStatus.UNDELIVERED if told.is_worth_repeating else RequestStatus.FAILED

    async def _outlast(self, awaited: Awaitable[object], exchange: Exchange) -> bool:
        """Wait for an awaitable; return whether it was done before the client ended or the question was withdrawn."""
        coming = asyncio.ensure_future(awaited)
        ends = [asyncio.create_task(event.wait()) for event in (self._disconnecting, exchange.withdrawn)]
        try:
            await asyncio.wait([coming, *ends], return_when=asyncio.FIRST_COMPLETED)
            if coming.done():
                coming.result()
            return coming.done()
        finally:
            for task in (coming, *ends):
                task.cancel()
            await asyncio.gather(coming, *ends, return_exceptions=True)
