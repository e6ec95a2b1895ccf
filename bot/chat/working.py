"""The sign that an answer is being made, where it is not there at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import aiohttp
import discord

from bot.chat.exchange import Exchange

# An answer takes milliseconds: a request for each would use up rate limits and show nothing that a person can see.
PATIENCE = 0.25
# Discord shows the sign for ten seconds.
_SHOWN = 8.0


@asynccontextmanager
async def shown_as_working(exchange: Exchange, patience: float = PATIENCE) -> AsyncIterator[None]:
    """Show the sign until the body ends; whether that works is of no concern to the body."""
    task = asyncio.create_task(_show(exchange, patience))
    try:
        yield
    finally:
        task.cancel()


async def _show(exchange: Exchange, patience: float) -> None:
    await asyncio.sleep(patience)
    with suppress(discord.DiscordException, aiohttp.ClientError, OSError):
        while True:
            await exchange.show_working()
            await asyncio.sleep(_SHOWN)
