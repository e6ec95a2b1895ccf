"""The client that is connected now: a new one takes the place of one that was lost."""

import asyncio
from collections.abc import Callable

import discord

FindClient = Callable[[], discord.Client | None]
"""Returns the client that there is, connected or not."""

_LOOK_EVERY = 0.5  # seconds; nothing that waits for a client is urgent


async def ready_client(find_client: FindClient) -> discord.Client:
    """Wait for a client that is ready, and return it."""
    while (client := find_client()) is None or client.is_closed() or not client.is_ready():  # noqa: ASYNC110
        await asyncio.sleep(_LOOK_EVERY)
    return client
