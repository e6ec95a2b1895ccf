"""What befalls the bot meanwhile: faults of REST and gateway from the table, reloads, and restarts of three kinds."""

import random
import re
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.discord_server import DiscordServer
from tests.discord_server.faults import Faults
from tests.e2e.moderating import MODERATOR
from tests.e2e.program import Program
from tests.faults.gateway_rows import RESUMED
from tests.faults.rest_rows import PASSING
from tests.load.growing import GrowingCorpus
from tests.machine import free_port
from tests.soak.ledger import Ledger, Way

_PATHS = ("/channels/*/messages", "/interactions/*/callback", "/webhooks/*", "/channels/*/messages/*")
_ENTRY = re.compile(r"^(?=\d{4}-\d\d-\d\d \d\d:)", re.MULTILINE)
_MISTAKE = re.compile(r"\S+ \S+ (?:ERROR|CRITICAL) ")
# Such a limit is told, and not waited for.
_TOO_LONG = 90.0
# A client that ended is followed by another after a pause, which doubles each time up to five minutes.
_MOST_ENDED_CLIENTS = 3


@dataclass
class Troubles:
    """Brings them about, one after the other, drawn from a seed."""

    server: DiscordServer
    ledger: Ledger
    corpus: GrowingCorpus
    home: Path
    chance: random.Random
    programs: list[Program] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    port: int = 0
    _ended_clients: int = 0

    @property
    def mild(self) -> tuple[Callable[[], Awaitable[None]], ...]:
        """Those that the process lives through, the more frequent ones several times."""
        return (*[self.rest_fault] * 5, *[self.gateway_fault] * 3, self.too_long, self.new_session, self.reload)

    @property
    def hard(self) -> tuple[Callable[[], Awaitable[None]], ...]:
        """Those that it does not."""
        return (self.sigterm, self.kill, self.deploy)

    async def start(self) -> None:
        """Start a process with a port of its own, and wait until Discord has a session of it."""
        before, self._ended_clients = len(self.server.gateway.identifies), 0
        self.port = free_port()
        settings = {
            "PORT": str(self.port),
            "CORPUS_CACHE": str(self.home / "cache"),
            "DISCORD_HOME_GUILD_IDS": str(self.server.world.channel("عام").guild_id),
        }
        log = self.home / f"log{len(self.programs)}"
        self.programs.append(await Program.start(self.server, self.corpus.path, log, **settings))
        await self.server.until(lambda: len(self.server.gateway.identifies) > before or None, what="a session")
        await self._ready()

    async def stop(self) -> None:
        """End whatever runs."""
        for program in self.programs:
            if program.is_running and await program.stop() != 0:
                raise RuntimeError(program.log)

    def errors(self) -> list[str]:
        """Return what the logs say of mistakes, with the tracebacks."""
        return [entry for program in self.programs for entry in mistakes(program.log)]

    async def rest_fault(self) -> None:
        """Strike the next one to three requests of a kind."""
        name = self.chance.choice([*PASSING])
        self._count(name)
        self.server.faults.add("*", self.chance.choice(_PATHS), PASSING[name], self.chance.randint(1, 3))

    async def too_long(self) -> None:
        """Limit a request for longer than anybody waits."""
        self._count("429 of 90 s")
        self.server.faults.add("POST", "/channels/*/messages", Faults.rate_limited(_TOO_LONG))

    async def gateway_fault(self) -> None:
        """End the connection in a way that is resumed, at times with events that come twice."""
        gateway, code = self.server.gateway, self.chance.choice(RESUMED)
        gateway.repeated_events = self.chance.choice((0, 0, 5))
        acts: dict[str, Callable[[], None]] = {
            f"close {code}": lambda: gateway.close(code),
            "connection cut (1006)": gateway.cut,
            "op 7, reconnect": gateway.reconnect,
            "op 9 true": lambda: gateway.invalidate(resumable=True),
        }
        name = self.chance.choice([*acts])
        self._count(name)
        acts[name]()

    async def new_session(self) -> None:
        """Let the session be forgotten, or the client end: what Discord sends before the next one is gone."""
        gateway = self.server.gateway
        # A session that is being resumed would not hear of it.
        await self.server.wait_ready()
        acts: dict[str, Callable[[], None]] = {
            "op 9 false": lambda: gateway.invalidate(resumable=False),
            "malformed frame": lambda: gateway.malformed(),  # noqa: PLW0108 (it takes a text)
        }
        name, before = self.chance.choice([*acts]), len(gateway.identifies)
        if name == "malformed frame" and self._ended_clients >= _MOST_ENDED_CLIENTS:
            name = "op 9 false"
        self._ended_clients += name == "malformed frame"
        self._count(name)
        # What has been begun is finished by the process, over REST; that of a client that ends is told.
        self.ledger.close(in_flight=False)
        acts[name]()
        await self.server.until(lambda: len(gateway.identifies) > before or None, what="another session")
        await self._ready()

    async def reload(self) -> None:
        """Reload a corpus with another article."""
        self._count("reload")
        self.corpus.grow()
        await self.server.run_command("corpus reload", author=MODERATOR, channel="عام")

    async def sigterm(self) -> None:
        """Stop the process as platforms do, and start another."""
        self._count("SIGTERM")
        self.ledger.close(in_flight=False)
        await self._end(self.programs[-1])
        await self.start()

    async def kill(self) -> None:
        """Kill the process, and start another."""
        self._count("kill -9")
        self.ledger.close(Way.DIRECTLY, Way.COMMAND, Way.PRESS, in_flight=True)
        self.programs[-1].signal(signal.SIGKILL)
        await self.programs[-1].exit_code()
        await self.start()

    async def deploy(self) -> None:
        """Start another process beside the one that runs, and then stop that."""
        self._count("deploy")
        old = self.programs[-1]
        await self.start()
        await self._end(old)

    async def _end(self, program: Program) -> None:
        if code := await program.stop():
            raise RuntimeError(f"exit code {code}: {program.log}")

    async def _ready(self) -> None:
        await self.server.wait_ready()
        self.ledger.open()

    def _count(self, name: str) -> None:
        self.counts[name] = self.counts.get(name, 0) + 1


def mistakes(log: str) -> list[str]:
    """Return the entries of a log that are about mistakes, each with the lines below it."""
    return [entry.rstrip() for entry in _ENTRY.split(log) if _MISTAKE.match(entry)]
