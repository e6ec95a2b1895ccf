"""Where questions wait for tokens and a turn, and the signs of it: Discord's typing indicator and ⏳."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from typing import Self

from bot.chat.chat_errors import DELIVERY_ERRORS
from bot.chat.exchange.exchange import Exchange
from bot.ops.rate_limits import RatePass

QueueTurn = AbstractAsyncContextManager[Callable[[], None]]

# An answer takes milliseconds: a request for each would use up rate limits and show nothing that a person can see.
PATIENCE = 0.25
# A question has its turn within a minute.
WAITING = "⏳"
# In less than that, a sign would come and go before anybody read it.
_WORTH_A_SIGN = 2.0
# Discord shows the typing for ten seconds.
_SHOWN = 8.0


@asynccontextmanager
async def show_typing(exchange: Exchange, patience: float = PATIENCE) -> AsyncIterator[None]:
    """Show the typing indicator until the body ends, starting after `patience` seconds; failures are ignored."""

    async def keep_typing() -> None:
        await asyncio.sleep(patience)
        with suppress(*DELIVERY_ERRORS):
            while True:
                await exchange.show_typing()
                await asyncio.sleep(_SHOWN)

    task = asyncio.create_task(keep_typing())
    try:
        yield
    finally:
        task.cancel()


class WaitingSign:
    """⏳ at a question as long as it waits, within the body; at once where that is for more than some seconds."""

    def __init__(self, exchange: Exchange, seconds: float) -> None:
        self._exchange = exchange
        self._seconds = seconds
        self._marking: asyncio.Task[bool] | None = None
        self._is_kept = False

    async def __aenter__(self) -> Self:
        if self._seconds >= _WORTH_A_SIGN:
            self.show()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._marking is not None:
            await self._marking
            if not self._is_kept:
                await self._exchange.remove_reaction(WAITING)

    def show(self) -> None:
        """Mark the question, unless it is marked."""
        if self._marking is None:
            self._marking = asyncio.create_task(self._exchange.add_reaction(WAITING))

    def keep(self) -> None:
        """Let the mark stay on a question that the next client reads back and answers."""
        self._is_kept = True


class WaitingRoom:
    """Where requests wait for tokens, a turn or Discord, until their client ends or their question is withdrawn."""

    def __init__(self) -> None:
        self._disconnecting = asyncio.Event()

    def release_all(self) -> None:
        """End all waits, since the client over which the answers would be sent ends."""
        self._disconnecting.set()
        self._disconnecting = asyncio.Event()

    async def take_tokens(self, rate_pass: RatePass, exchange: Exchange) -> bool:
        """Wait for tokens; return whether they came in time."""
        if rate_pass.seconds:
            return await self.outlast(rate_pass.wait(), exchange)
        await rate_pass.wait()
        return True

    async def take_turn(self, turn: QueueTurn, exchange: Exchange, stack: AsyncExitStack) -> Callable[[], None] | None:
        """Enter a turn on the stack and return the function that ends it; None where the client ends before.

        A question that Discord shows again keeps its place meanwhile, since its asker need not ask again.
        """
        entering = asyncio.ensure_future(stack.enter_async_context(turn))
        if exchange.can_be_read_back or await self.outlast(entering, exchange):
            return await entering
        return None

    async def outlast(self, awaited: Awaitable[object], exchange: Exchange) -> bool:
        """Wait for an awaitable; return whether it was done before the client ended or the question was withdrawn."""
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
