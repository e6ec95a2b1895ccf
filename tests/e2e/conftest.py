"""One program serves most tests of a module; each checks at its end that no rule of Discord was broken."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from tests.articles.sources.web_server import WebServer, web_server
from tests.discord_server import DiscordServer
from tests.e2e.coverage import write_corpus
from tests.e2e.fork_server import ForkServer
from tests.e2e.moderating import Run, started
from tests.e2e.program import ROOT, Program, Start
from tests.e2e.stage import Stage, played


@pytest.fixture(scope="session", autouse=True)
def _programs_are_forked(fork_server: ForkServer | None) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(Program, "fork_server", fork_server)
        yield


@pytest.fixture(autouse=True)
def _no_fork_outlives_its_test(fork_server: ForkServer | None) -> Iterator[None]:
    """End the programs that a test has left, and fail; that of a module was there before."""
    before = fork_server.running() if fork_server else frozenset()
    yield
    assert not (fork_server and fork_server.end_those_left(before)), "programs outlived their test"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """One program for the tests of a module.

    While tests of other modules run, its Discord stands still: it would lose its session, and questions with it.
    """
    directory = tmp_path_factory.mktemp("e2e")
    async with played(write_corpus(directory / "corpus"), directory / "log") as stage:
        yield stage


@pytest_asyncio.fixture(loop_scope="session")
async def stage(running: Stage, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """The shared program, as it was: running, and within the rules."""
    before = len(running.server.requests)
    yield running
    running.server.faults.clear()
    assert running.program.is_running, running.program.log
    assert running.server.violations == []
    assert not paths_told(running.server, tmp_path_factory.getbasetemp(), before)


@pytest_asyncio.fixture(loop_scope="session")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[DiscordServer]:
    """A Discord for tests that start a program of their own."""
    async with DiscordServer() as server:
        yield server
        assert server.violations == []
        assert not paths_told(server, tmp_path_factory.getbasetemp())


def paths_told(server: DiscordServer, temporary: Path, since: int = 0) -> list[str]:
    """Return what the program sent that has a place of this machine in it: these are nobody's business on Discord."""
    bodies = [json.dumps(request.body, ensure_ascii=False) for request in server.requests[since:]]
    files = [
        file.decode("utf-8", "replace") for message in server.world.messages.values() for file in message.files.values()
    ]
    places = [str(place).replace("_", "") for place in (temporary, ROOT)]
    return [text for text in (*bodies, *files) if any(place in re.sub(r"[\\_]", "", text) for place in places)]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus")


@pytest_asyncio.fixture(loop_scope="session")
async def start(server: DiscordServer, corpus: Path, tmp_path: Path) -> AsyncIterator[Start]:
    """Start the program with settings of its own, and stop it."""
    programs = []

    async def start(**settings: str) -> Program:
        program = await Program.start(server, corpus, tmp_path / "log", **settings)
        programs.append(program)
        await server.wait_ready()
        for command in ("corpus", "ask"):
            await server.wait_for_command(command)
        return program

    yield start
    for program in programs:
        assert await program.stop() == 0, program.log


@pytest.fixture
def site() -> Iterator[WebServer]:
    """A web server that hands out what a test has put there."""
    with web_server() as site:
        yield site


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the records, apart from that of the coverage."""
    folder = tmp_path / "kept"
    folder.mkdir()
    return folder


@pytest.fixture
def run(server: DiscordServer, corpus: Path, tmp_path: Path) -> Run:
    """Make what starts the program on the same corpus and records; what comes late comes soon."""

    @asynccontextmanager
    async def start(**more: str) -> AsyncIterator[Program]:
        settings = {"CORPUS_CACHE": str(tmp_path / "cache"), "PREPARED_PACE": "0.01", "PREPARED_PAUSES": "1"}
        async with started(server, corpus, tmp_path / "log", **settings, **more) as program:
            yield program
        await server.until(lambda: not server.gateway.connected, what="a closed gateway")

    return start
