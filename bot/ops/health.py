"""Health and metrics over HTTP: `GET /health` answers 200 while questions can be answered, 503 otherwise."""

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
class Health:
    """The conditions under which questions can be answered; `edition` is a fingerprint."""

    gateway: bool
    edition: str | None
    rest: bool

    @property
    def ok(self) -> bool:
        """Tell whether questions can be answered."""
        return self.gateway and self.edition is not None and self.rest


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
            return web.json_response({"ok": health.ok, **asdict(health)}, status=200 if health.ok else 503)
        if path == "/metrics":
            return web.Response(body=metrics.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})
        return None

    watch = asyncio.create_task(watch_loop(metrics.note_lag))
    try:
        async with AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(http_port(host, port, page))
            except OSError as error:
                # Answering goes on; whoever looks at the port will notice.
                logger.error("No health check and no metrics: %s", error)  # noqa: TRY400 (the reason is in the message)
            yield
    finally:
        watch.cancel()
