"""Open the server on a loopback port and close it again."""

from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.discord_server.calling import Calling
from tests.discord_server.governing import Governing
from tests.discord_server.platform import Platform
from tests.discord_server.reception import Clock
from tests.discord_server.rest.api import BASE, Api
from tests.discord_server.schemas import DEFAULT_OPENAPI
from tests.discord_server.watching import Watching
from tests.discord_server.world import World, default_world
from tests.discord_server.writing import Writing

_HOST = "127.0.0.1"
_TOKEN = "MTA.loopback.token"
_GATEWAY_PATH = "/gateway"
_CLOSING_SECONDS = 1.0


class DiscordServer(Writing, Calling, Watching, Governing):
    """Be Discord for one bot, for as long as the context lasts."""

    def __init__(  # noqa: PLR0913 - each is a choice of the test
        self,
        world: World | None = None,
        *,
        port: int = 0,
        token: str = _TOKEN,
        openapi: Path | None = DEFAULT_OPENAPI,
        heartbeat_interval: float = 41.25,
        checked_every: int = 1,
        clock: Clock | None = None,
    ) -> None:
        self.platform = Platform(
            world or default_world(),
            token,
            openapi,
            heartbeat_interval,
            checked_every,
            clock=clock or Clock(),
        )
        self.token = token
        self.world, self.clock = self.platform.world, self.platform.clock
        self.gateway, self.commands, self.faults = self.platform.gateway, self.platform.commands, self.platform.faults
        # Every rule that was broken, and every REST exchange, oldest first.
        self.violations, self.requests = self.platform.violations, self.platform.exchanges
        self._port = port
        application = web.Application(client_max_size=32 * 1024 * 1024)
        application.router.add_get(_GATEWAY_PATH, self.gateway.handle)
        Api(self.platform).add_to(application)
        self.platform.files.add_to(application)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=_CLOSING_SECONDS)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, _HOST, self._port).start()
        self._port = self._runner.addresses[0][1]
        self.gateway.address, self.platform.files.address = self.gateway_url, self.address
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.gateway.shut_down()
        await self._runner.cleanup()

    @property
    def address(self) -> str:
        """Return where the server listens."""
        return f"http://{_HOST}:{self._port}"

    @property
    def api_url(self) -> str:
        """Return the base of the REST API."""
        return self.address + BASE

    @property
    def gateway_url(self) -> str:
        """Return the address of the gateway."""
        return f"ws://{_HOST}:{self._port}{_GATEWAY_PATH}"

    @property
    def environment(self) -> dict[str, str]:
        """Return the variables that lead the bot here."""
        return {
            "DISCORD_TOKEN": self.token,
            "DISCORD_API_URL": self.api_url,
            "DISCORD_GATEWAY_URL": self.gateway_url,
        }
