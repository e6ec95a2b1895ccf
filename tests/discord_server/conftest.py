"""Give the tests a server and a small client of discord.py that speaks to it."""

from collections.abc import AsyncIterator

import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.small_client import SmallClient


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer() as running:
        yield running


@pytest.fixture
async def client(server: DiscordServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SmallClient]:
    connected = SmallClient()
    async with connected.running(server, monkeypatch):
        await server.wait_ready()
        yield connected
