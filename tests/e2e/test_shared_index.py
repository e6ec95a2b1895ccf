"""Bots whose index is on a cluster: one that only follows, and one that builds."""

import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.composition import TERMINATED
from tests.chat.samples import ARABIC
from tests.discord_server import DiscordServer
from tests.e2e.coverage import MUSEUM, MUSEUM_QUESTION, MUSEUM_QUOTED, QUESTION, QUOTED
from tests.e2e.moderating import MODERATOR, SERVED, answered, outcome_card, reload, started, status
from tests.e2e.program import Program
from tests.opensearch_server import server_faults
from tests.opensearch_server.cluster import OpenSearchCluster
from tests.opensearch_server.stub import opensearch_stub
from tests.patience import eventually

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.slow]

# A poll may have been quicker than the moderator.
FOLLOWED = ARABIC("reload.followed")
TAKEN_OVER = ARABIC("reload.taken_over")
HELD_BACK = ARABIC("publish.held_back")


@pytest.fixture
def shared(opensearch: OpenSearchCluster) -> Iterator[dict[str, str]]:
    """The settings of a bot of one cluster."""
    with opensearch.prefix() as prefix:
        yield {"SEARCH_URL": opensearch.addresses[0], "SEARCH_INDEX": prefix, "SEARCH_POLL_SECONDS": "1"}


async def index(server: DiscordServer, corpus: Path, log: Path, shared: dict[str, str]) -> str:
    """Publish, and return what the command says."""
    cache = str(log.with_suffix(".cache"))
    program = await Program.start(server, corpus, log, "index", CORPUS_CACHE=cache, **shared)
    assert await program.exit_code() == 0, program.log
    return program.log


@asynccontextmanager
async def unattended(server: DiscordServer, tmp_path: Path, shared: dict[str, str]) -> AsyncIterator[Program]:
    """Start a bot that has no articles and builds nothing, and end it."""
    settings = {**shared, "SEARCH_BUILDS": "false", "CORPUS_CACHE": str(tmp_path / "follower")}
    program = await Program.start(server, tmp_path / "nowhere", tmp_path / "log", **settings)
    try:
        yield program
    finally:
        code = await program.stop()
    assert code == 0, program.log


async def test_a_bot_that_builds_nothing_waits_for_a_publication_and_follows_all_later_ones(
    server: DiscordServer, corpus: Path, tmp_path: Path, shared: dict[str, str]
) -> None:
    async with unattended(server, tmp_path, shared) as program:
        await eventually(lambda: "the start waits for one" in program.log, "a bot that waits")
        await index(server, corpus, tmp_path / "index", shared)
        await server.wait_ready()
        await server.wait_for_command("corpus")
        assert QUOTED in await answered(server, QUESTION)
        assert FOLLOWED in await reload(server)
        (corpus / "museum.md").write_text(MUSEUM, encoding="utf-8")
        await index(server, corpus, tmp_path / "index", shared)
        await eventually(lambda: "Reload elsewhere" in program.log, "a bot that follows")
        assert MUSEUM_QUOTED in await answered(server, MUSEUM_QUESTION)
        # What a moderator here goes back from no builder brings back, until a moderator wants to reload.
        asked = await server.run_command("corpus rollback", author=MODERATOR, channel="عام")
        assert "متحف البحر" in (await server.wait_for_reply(asked)).text
        assert MUSEUM_QUOTED not in await answered(server, MUSEUM_QUESTION)
        assert HELD_BACK in await index(server, corpus, tmp_path / "index", shared)
        assert FOLLOWED in await reload(server)
        await index(server, corpus, tmp_path / "index", shared)
        assert {TAKEN_OVER, ARABIC("reload.unchanged")} & set((await reload(server)).split("\n"))
        assert MUSEUM_QUOTED in await answered(server, MUSEUM_QUESTION)
        assert "Traceback" not in program.log
        assert len([line for line in program.log.splitlines() if "the start waits for one" in line]) == 1


async def test_a_bot_that_builds_publishes_and_needs_no_disk_of_its_own(
    server: DiscordServer, corpus: Path, tmp_path: Path, shared: dict[str, str]
) -> None:
    async with started(server, corpus, tmp_path / "log", CORPUS_CACHE=str(tmp_path / "one"), **shared) as program:
        assert QUOTED in await answered(server, QUESTION)
        (corpus / "museum.md").write_text(MUSEUM, encoding="utf-8")
        assert SERVED in await reload(server)
        program.signal(signal.SIGKILL)
        await program.exit_code()
    # Neither articles nor a disk are left.
    async with unattended(server, tmp_path, shared):
        await server.wait_ready()
        assert MUSEUM_QUOTED in await answered(server, MUSEUM_QUESTION)


async def test_what_a_moderator_of_a_bot_that_builds_removes_no_other_publishes_again(
    server: DiscordServer, corpus: Path, tmp_path: Path, shared: dict[str, str]
) -> None:
    library = {"title": "افتتاح المكتبة العامة في حي المنارة"}
    async with started(server, corpus, tmp_path / "log", CORPUS_CACHE=str(tmp_path / "one"), **shared):
        asked = await server.run_command("corpus remove", library, author=MODERATOR, channel="عام")
        assert ARABIC("removal.done") in (await outcome_card(server, asked)).text
        assert QUOTED not in await answered(server, QUESTION)
    await server.until(lambda: not server.gateway.connected, what="a closed gateway")
    (corpus / "museum.md").write_text(MUSEUM, encoding="utf-8")
    await index(server, corpus, tmp_path / "index", shared)
    async with unattended(server, tmp_path, shared):
        await server.wait_ready()
        assert MUSEUM_QUOTED in await answered(server, MUSEUM_QUESTION)
        assert QUOTED not in await answered(server, QUESTION)
        assert "عدد المقالات التي أزالها المشرفون: 1" in await status(server)
        for command in ("corpus remove", "corpus restore"):
            asked = await server.run_command(command, library, author=MODERATOR, channel="عام")
            assert ARABIC("addition.elsewhere") in (await server.wait_for_reply(asked)).text


async def test_a_publication_that_is_told_to_stop_leaves_nothing_behind(
    server: DiscordServer, corpus: Path, tmp_path: Path, opensearch: OpenSearchCluster
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    with opensearch.prefix() as prefix, opensearch_stub(opensearch.addresses[0]) as stub:
        stub.tell(server_faults.busy, "_bulk")
        settings = {"SEARCH_URL": stub.address, "SEARCH_INDEX": prefix, "CORPUS_CACHE": str(tmp_path / "cache")}
        program = await Program.start(server, corpus, tmp_path / "log", "index", TMPDIR=str(folder), **settings)
        await eventually(lambda: any("_bulk" in line for line in stub.asked), "documents that are sent")
        assert await program.stop() == TERMINATED, program.log
        assert opensearch.ask("GET", f"/_cat/indices/{prefix}*?format=json") == []
    assert list(folder.iterdir()) == []
    assert list((tmp_path / "cache").glob("*.part")) == []
    assert program.log == ""
