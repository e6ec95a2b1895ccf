"""Signs that an answer is being made or waits for its turn: Discord's typing indicator and ⏳."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from bot.chat.discord_errors import DELIVERY_ERRORS
from bot.chat.exchange import Exchange

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


@asynccontextmanager
async def show_waiting_sign(exchange: Exchange, seconds: float) -> AsyncIterator[Callable[[], None]]:
    """Mark a question with ⏳ while it waits, where that is for some seconds; yield a function that keeps the mark.

    The mark stays on a question that the next client reads back and answers.
    """
    waits_on = False

    def keep() -> None:
        nonlocal waits_on
        waits_on = True

    if seconds < _WORTH_A_SIGN:
        yield keep
        return
    marking = asyncio.create_task(exchange.add_reaction(WAITING))
    try:
        yield keep
    finally:
        await marking
        if not waits_on:
            await exchange.remove_reaction(WAITING)
