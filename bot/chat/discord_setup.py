"""What the bot sets right in discord.py: addresses (a proxy, the tests), log lines, no voice, requests safe to cancel.

discord.py shuts a lock for all requests at a global rate limit, and opens it at the end of the request that met the
limit. Cancelled in that wait, as the bot cancels what takes too long, that request would leave all others shut out.
A global limit that is longer than discord.py waits at all is kept here: it raises at once, and would send on.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route

from bot.chat.chat_errors import is_lost_connection, is_outage
from bot.ops.log_lines import error_line
from bot.ops.watchdog import RestWatch
from bot.settings import DiscordSettings

_API_PATH = f"/api/v{discord.http.INTERNAL_API_VERSION}"
# Those that log each loss of a connection, as an error with its traceback.
_LOGGERS = ("discord.client", "discord.shard")


def configure_discord(settings: DiscordSettings) -> None:
    """Set the addresses for all clients of this process; log no missing voice, and a lost connection in one line."""
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(shorten_loss)
    if settings.api_url is not None:
        Route.BASE = rest_base(str(settings.api_url))
    if settings.gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(str(settings.gateway_url))


def shorten_loss(record: logging.LogRecord) -> bool:
    """Put the reason in the place of a traceback where a connection was lost; let every record through."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, Exception) and is_lost_connection(error):
        record.msg, record.args = "%s: %s", (record.getMessage(), error_line(error))
        record.levelno, record.levelname = logging.WARNING, logging.getLevelName(logging.WARNING)
        record.exc_info = None
    return True


def rest_base(url: str) -> str:
    """Return the base of REST routes; an address without a path gets Discord's own path."""
    base = url.rstrip("/")
    return base if yarl.URL(url).path.strip("/") else base + _API_PATH


async def find_gateway(client: discord.Client, settings: DiscordSettings) -> None:
    """Ask a configured REST API for its gateway, where the settings name none."""
    if settings.api_url is not None and settings.gateway_url is None:
        _, url, _ = await client.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)


# An earlier cancellation says nothing about Discord: the typing indicator ends with the answer.
_SLOW = 10.0

Request = Callable[..., Coroutine[Any, Any, Any]]


class RestRequests:
    """Makes the requests of a client in tasks of their own, and reports their outcome to a watchdog."""

    def __init__(self, http: HTTPClient, watch: RestWatch) -> None:
        self._http = http
        self._make: Request = http.request
        self._watch = watch
        self._abandoned: set[asyncio.Task[None]] = set()
        if http.http_trace is not None:
            http.http_trace.on_request_end.append(self._note_headers)
        http.request = self.request  # type: ignore[method-assign]  # each part of discord.py calls this one

    async def request(self, *arguments: Any, **options: Any) -> Any:
        """Make a request; one that is cancelled during a global rate limit ends only with the limit."""
        began = time.monotonic()
        task = asyncio.create_task(self._make_when_taken(*arguments, **options))
        try:
            answer = await asyncio.shield(task)
        except asyncio.CancelledError:
            if time.monotonic() - began > _SLOW:
                self._watch.failed()
            ending = asyncio.create_task(self._end(task))
            self._abandoned.add(ending)
            ending.add_done_callback(self._abandoned.discard)
            raise
        except Exception as error:
            if is_outage(error):
                self._watch.failed()
            elif isinstance(error, discord.HTTPException):
                self._watch.answered()
            raise
        self._watch.answered()
        return answer

    async def _make_when_taken(self, *arguments: Any, **options: Any) -> Any:
        """Make a request once Discord takes any, again where it meets the limit; a file is sent by its caller again."""
        while True:
            while seconds := self._watch.limit_left:  # noqa: ASYNC110 (nobody tells of its end)
                await asyncio.sleep(seconds)
            try:
                return await self._make(*arguments, **options)
            except discord.RateLimited:
                if not self._watch.limit_left or options.get("files"):
                    raise

    async def _note_headers(
        self, _: aiohttp.ClientSession, __: SimpleNamespace, ended: aiohttp.TraceRequestEndParams
    ) -> None:
        """Tell the watchdog of Discord's clock, and of a limit for all requests."""
        headers = ended.response.headers
        with suppress(KeyError, ValueError, TypeError):
            self._watch.clock_ahead = parsedate_to_datetime(headers["Date"]) - discord.utils.utcnow()
        if ended.response.status == HTTPStatus.TOO_MANY_REQUESTS and headers.get("X-RateLimit-Scope") == "global":
            with suppress(ValueError):
                self._watch.limited(float(headers.get("Retry-After", "")))

    async def close(self) -> None:
        for task in self._abandoned:
            task.cancel()
        await asyncio.gather(*self._abandoned, return_exceptions=True)

    async def _end(self, task: "asyncio.Task[Any]") -> None:
        """Cancel a request, but not in the wait after which it opens the lock."""
        try:
            await self._http._global_over.wait()  # noqa: SLF001 (the lock itself)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
