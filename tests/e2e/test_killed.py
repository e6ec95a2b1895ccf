"""The bot is killed at any stage of a reload: the next that starts serves a whole edition, and nothing stays behind."""

import asyncio
import signal
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from tests.articles.sources.web_server import Answer, WebServer, endless, reply
from tests.discord_server import DiscordServer
from tests.e2e.coverage import MUSEUM_QUESTION, MUSEUM_QUOTED, QUESTION, QUOTED
from tests.e2e.moderating import ARCHIVE, NEWER, answered, archived, begin_reload, reload, started, status
from tests.e2e.prepared import Halts
from tests.patience import eventually
from tests.processes import children_of, parent_of

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.slow]

_STAGES = ("fetching", "publishing", "reading", "checking", "swapping")
_IN_FILES = {"reading", "swapping"}


@pytest.mark.parametrize("stage", _STAGES)
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
        assert len(children) == (stage in {"reading", "checking"})
        program.signal(signal.SIGKILL)
        await program.exit_code()
        await ended(children)
    await server.until(lambda: not server.gateway.connected, what="a closed gateway")
    if stage != "fetching":
        halts.release(stage)

    assert left_behind(cache) != [] or stage in {"checking", "swapping"}
    site.answers = [reply(403)]
    async with started(server, log=tmp_path / "log", **settings):
        # What had passed no gate yet does not serve, be it fetched or built.
        assert "عدد المقالات: 3" in await status(server)
        assert QUOTED in await answered(server, QUESTION)
        site.answers = [reply(200, NEWER)]
        await reload(server)
        assert "عدد المقالات: 4" in await status(server)
        assert MUSEUM_QUOTED in await answered(server, MUSEUM_QUESTION)
        # It asks the source by itself as well, meanwhile.
        await eventually(lambda: left_behind(cache) == [], "nothing that is not whole")


def newer_or_endless(stage: str) -> Answer:
    return endless(b"x" * 1000, pause=0.01) if stage == "fetching" else reply(200, NEWER)


def grows(cache: Path) -> bool:
    """Tell whether half an archive is there."""
    return any(file.stat().st_size > 20_000 for file in cache.glob("*/.draft-*/archive"))


def left_behind(cache: Path) -> list[str]:
    """List what is not whole."""
    return [path.name for pattern in ("*/.draft-*", "*.part", "*.new") for path in cache.glob(pattern)]


async def ended(processes: Sequence[int]) -> None:
    """Wait until processes run no more, and, where somebody asks for their exit codes, are gone."""
    await eventually(lambda: not any(map(parent_of, processes)), "the end of the child")
    with suppress(TimeoutError):
        async with asyncio.timeout(5):
            await eventually(lambda: not any(Path(f"/proc/{one}").exists() for one in processes), "no child")
