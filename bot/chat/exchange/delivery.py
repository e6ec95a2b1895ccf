"""Delivery without pings, with retries of the transient faults that discord.py does not retry itself."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from typing import TypeVar

import aiohttp
import discord

T = TypeVar("T")

NO_PINGS = discord.AllowedMentions.none()

PAUSES = (0.5, 2.0, 6.0)
_RAISED_AT_ONCE = {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS}


def is_transient(error: Exception) -> bool:
    """Tell whether a request failed with a transient fault that has not been retried yet.

    discord.py retries 500, 502 and 504 itself, and a 429 that names its wait; it raises 503, a 429 from a
    proxy, and a cut connection at once.
    """
    if isinstance(error, discord.HTTPException):
        return error.status in _RAISED_AT_ONCE
    return isinstance(error, aiohttp.ClientError | ConnectionError)


async def deliver(send: Callable[[], Awaitable[T]], pauses: Sequence[float] = PAUSES) -> T:
    """Send, and again after each pause while the fault is transient; `send` must be safe to repeat."""
    for pause in pauses:
        try:
            return await send()
        except Exception as error:
            if not is_transient(error):
                raise
        await asyncio.sleep(pause)
    return await send()
