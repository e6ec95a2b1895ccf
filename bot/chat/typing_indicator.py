"""The signs that an answer is being made, or will be, where it is not there at once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import aiohttp
import discord

from bot.chat.exchange import Exchange

# An answer takes milliseconds: a request for each would use up rate limits and show nothing that a person can see.
PATIENCE = 0.25
# The question has its turn within a minute.
WAITING = "⏳"
# In less than that, a sign would come and go before anybody read it.
_WORTH_A_SIGN = 2.0
# Discord shows the typing for ten seconds.
_SHOWN = 8.0


@asynccontextmanager
async def show_typing(exchange: Exchange, patience: float = PATIENCE) -> AsyncIterator[None]:
    """Show typing until the body ends; whether that works is of no concern to the body."""
    task = asyncio.create_task(_keep_typing(exchange, patience))
    try:
        yield
    finally:
        task.cancel()


async def _keep_typing(exchange: Exchange, patience: float) -> None:
    await asyncio.sleep(patience)
    with suppress(discord.DiscordException, aiohttp.ClientError, OSError):
        while True:
            await exchange.show_typing()
            await asyncio.sleep(_SHOWN)


@asynccontextmanager
async def show_waiting_sign(exchange: Exchange, seconds: float) -> AsyncIterator[Callable[[], None]]:
    """Put a sign to a question that waits for some seconds; after the body take it away, unless it called what it got.

    A question that is read back after a restart waits on.
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
