"""The unmodified program as a process of its own."""

import asyncio
import signal
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import ClassVar

from tests.discord_server import DiscordServer
from tests.e2e.fork_server import ForkedProcess, ForkServer
from tests.machine import bare_environment
from tests.patience import waiting_for
from tests.processes import leashed

ROOT = Path(__file__).resolve().parents[2]


class Program:
    """`python -m bot`, connected to a played Discord; forked where there is a fork server."""

    fork_server: ClassVar[ForkServer | None] = None

    def __init__(self, process: Process | ForkedProcess, log: Path) -> None:
        self._process = process
        self._log = log

    @classmethod
    async def start(
        cls,
        server: DiscordServer,
        corpus: Path | str,
        log: Path,
        command: str = "run",
        module: str = "bot",
        **settings: str,
    ) -> "Program":
        """Start the program, or a module that makes it ready, with the settings that lead it to a server and a corpus.

        More settings may follow.
        """
        if cls.fork_server is None:
            return await cls.start_fresh(server, corpus, log, command, module, **settings)
        return cls(cls.fork_server.start(module, command, _environment(server, corpus, log, settings), log), log)

    @classmethod
    async def start_fresh(
        cls,
        server: DiscordServer,
        corpus: Path | str,
        log: Path,
        command: str = "run",
        module: str = "bot",
        **settings: str,
    ) -> "Program":
        """Start it in the same way, and never by a fork."""
        environment = _environment(server, corpus, log, settings)
        with log.open("wb") as stream:
            process = await asyncio.create_subprocess_exec(
                *leashed("-m", module, command), cwd=ROOT, env=environment, stdout=stream, stderr=stream
            )
        return cls(process, log)

    @property
    def log(self) -> str:
        """Return what the program has written so far."""
        return self._log.read_text(encoding="utf-8")

    @property
    def pid(self) -> int:
        """Return the number of the process."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Tell whether the process lives."""
        return self._process.returncode is None

    def signal(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Send a signal."""
        self._process.send_signal(number)

    async def exit_code(self) -> int:
        """Wait for the process to end and return its exit code."""
        process = self._process
        ended = asyncio.wrap_future(process.ended) if isinstance(process, ForkedProcess) else process.wait()
        async with waiting_for("the end of the program"):
            return await ended

    async def stop(self) -> int:
        """Ask the program to stop, if it still runs, and return its exit code."""
        if self.is_running:
            self.signal()
        return await self.exit_code()


def _environment(server: DiscordServer, corpus: Path | str, log: Path, settings: Mapping[str, str]) -> dict[str, str]:
    # Tests ask more than a person does.
    unlimited = {"LIMIT_MEMBER_PER_MINUTE": "0", "LIMIT_CHANNEL_PER_MINUTE": "0"}
    # The cache is that of all tests, which must not find each other's records there.
    records = {"DATABASE_URL": f"sqlite:///{log}.sqlite", "PREPARED_STORE": f"{log}.sqlite"}
    own = {} if settings.keys() & {"CORPUS_CACHE", "DATABASE_URL"} else records
    return {**bare_environment(), **server.environment, "CORPUS_URL": str(corpus), **own, **unlimited, **settings}


Start = Callable[..., Awaitable[Program]]
