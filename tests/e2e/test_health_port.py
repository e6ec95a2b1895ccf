"""Whoever reaches the health port cannot keep the bot from its work: connections are few and short."""

import asyncio
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import aiohttp
import pytest

from tests.discord_server import DiscordServer
from tests.e2e.coverage import QUESTION, QUOTED
from tests.e2e.moderating import answered, started
from tests.patience import PATIENCE, waiting_for

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOST = "127.0.0.1"
_DESCRIPTORS = 200
_HELD = 300
# Without a word, in the middle of a request, and with answers that are never read.
_BEGINNINGS = (b"", b"GET /health HTTP/1.1\r\nHost: a\r\nX-", b"GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n" * 3000)
_LARGEST_LOG = 50_000

Held = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@pytest.mark.slow
async def test_connections_that_nobody_uses_take_neither_descriptors_nor_the_disk(
    server: DiscordServer, corpus: Path, tmp_path: Path, unused_tcp_port: int
) -> None:
    async with started(server, corpus, tmp_path / "log", module="bot", PORT=str(unused_tcp_port)) as program:
        resource.prlimit(program.pid, resource.RLIMIT_NOFILE, (_DESCRIPTORS, _DESCRIPTORS))
        async with held(unused_tcp_port) as connections:
            assert QUOTED in await answered(server, QUESTION)
            assert await health(unused_tcp_port) == 200
            server.gateway.close(4000)
            await server.until(lambda: server.gateway.resumes, what="a resumed session")
            assert QUOTED in await answered(server, QUESTION)
            async with waiting_for("the end of the connections"):
                await asyncio.gather(*map(ended, connections))
        assert await health(unused_tcp_port) == 200
    assert len(program.log) < _LARGEST_LOG
    assert "Traceback" not in program.log


@asynccontextmanager
async def held(port: int) -> AsyncIterator[list[Held]]:
    """Open more connections than the bot has descriptors, and leave them alone until the end of the body."""
    connections = []
    try:
        for number in range(_HELD):
            reader, writer = await asyncio.open_connection(HOST, port, limit=1)
            connections.append((reader, writer))
            writer.write(_BEGINNINGS[number % len(_BEGINNINGS)])
        yield connections
    finally:
        for _, writer in connections:
            writer.transport.abort()


async def ended(connection: Held) -> None:
    """Wait until the other side has ended a connection, whatever it sent before."""
    reader, _ = connection
    with suppress(ConnectionError):
        await reader.read()


async def health(port: int) -> int:
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    async with aiohttp.ClientSession(timeout=timeout) as session, session.get(f"http://{HOST}:{port}/health") as got:
        return got.status
