"""Health and metrics over HTTP, and a heartbeat: `GET /health` answers 200 while questions can be answered, else 503.

`GET /live` answers 200 as long as the event loop turns: a platform that restarts what is not live must not do so during
a build or an outage of Discord. The port answers short requests, few at a time, and keeps no connection: strangers may
reach it, and connections that stay would take the descriptors that the bot needs for its work.

Workers of many platforms have no port. A monitor that expects a request every minute, the heartbeat, alerts somebody
when none comes.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import cast

import aiohttp
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import SecretStr

from bot.ops.metrics import Metrics, watch_loop

logger = logging.getLogger(__name__)

# Of those who look at a bot, few do at the same time, and none takes as long as a second.
MOST_CONNECTIONS = 64
LONGEST_CONNECTION = 5.0

# What waits to be accepted, and how many are at once before others have their turn: asyncio has one number for both.
_BACKLOG = 16
# Bytes of the first line and of each header: a proxy's are longer than a probe's.
_LONGEST_LINE, _LONGEST_HEADER = 1024, 4096
_METHODS = {"GET", "HEAD"}
_SERVER = "isnad"
_CLOSING = 1.0

_BEAT_EVERY = 60.0  # seconds; monitors call two or three missed beats a failure
_BEAT_PATIENCE = 10.0

Pages = Callable[[str], web.Response | None]
_Connections = dict[asyncio.Transport, asyncio.TimerHandle]
"""The open connections, the oldest first, and what closes each after its time."""


@dataclass(frozen=True, slots=True)
class BuildProgress:
    """How far a build is: its stage, how much of that is done, and of how much; 0 where nobody knows."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class SourceDetail:
    """A source that fails since a time, and the key of the reason; or an outlet and the day of its newest article."""

    name: str
    since: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """The conditions under which questions can be answered.

    `edition` is a fingerprint; `answering` is false while the worker that answers is stuck, `search` while a search
    server is away; `progress` is that of the first build; `reload_overdue` is true while a reload takes longer than it
    may, which holds up no answer; `ill` are sources that fail for too long, `stale` outlets that are silent.
    """

    gateway: bool
    edition: str | None
    rest: bool
    answering: bool = True
    search: bool = True
    progress: BuildProgress | None = None
    reload_overdue: bool = False
    ill: Sequence[SourceDetail] = ()
    stale: Sequence[SourceDetail] = ()

    @property
    def ok(self) -> bool:
        return self.gateway and self.edition is not None and self.rest and self.answering and self.search

    @property
    def doing(self) -> str:
        """What the bot is doing."""
        if self.edition is None:
            return "building"
        return "serving" if self.gateway else "connecting"


@asynccontextmanager
async def health_server(
    port: int | None, check: Callable[[], Health], metrics: Metrics, host: str | None = None
) -> AsyncIterator[None]:
    """While the body runs, serve both on a port and watch the event loop; without a port, do nothing."""
    if port is None:
        yield
        return

    def page(path: str) -> web.Response | None:
        if path == "/health":
            health = check()
            record = {"ok": health.ok, "doing": health.doing, **asdict(health)}
            return web.json_response(record, status=200 if health.ok else 503)
        if path == "/live":
            return web.json_response({"live": True})
        if path == "/metrics":
            return web.Response(body=metrics.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})
        return None

    watch = asyncio.create_task(watch_loop(metrics.note_lag))
    try:
        async with AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(http_port(host, port, page))
            except OSError as error:
                # Answering goes on; a monitor of the port will notice.
                logger.error("No health check and no metrics: %s", error)  # noqa: TRY400 (the reason is in the message)
            yield
    finally:
        watch.cancel()


@asynccontextmanager
async def http_port(host: str | None, port: int, pages: Pages) -> AsyncIterator[None]:
    """Answer for each path with its page while the body runs, on every address without a host; raise OSError."""

    async def answer(request: web.BaseRequest) -> web.Response:
        page = pages(request.path)
        if page is None:
            return _plain(HTTPStatus.NOT_FOUND)
        return _short(page) if request.method in _METHODS else _plain(HTTPStatus.METHOD_NOT_ALLOWED, Allow="GET, HEAD")

    loop, handlers = asyncio.get_running_loop(), web.Server(answer)
    connections: _Connections = {}
    listening = await loop.create_server(lambda: _Handler(handlers, connections), host, port, backlog=_BACKLOG)
    try:
        yield
    finally:
        listening.close()
        for transport in connections:
            transport.abort()
        await handlers.shutdown(_CLOSING)


class _Handler(web.RequestHandler):
    """A connection, which one request ends, or its time, or one too many.

    The library has no bound on the time of a request that never ends, or of an answer that nobody reads.
    """

    __slots__ = ("_open",)

    def __init__(self, server: web.Server, connections: _Connections) -> None:
        super().__init__(
            server,
            loop=asyncio.get_running_loop(),
            max_line_size=_LONGEST_LINE,
            max_field_size=_LONGEST_HEADER,
            lingering_time=0,
            auto_decompress=False,
        )
        self._open = connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        own = cast("asyncio.Transport", transport)
        if len(self._open) >= MOST_CONNECTIONS:
            oldest = next(iter(self._open))
            self._open.pop(oldest).cancel()
            oldest.abort()
        # Closed in order, it would wait until the other side has read what is left.
        self._open[own] = asyncio.get_running_loop().call_later(LONGEST_CONNECTION, own.abort)
        super().connection_made(own)

    def connection_lost(self, exc: BaseException | None) -> None:
        if timer := self._open.pop(cast("asyncio.Transport", self.transport), None):
            timer.cancel()
        super().connection_lost(exc)

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        """Answer what is no request; the library would log a traceback for each, and name its version."""
        del message
        if status == HTTPStatus.INTERNAL_SERVER_ERROR:
            logger.error("No answer to %s", request.path, exc_info=exc)
        return _plain(HTTPStatus(status))


def _plain(status: HTTPStatus, **headers: str) -> web.Response:
    return _short(web.Response(status=status, text=f"{status} {status.phrase}\n", headers=headers))


def _short(response: web.Response) -> web.Response:
    """Say that the connection ends, and not by what it was served: versions reveal faults."""
    response.headers["Server"] = _SERVER
    response.force_close()
    return response


async def beat(url: SecretStr | None, is_well: Callable[[], bool]) -> None:
    """Ask the address every minute in which the bot is well; without one, do nothing.

    That it cannot be reached is logged once, until it can. The address may hold a secret, and is never logged.
    """
    if url is None:
        return
    has_failed = False
    timeout = aiohttp.ClientTimeout(total=_BEAT_PATIENCE)
    async with aiohttp.ClientSession(timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()) as session:
        while True:
            if is_well():
                reason = await _ask(session, url.get_secret_value())
                if reason and not has_failed:
                    logger.warning("The address of HEARTBEAT_URL does not take the heartbeat: %s", reason)
                has_failed = bool(reason)
            await asyncio.sleep(_BEAT_EVERY)


async def _ask(session: aiohttp.ClientSession, url: str) -> str:
    """Ask an address once; return why that failed, "" where it did not."""
    try:
        async with session.get(url, allow_redirects=False) as response:
            return "" if response.ok else f"status {response.status}"
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        return type(error).__name__
