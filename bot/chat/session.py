"""One session of a client: from login until it ends, is lost, or the bot is told to stop; and its line in the log."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any

import discord

from bot import __version__
from bot.articles.characters import one_line
from bot.chat.client import IsnadClient
from bot.chat.discord_check import invite_link
from bot.chat.permissions import HomeServers
from bot.edition import Editions
from bot.ops.watchdog import SessionHealth

logger = logging.getLogger(__name__)

# Platforms that send SIGTERM wait ten seconds or more before they kill.
_DRAIN = 5.0
# Of these, what is left for who has not been answered by then: to tell them takes a request or two each.
_TELLING = 1.5
FAREWELL = 2.0
"""Seconds for what is sent and written at a stop."""
_CLOSE = 2.0
_LOOK_EVERY = 5.0
# In the line of the log.
_MOST_NAMES = 5


class SessionLostError(Exception):
    """A client has lost its gateway session although the connection looks well, or its requests fail."""


async def run_session(
    client: IsnadClient, start: Coroutine[Any, Any, None], stop: asyncio.Event, farewell: Callable[[], Awaitable[None]]
) -> None:
    """Run a client until it ends; finish requests in flight before its connections close.

    Waiting requests are released. When the bot stops, `farewell` is awaited at the end.
    """
    waiting, in_flight = client.handler.waiting, client.handler.in_flight
    tasks = [asyncio.create_task(start), asyncio.create_task(stop.wait()), asyncio.create_task(_watch(client))]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        waiting.release_all()
        if not await in_flight.drain(_DRAIN - _TELLING) and stop.is_set():
            waiting.give_up_all()
        if not await in_flight.drain(_TELLING):
            logger.warning("The process ends with questions unanswered: mentions are answered after the next start")
        if stop.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(farewell(), FAREWELL)
    finally:
        # While discord.py still reads its socket, it would take our close for a request to reconnect.
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        with suppress(TimeoutError):
            await asyncio.wait_for(client.close(), _CLOSE)
    for task in done:
        task.result()


async def _watch(client: IsnadClient) -> None:
    """Probe silent sessions and failing requests; raise SessionLostError where they do not recover."""
    client.rest.renewed()
    while True:
        await asyncio.sleep(_LOOK_EVERY)
        finding = client.watch.look()
        if finding is SessionHealth.LOST:
            raise SessionLostError("no gateway session although time enough has passed")
        if finding is SessionHealth.SILENT:
            await client.probe()
        if client.rest.is_failing:
            await client.probe_rest()
        if client.rest.is_lost:
            raise SessionLostError("no request has been taken although time enough has passed")


def start_line(client: discord.Client, editions: Editions, homes: HomeServers) -> str:
    """Write the line of a client that is connected."""
    edition, names = editions.current, {guild.id: one_line(guild.name) for guild in client.guilds}
    if homes.ids is None:
        home = "none, set DISCORD_HOME_GUILD_IDS"
    else:
        home = _listed([names.get(identity, str(identity)) for identity in sorted(homes.ids)]) or "none yet"
    return (
        f"Isnad {__version__} answers as {client.user} in {_counted(len(names), 'server')}"
        f" ({_listed([*names.values()])}), from {editions.source_name}: "
        f"{_counted(len(edition.articles), 'article')}, {_counted(len(edition.index), 'passage')}, "
        f"{len(edition.rejections)} rejected; home: {home}; invite: {invite_link(client.application_id or 0)}"
    )


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")
