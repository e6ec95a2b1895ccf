"""Open the server on a loopback port and close it again."""

from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.discord_server.calling import Calling
from tests.discord_server.commands import Commands
from tests.discord_server.deadlines import Clock, Deadlines
from tests.discord_server.default_world import default_world
from tests.discord_server.faults import Faults
from tests.discord_server.gateway.gateway import Gateway
from tests.discord_server.governing import Governing
from tests.discord_server.platform import Platform
from tests.discord_server.pressing import Pressing
from tests.discord_server.reacting import Reacting
from tests.discord_server.rest.api import BASE, Api
from tests.discord_server.schemas import DEFAULT_OPENAPI
from tests.discord_server.violations import Exchange, Violation
from tests.discord_server.watching import Watching
from tests.discord_server.world import World
from tests.discord_server.writing import Writing

_HOST = "127.0.0.1"
_TOKEN = "MTA.loopback.token"
_GATEWAY_PATH = "/gateway"
_CLOSING_SECONDS = 1.0


class DiscordServer(Writing, Reacting, Calling, Pressing, Watching, Governing):
    """Be Discord for one bot, for as long as the context lasts."""

    def __init__(  # noqa: PLR0913 - each is a choice of the test
        self,
        world: World | None = None,
        *,
        port: int = 0,
        token: str = _TOKEN,
        openapi: Path | None = DEFAULT_OPENAPI,
        deadlines: Deadlines | None = None,
        heartbeat_interval: float = 41.25,
        checked_every: int = 1,
        clock: Clock | None = None,
    ) -> None:
        self.platform = Platform(
            world or default_world(),
            token,
            openapi,
            deadlines or Deadlines(),
            heartbeat_interval,
            checked_every,
            clock=clock or Clock(),
        )
        self._port = port
        application = web.Application(client_max_size=32 * 1024 * 1024)
        application.router.add_get(_GATEWAY_PATH, self.gateway.handle)
        Api(self.platform).add_to(application)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=_CLOSING_SECONDS)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, _HOST, self._port).start()
        self._port = self._runner.addresses[0][1]
        self.gateway.address = self.gateway_url
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
    def token(self) -> str:
        """Return the token of the bot."""
        return self.platform.token

    @property
    def environment(self) -> dict[str, str]:
        """Return the variables that lead the bot here."""
        return {
            "DISCORD_TOKEN": self.token,
            "DISCORD_API_URL": self.api_url,
            "DISCORD_GATEWAY_URL": self.gateway_url,
        }

    @property
    def world(self) -> World:
        """Return the guilds, people and messages."""
        return self.platform.world

    @property
    def gateway(self) -> Gateway:
        """Return the gateway and its faults."""
        return self.platform.gateway

    @property
    def commands(self) -> Commands:
        """Return the commands that the bot registered."""
        return self.platform.commands

    @property
    def faults(self) -> Faults:
        """Return the faults of the REST API."""
        return self.platform.faults

    @property
    def clock(self) -> Clock:
        """Return the clock of the interactions' deadlines."""
        return self.platform.reception.clock

    @property
    def violations(self) -> list[Violation]:
        """Return every rule that was broken, oldest first."""
        return self.platform.violations

    @property
    def requests(self) -> list[Exchange]:
        """Return every REST exchange, oldest first."""
        return self.platform.exchanges
