"""Signs that an answer is being made or waits for its turn: Discord's typing indicator and ⏳."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from bot.chat.discord_errors import DELIVERY_ERRORS
from bot.chat.exchange.exchange import Exchange

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
    task = asyncio.create_task(_keep_typing(exchange, patience))
    try:
        yield
    finally:
        task.cancel()


async def _keep_typing(exchange: Exchange, patience: float) -> None:
    await asyncio.sleep(patience)
    with suppress(*DELIVERY_ERRORS):
        while True:
            await exchange.show_typing()
            await asyncio.sleep(_SHOWN)


class WaitingSign:
    """⏳ at a question, as long as it waits."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._marking: asyncio.Task[bool] | None = None
        self._is_kept = False

    def show(self) -> None:
        """Mark the question, unless it is marked."""
        if self._marking is None:
            self._marking = asyncio.create_task(self._exchange.add_reaction(WAITING))

    def keep(self) -> None:
        """Let the mark stay on a question that the next client reads back and answers."""
        self._is_kept = True

    async def end(self) -> None:
        """Take the mark away, if there is one."""
        if self._marking is not None:
            await self._marking
            if not self._is_kept:
                await self._exchange.remove_reaction(WAITING)


@asynccontextmanager
async def show_waiting_sign(exchange: Exchange, seconds: float) -> AsyncIterator[WaitingSign]:
    """Mark a question with ⏳ until the body ends, where it waits for some seconds; yield the sign."""
    sign = WaitingSign(exchange)
    if seconds >= _WORTH_A_SIGN:
        sign.show()
    try:
        yield sign
    finally:
        await sign.end()
