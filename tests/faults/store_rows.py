"""Faults of what the bot reads and keeps: the records, the search server, the source of the articles, the disk."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.chat.waiting_room import WAITING
from bot.retrieval import SearchAwayError
from tests.articles.sources.web_server import reply, web_server
from tests.e2e.coverage import MUSEUM, MUSEUM_QUESTION, MUSEUM_QUOTED, QUESTION, QUOTED
from tests.e2e.moderating import ARCHIVE, KEPT, MODERATION, answered, reload
from tests.e2e.test_full_disk import files_of_at_most
from tests.faults.fault import Area, Outcome, outcome
from tests.faults.scene import Scene

STORE = Area("store", is_apart=True)
_AWAY = "tests/e2e/test_sources_away.py"
# Nobody listens there.
_NO_DATABASE = "postgresql://isnad@127.0.0.1:1/isnad"
_FILE = "isnad.sqlite"
_FETCHED = {"CORPUS_ALLOW_PRIVATE": "true"}
_ASKED = "a mention and a command"
_RECORDS = "tests/e2e/test_records_away.py"
_SEARCH = "tests/e2e/test_search_away.py"


@STORE.row("records' database away", _ASKED, Outcome.AT_ONCE, _RECORDS)
async def database_away(scene: Scene) -> Outcome:
    await scene.start(DATABASE_URL=_NO_DATABASE)
    return await outcome(scene, await scene.ask(), await scene.command())


@STORE.row("records' file locked by another process", _ASKED, Outcome.AT_ONCE, _RECORDS)
async def records_locked(scene: Scene) -> Outcome:
    (scene.home / "cache").mkdir()
    with closing(sqlite3.connect(scene.home / "cache" / _FILE)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        await scene.start()
        return await outcome(scene, await scene.ask(), await scene.command())


@STORE.row("records' file damaged", _ASKED, Outcome.AT_ONCE, _RECORDS)
async def records_damaged(scene: Scene) -> Outcome:
    (scene.home / "cache").mkdir()
    (scene.home / "cache" / _FILE).write_bytes(b"no database " * 1000)
    await scene.start()
    return await outcome(scene, await scene.ask(), await scene.command())


@STORE.row("search server away for a moment", _ASKED, Outcome.WAITED, _SEARCH)
async def search_away_for_a_moment(scene: Scene) -> Outcome:
    search = await _with_search(scene)
    asked, called = await scene.ask(), await scene.command()
    await scene.server.until(lambda: WAITING in asked.reactions or None, what="a sign")
    scene.waits += 1
    search.unlink()
    return await outcome(scene, asked, called)


@STORE.row("search server away", _ASKED, Outcome.TOLD, _SEARCH)
async def search_away(scene: Scene) -> Outcome:
    search = await _with_search(scene, PREPARED_PATIENCE="0.5")
    came = await outcome(scene, await scene.ask(), await scene.command())
    search.unlink()
    return came


@STORE.row("search server away at a reload", "a reload", Outcome.KEPT, _SEARCH)
async def search_away_at_a_reload(scene: Scene) -> Outcome:
    search = await _with_search(scene)
    (scene.corpus / "museum.md").write_text(MUSEUM, encoding="utf-8")
    assert KEPT in await reload(scene.server)
    search.unlink()
    return await _kept(scene)


@STORE.row("disk full", _ASKED, Outcome.AT_ONCE)
async def disk_full(scene: Scene) -> Outcome:
    program = await scene.start()
    with files_of_at_most(1, program.pid):
        return await outcome(scene, await scene.ask(), await scene.command())


@STORE.row("source of the articles away", "a reload", Outcome.KEPT, _AWAY, is_slow=True)
async def source_away_at_a_reload(scene: Scene) -> Outcome:
    with web_server() as site:
        site.answers = [reply(200, ARCHIVE), reply(503)]
        await scene.start(corpus=site.url, **_FETCHED)
        assert KEPT in await reload(scene.server)
        return await _kept(scene)


@STORE.row("source away at the start", "a restart, which has the last coverage", Outcome.KEPT, _AWAY, is_slow=True)
async def source_away_at_the_start(scene: Scene) -> Outcome:
    with web_server() as site:
        site.answers = [reply(200, ARCHIVE)]
        await scene.start(corpus=site.url, **_FETCHED)
        assert await scene.program.stop() == 0, scene.program.log
        site.answers = [reply(503)]
        moderators = str(scene.server.world.channel(MODERATION).id)
        await scene.start(corpus=site.url, DISCORD_MODERATOR_CHANNEL_ID=moderators, **_FETCHED)
        assert "بالخطأ 503" in (await scene.server.wait_for_message(MODERATION)).text
        return await _kept(scene)


@STORE.row("disk full at a reload", "a reload of an archive", Outcome.KEPT, "tests/e2e/test_full_disk.py", is_slow=True)
async def disk_full_at_a_reload(scene: Scene) -> Outcome:
    with web_server() as site:
        site.answers = [reply(200, ARCHIVE)]
        program = await scene.start(corpus=site.url, **_FETCHED)
        site.answers = [reply(200, ARCHIVE + b"\0" * 100_000)]
        with files_of_at_most(1000, program.pid):
            assert KEPT in await reload(scene.server)
            return await _kept(scene)


@STORE.row("all articles gone", "a reload", Outcome.KEPT, "tests/e2e/test_gates.py", is_slow=True)
async def articles_gone_at_a_reload(scene: Scene) -> Outcome:
    await scene.start()
    for article in scene.corpus.glob("*.md"):
        article.unlink()
    assert KEPT in await reload(scene.server)
    return await _kept(scene)


async def _with_search(scene: Scene, **settings: str) -> Path:
    """Start a program whose search server goes away then; return the file without which it is back."""
    search = scene.home / "search"
    await scene.start(PREPARED_SEARCH=str(search), **settings)
    search.write_text(SearchAwayError.__name__, encoding="utf-8")
    return search


async def _kept(scene: Scene) -> Outcome:
    assert QUOTED in await answered(scene.server, QUESTION)
    assert MUSEUM_QUOTED not in await answered(scene.server, MUSEUM_QUESTION)
    return Outcome.KEPT
