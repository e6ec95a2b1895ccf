"""One program serves most of these tests; each checks at its end that no rule of Discord was broken."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.articles.sources.web_server import WebServer, web_server
from tests.discord_server import DiscordServer
from tests.e2e.coverage import write_corpus
from tests.e2e.stage import Stage, played


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    directory = tmp_path_factory.mktemp("e2e")
    async with played(write_corpus(directory / "corpus"), directory / "log") as stage:
        yield stage


@pytest_asyncio.fixture(loop_scope="session")
async def stage(running: Stage) -> AsyncIterator[Stage]:
    """The shared program, as it was: running, and within the rules."""
    yield running
    running.server.faults.clear()
    assert running.program.is_running, running.program.log
    assert running.server.violations == []


@pytest_asyncio.fixture(loop_scope="session")
async def server() -> AsyncIterator[DiscordServer]:
    """A Discord for tests that start a program of their own."""
    async with DiscordServer() as server:
        yield server
        assert server.violations == []


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus")


@pytest.fixture
def site() -> Iterator[WebServer]:
    """A web server that hands out what a test has put there."""
    with web_server() as site:
        yield site
