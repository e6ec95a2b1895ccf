"""Hold the parts of the server that its routes and its interface share."""

from dataclasses import dataclass, field
from pathlib import Path

from tests.discord_server.announcer import Announcer
from tests.discord_server.board import Board
from tests.discord_server.changes import Changes
from tests.discord_server.commands import Commands
from tests.discord_server.errors import Exchange, Violation
from tests.discord_server.faults import Faults
from tests.discord_server.files import Files
from tests.discord_server.gateway.gateway import Gateway
from tests.discord_server.reception import Clock, Reception
from tests.discord_server.schemas import Schemas
from tests.discord_server.world import World


@dataclass
class Platform:
    """Be one Discord: a world, what the bot did in it, and the ways to it."""

    world: World
    token: str
    openapi: Path | None
    heartbeat_interval: float
    checked_every: int = 1
    clock: Clock = field(default_factory=Clock)
    violations: list[Violation] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    changes: Changes = field(default_factory=Changes)

    def __post_init__(self) -> None:
        self.schemas = Schemas(self.openapi, self.checked_every)
        self.commands = Commands(self.world.application_id, self.world.snowflakes)
        self.gateway = Gateway(
            self.world, self.token, self.changes, self.violations, heartbeat_interval=self.heartbeat_interval
        )
        self.announcer = Announcer(self.world, self.gateway, self.schemas, self.violations)
        self.files = Files(self.world.snowflakes)
        self.board = Board(self.world, self.announcer, self.changes, self.files)
        self.reception = Reception(self.board, self.world, self.changes, self.clock)
