"""Health and metrics over HTTP: `GET /health` answers 200 while questions can be answered, 503 otherwise.

`GET /live` answers 200 as long as the event loop turns: a platform that restarts what is not live must not do so during
a build or an outage of Discord.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.ops.http_port import http_port
from bot.ops.metrics import Metrics, watch_loop

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BuildProgress:
    """How far a build is: its stage, how much of that is done, and of how much; 0 where nobody knows."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Health:
    """The conditions under which questions can be answered.

    `edition` is a fingerprint; `answering` is false while the worker that answers is stuck, `search` while a search
    server is away; `progress` is that of the first build; `reload_overdue` is true while a reload takes longer than it
    may, which holds up no answer.
    """

    gateway: bool
    edition: str | None
    rest: bool
    answering: bool = True
    search: bool = True
    progress: BuildProgress | None = None
    reload_overdue: bool = False

    @property
    def ok(self) -> bool:
        """Whether questions can be answered."""
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
