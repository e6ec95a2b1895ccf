"""A played Discord, the program on it, and the corpus that it reads."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.discord_server import DiscordServer
from tests.e2e.program import Program


@dataclass(frozen=True, slots=True)
class Stage:
    """What a test acts on."""

    server: DiscordServer
    program: Program
    corpus: Path


@asynccontextmanager
async def played(corpus: Path, log: Path) -> AsyncIterator[Stage]:
    """Play Discord to a program until the end of the body, which it has to survive."""
    async with DiscordServer() as server:
        program = await Program.start(server, corpus, log)
        await server.wait_ready()
        await server.wait_for_command("ask")
        await server.wait_for_command("corpus")
        yield Stage(server, program, corpus)
        assert await program.stop() == 0, program.log
