"""A start says what it does: to the port while the first edition is built, to the log once, to a monitor while well."""

import asyncio
import re
import signal
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.chat.samples import ARABIC
from tests.discord_server import DiscordServer
from tests.e2e.coverage import QUESTION, QUOTED
from tests.e2e.moderating import answered, started
from tests.e2e.prepared import MODULE, Halts
from tests.e2e.program import Program
from tests.ops.monitor import Monitor
from tests.patience import eventually, waiting_for
from tests.processes import children_of, parent_of

pytestmark = pytest.mark.asyncio(loop_scope="session")

_BEAT = 0.05


async def test_the_port_says_what_the_bot_is_doing_from_the_first_moment(
    server: DiscordServer, corpus: Path, tmp_path: Path, unused_tcp_port: int
) -> None:
    halts = building(tmp_path)
    settings = {**halts.settings, **in_files(tmp_path), "PORT": str(unused_tcp_port)}
    program = await Program.start(server, corpus, tmp_path / "log", module=MODULE, **settings)
    try:
        await eventually(lambda: halts.is_reached("reading"), "a build")
        assert await page(unused_tcp_port, "live") == (200, {"live": True})
        status, health = await page(unused_tcp_port, "health")
        assert (status, health["ok"], health["doing"], health["edition"]) == (503, False, "building", None)
        assert health["progress"]["stage"] == "reading"
        assert not server.gateway.connected
        halts.release("reading")
        await server.wait_ready()
        async with waiting_for("a bot that is well"):
            while (found := await page(unused_tcp_port, "health"))[0] != 200:
                assert found[1]["doing"] in {"building", "connecting"}
        assert (found[1]["doing"], found[1]["answering"], found[1]["progress"]) == ("serving", True, None)
    finally:
        assert await program.stop() == 0, program.log


async def test_a_stop_during_the_build_ends_the_child_and_leaves_nothing(
    server: DiscordServer, corpus: Path, tmp_path: Path
) -> None:
    halts, files = building(tmp_path), in_files(tmp_path)
    program = await Program.start(server, corpus, tmp_path / "log", module=MODULE, **halts.settings, **files)
    await eventually(lambda: halts.is_reached("reading"), "a build")
    children = children_of(program.pid)
    assert len(children) == 1
    program.signal(signal.SIGTERM)
    assert await program.exit_code() == 0, program.log
    await eventually(lambda: not any(map(parent_of, children)), "the end of the child")
    assert "Traceback" not in program.log
    assert [*(tmp_path / "cache").glob("*.part")] == []
    assert not server.gateway.identifies


async def test_a_coverage_without_articles_is_told_as_ever(
    server: DiscordServer, tmp_path: Path, unused_tcp_port: int
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    program = await Program.start(server, empty, tmp_path / "log", PORT=str(unused_tcp_port))
    assert await program.exit_code() == 2
    assert ARABIC("console.empty_corpus", path=empty) in program.log
    assert "Traceback" not in program.log


async def test_one_line_says_once_who_answers_where_and_from_what(
    server: DiscordServer, corpus: Path, tmp_path: Path
) -> None:
    async with started(server, corpus, tmp_path / "log") as program:
        await eventually(lambda: " answers as " in program.log, "the line of the start")
        server.gateway.close(4000)
        await server.until(lambda: server.gateway.resumes, what="a resumed session")
        assert QUOTED in await answered(server, QUESTION)
    [line] = [line for line in program.log.splitlines() if " answers as " in line]
    assert re.search(r"Isnad \S+ answers as .+ in 1 server \(.+\), from ", line)
    assert f"from {corpus}: 3 articles, " in line
    assert "0 rejected; home: " in line
    assert "invite: https://discord.com/oauth2/authorize?client_id=" in line


async def test_while_discord_is_down_each_try_is_one_line(server: DiscordServer, corpus: Path, tmp_path: Path) -> None:
    server.gateway.refuse(times=1000)
    program = await Program.start(server, corpus, tmp_path / "log")
    await server.until(lambda: server.requests or None, what="a login")
    await eventually(lambda: program.log.count("WARNING") > 1, "two tries")
    assert await program.stop() == 0, program.log
    assert "Traceback" not in program.log
    assert all(re.match(r"\d{4}-\d\d-\d\d ", line) for line in program.log.splitlines())


@pytest.mark.slow
async def test_the_heart_beats_only_while_the_bot_is_well(server: DiscordServer, corpus: Path, tmp_path: Path) -> None:
    monitor = Monitor()
    async with monitor.listening() as url:
        settings = {"HEARTBEAT_URL": url.get_secret_value(), "PREPARED_BEAT": str(_BEAT)}
        async with started(server, corpus, tmp_path / "log", **settings) as program:
            await eventually(lambda: monitor.beats > 1, "a heart that beats")
            server.gateway.refuse(times=1000)
            server.gateway.close(4000)
            await server.until(lambda: not server.gateway.connected, what="a lost gateway")
            # One may be on its way.
            await asyncio.sleep(2 * _BEAT)
            beats = monitor.beats
            await asyncio.sleep(10 * _BEAT)
            assert monitor.beats == beats
            server.gateway.accept()
            await eventually(lambda: monitor.beats > beats, "a heart that beats again")
    assert url.get_secret_value() not in program.log


@pytest.mark.parametrize("without", ["sentry_sdk", pytest.param("", marks=pytest.mark.slow)])
async def test_errors_may_be_reported_and_where_that_cannot_be_the_bot_says_so_and_answers(
    server: DiscordServer, corpus: Path, tmp_path: Path, without: str
) -> None:
    settings = {"SENTRY_DSN": "http://key@127.0.0.1:9/1", "PREPARED_WITHOUT": without}
    async with started(server, corpus, tmp_path / "log", **settings) as program:
        assert QUOTED in await answered(server, QUESTION)
    assert (ARABIC("start.no_sentry") in program.log) == bool(without)
    assert "key@127" not in program.log


def building(folder: Path) -> Halts:
    """Halt the first build in its middle."""
    halts = Halts(folder / "halts")
    halts.set("reading")
    return halts


def in_files(folder: Path) -> dict[str, str]:
    """Have a child build."""
    return {"CORPUS_CACHE": str(folder / "cache"), "PREPARED_FILES": "1"}


async def page(port: int, name: str) -> tuple[int, dict[str, Any]]:
    """Ask the port."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/{name}") as response:
        return response.status, await response.json()
