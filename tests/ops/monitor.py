"""A monitor, as those that expect a heartbeat."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from pydantic import SecretStr


class Monitor:
    """What expects a beat: it answers with the statuses given, and then with 200."""

    def __init__(self, *statuses: int) -> None:
        self.beats = 0
        self._statuses = iter(statuses)

    async def take(self, _: web.BaseRequest) -> web.Response:
        self.beats += 1
        return web.Response(status=next(self._statuses, 200))

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[SecretStr]:
        server = await asyncio.get_running_loop().create_server(web.Server(self.take), "127.0.0.1", 0)
        try:
            yield SecretStr(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/secret-of-the-monitor")
        finally:
            server.close()
