"""A reload is ended: by a moderator, by the clock, or with the program; nothing of it stays."""

import signal
from pathlib import Path

import pytest

from tests.articles.sources.archives import tar_gz
from tests.articles.sources.web_server import WebServer, endless, reply, silent
from tests.discord_server import DiscordServer
from tests.e2e.coverage import ARTICLES, MUSEUM, QUESTION, QUOTED
from tests.e2e.moderating import (
    ARCHIVE,
    KEPT,
    MODERATOR,
    NEWER,
    SERVED,
    answered,
    archived,
    begin_reload,
    outcome,
    reload,
    started,
)
from tests.e2e.prepared import Halts
from tests.patience import eventually, slowness
from tests.processes import children_of, parent_of

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.slow]

CANCELLED = "أُلغيت إعادة بناء التغطية قبل أن تكتمل، بأمر من \u2068<@{id}>\u2069"
OTHER = "ليلى"


async def cancel(server: DiscordServer, by: str = OTHER) -> str:
    asked = await server.run_command("corpus cancel", author=by, channel="عام")
    return (await server.wait_for_reply(asked)).text


@pytest.mark.parametrize("stage", ["fetching", "waiting", "reading", "checking"])
async def test_a_moderator_cancels_what_another_one_began(
    server: DiscordServer, site: WebServer, tmp_path: Path, stage: str
) -> None:
    halts, cache = Halts(tmp_path / "halts"), tmp_path / "cache"
    slow = {"fetching": endless(b"x" * 1000, pause=0.01), "waiting": silent()}
    site.answers = [reply(200, ARCHIVE), slow.get(stage, reply(200, NEWER)), reply(200, NEWER)]
    await server.give_role(OTHER, "مشرفون")
    async with started(server, log=tmp_path / "log", **archived(site, cache), **halts.settings) as program:
        assert "لا تجري الآن إعادة بناء" in await cancel(server)
        if stage not in slow:
            halts.set(stage)
        begun = await begin_reload(server)
        await eventually(
            lambda: len(site.seen) == 2 if stage in slow else halts.is_reached(stage), f"a reload that is {stage}"
        )
        assert QUOTED in await answered(server, QUESTION)
        children = children_of(program.pid)
        assert stage in slow or halts.whom(stage) in children
        said = await cancel(server)
        assert f"<@{server.world.user(MODERATOR).id}>" in said
        if stage == "checking":
            halts.release(stage)
        ended = await outcome(server, begun)
        assert CANCELLED.format(id=server.world.user(OTHER).id) in ended
        assert KEPT in ended
        assert not any(map(parent_of, children))
        assert [file for pattern in ("*/.draft-*", "*.part") for file in cache.glob(pattern)] == []
        if stage == "reading":
            halts.release(stage)
        assert QUOTED in await answered(server, QUESTION)
        assert SERVED in await reload(server)
        assert "Traceback" not in program.log


async def test_hostile_articles_hold_nobody_up(server: DiscordServer, site: WebServer, tmp_path: Path) -> None:
    floods = ["`" * 100_000, "7" * 100_000, "ا" + "\u064b\u0651" * 50_000, "نص " * 500_000]
    hostile = {f"{number}.md": f"---\ntitle: خبر\n---\n\nنص {flood}\n" for number, flood in enumerate(floods)}
    site.answers = [reply(200, ARCHIVE), reply(200, tar_gz({**ARTICLES, **hostile}))]
    async with started(server, log=tmp_path / "log", **archived(site, tmp_path / "cache")):
        begun = await begin_reload(server)
        assert QUOTED in await answered(server, QUESTION)
        assert SERVED in await outcome(server, begun)
        assert QUOTED in await answered(server, QUESTION)


@pytest.mark.slow
async def test_a_build_that_takes_too_long_is_ended(server: DiscordServer, site: WebServer, tmp_path: Path) -> None:
    halts = Halts(tmp_path / "halts")
    site.answers = [reply(200, ARCHIVE), reply(200, NEWER), reply(200, NEWER)]
    seconds = str(round(6 * slowness()))
    settings = {**archived(site, tmp_path / "cache"), **halts.settings, "CORPUS_BUILD_SECONDS": seconds}
    async with started(server, log=tmp_path / "log", **settings) as program:
        halts.set("reading")
        ended = await reload(server)
        assert f"لم يكتمل بناء التغطية في المهلة، وهي بالثواني: {seconds}. " in ended
        assert KEPT in ended
        assert children_of(program.pid) == []
        halts.release("reading")
        assert SERVED in await reload(server)


@pytest.mark.parametrize("source", ["archive", "folder"])
async def test_sigterm_during_a_reload_ends_program_and_child(
    server: DiscordServer, site: WebServer, corpus: Path, tmp_path: Path, source: str
) -> None:
    halts = Halts(tmp_path / "halts")
    site.answers = [reply(200, ARCHIVE), reply(200, NEWER)]
    place = archived(site, tmp_path / "cache") if source == "archive" else {"corpus": corpus}
    async with started(server, log=tmp_path / "log", **place, **halts.settings) as program:
        halts.set("reading")
        (corpus / "museum.md").write_text(MUSEUM, encoding="utf-8")
        await begin_reload(server)
        await eventually(lambda: halts.is_reached("reading"), "a child")
        [child] = children_of(program.pid)
        program.signal(signal.SIGTERM)
        assert await program.exit_code() == 0, program.log
        await eventually(lambda: parent_of(child) is None, "the end of the child")
