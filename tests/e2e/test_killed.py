"""The bot is killed at any stage of a reload: the next that starts serves a whole edition, and nothing stays behind."""

import os
import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from tests.articles.sources.web_server import Answer, WebServer, endless, reply
from tests.discord_server import DiscordServer
from tests.e2e.coverage import MUSEUM_QUESTION, MUSEUM_QUOTED, QUESTION, QUOTED
from tests.e2e.moderating import (
    ARCHIVE,
    NEWER,
    answered,
    archived,
    begin_reload,
    eventually,
    reload,
    started,
    status,
)
from tests.e2e.prepared import Halts
from tests.e2e.processes import children_of, parent_of

pytestmark = pytest.mark.asyncio(loop_scope="session")

# How many articles serve next, while the source is away: what was fetched whole is not lost.
_SERVED_NEXT = {"fetching": 3, "publishing": 3, "reading": 4, "checking": 4, "swapping": 4}
_LEAVES = {"fetching", "publishing", "reading"}
_IN_FILES = {"reading", "swapping"}
_MORE_THAN_A_DAY = 25 * 3600.0


@pytest.mark.parametrize("stage", _SERVED_NEXT)
async def test_what_starts_after_a_kill_serves_a_whole_edition(
    server: DiscordServer, site: WebServer, tmp_path: Path, stage: str
) -> None:
    halts, cache = Halts(tmp_path / "halts"), tmp_path / "cache"
    settings = {**archived(site, cache), **halts.settings}
    if stage in _IN_FILES:
        settings["PREPARED_FILES"] = "1"
    site.answers = [reply(200, ARCHIVE), newer_or_endless(stage)]
    async with started(server, log=tmp_path / "log", **settings) as program:
        if stage != "fetching":
            halts.set(stage)
        await begin_reload(server)
        await eventually(lambda: halts.is_reached(stage) or grows(cache), f"a halt at {stage}")
        children = children_of(program.pid)
        assert len(children) == (stage == "reading")
        program.signal(signal.SIGKILL)
        await program.exit_code()
        await ended(children)
    await server.until(lambda: not server.gateway.connected, what="a closed gateway")
    if stage != "fetching":
        halts.release(stage)

    assert bool(left_behind(cache)) == (stage in _LEAVES)
    age(cache)
    site.answers = [reply(403)]
    async with started(server, log=tmp_path / "log", **settings):
        assert f"عدد المقالات: {_SERVED_NEXT[stage]}" in await status(server)
        assert QUOTED in await answered(server, QUESTION)
        site.answers = [reply(200, NEWER)]
        await reload(server)
        assert "عدد المقالات: 4" in await status(server)
        assert MUSEUM_QUOTED in await answered(server, MUSEUM_QUESTION)
        assert left_behind(cache) == []


def newer_or_endless(stage: str) -> Answer:
    return endless(b"x" * 1000, pause=0.01) if stage == "fetching" else reply(200, NEWER)


def grows(cache: Path) -> bool:
    """Tell whether half an archive is there."""
    return any(file.stat().st_size > 20_000 for file in cache.glob("*/.draft-*/archive"))


def age(cache: Path) -> None:
    """Make what half a fetch has left a day older, since younger ones may belong to another process."""
    for draft in cache.glob("*/.draft-*"):
        os.utime(draft, (time.time() - _MORE_THAN_A_DAY,) * 2)


def left_behind(cache: Path) -> list[str]:
    """List what is not an edition or a snapshot, nor seems to be written by a process that is not gone."""
    drafts = [path.name for path in cache.glob("*/.draft-*")]
    others = [path for path in cache.iterdir() if path.is_file() and path.suffix != ".edition"]
    return drafts + [path.name for path in others if not Path("/proc", path.suffixes[-2].strip(".")).exists()]


async def ended(processes: Sequence[int]) -> None:
    """Wait until processes run no more, and, where somebody asks for their exit codes, are gone."""
    await eventually(lambda: not any(map(parent_of, processes)), "the end of the child")
    with suppress(TimeoutError):
        await eventually(lambda: not any(Path(f"/proc/{one}").exists() for one in processes), "no child", seconds=5)
