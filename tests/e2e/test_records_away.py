"""The program while the database of its records is away: it answers, says so, and stops in time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.discord_server import DiscordServer
from tests.e2e.coverage import QUESTION, QUOTED
from tests.e2e.moderating import answered, started, status
from tests.patience import eventually
from tests.postgres import PASSWORD, PostgresServer
from tests.records.conftest import postgres, started_server
from tests.records.proxy import Mode, Proxy, proxy_to

__all__ = ["postgres", "started_server"]

pytestmark = pytest.mark.asyncio(loop_scope="session")

THERE = "السجلات متاحة"
OPEN = "The records are open"
AWAY = "السجلات ليست في متناولي، وأجيب من دونها"


@pytest.fixture
def proxy(postgres: PostgresServer) -> Iterator[Proxy]:
    with proxy_to(postgres.port) as proxy:
        yield proxy


async def test_by_default_the_records_are_a_file_in_the_cache(
    server: DiscordServer, corpus: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    async with started(server, corpus, tmp_path / "log", CORPUS_CACHE=str(cache)) as program:
        await eventually(lambda: OPEN in program.log, "an open file")
        assert QUOTED in await answered(server, QUESTION)
        assert f"{THERE}: \u2068SQLite\u2069" in await status(server)
    # The number is that of the bot, of which others may share the folder.
    assert [path.name for path in cache.glob("*.sqlite")] == ["isnad-10.sqlite"]


async def test_a_server_that_is_there_is_used(
    server: DiscordServer, corpus: Path, tmp_path: Path, postgres: PostgresServer
) -> None:
    with postgres.database() as url:
        address = url.set(drivername="postgres").render_as_string(hide_password=False)
        async with started(server, corpus, tmp_path / "log", DATABASE_URL=address) as program:
            await eventually(lambda: OPEN in program.log, "an open database")
            assert f"{THERE}: \u2068PostgreSQL\u2069" in await status(server)
        assert PASSWORD not in program.log


async def test_a_server_that_says_nothing_holds_up_neither_answers_nor_a_stop(
    server: DiscordServer, corpus: Path, tmp_path: Path, postgres: PostgresServer, proxy: Proxy
) -> None:
    proxy.mode = Mode.SILENT
    address = postgres.url(port=proxy.port).render_as_string(hide_password=False)
    async with started(server, corpus, tmp_path / "log", DATABASE_URL=address) as program:
        assert QUOTED in await answered(server, QUESTION)
        assert AWAY in await status(server)
    proxy.mode = Mode.CUTTING
    assert "Traceback" not in program.log
    assert PASSWORD not in program.log


async def test_a_store_that_comes_back_is_used(
    server: DiscordServer, corpus: Path, tmp_path: Path, postgres: PostgresServer, proxy: Proxy
) -> None:
    proxy.mode = Mode.CUTTING
    address = postgres.url(port=proxy.port).render_as_string(hide_password=False)
    async with started(server, corpus, tmp_path / "log", DATABASE_URL=address) as program:
        await eventually(lambda: "The records are away (unreachable)" in program.log, "a database that is missed")
        assert QUOTED in await answered(server, QUESTION)
        assert AWAY in await status(server)
        proxy.mode = Mode.PASSING
        await eventually(lambda: "The records are back" in program.log, "a database that is found again")
        assert THERE in await status(server)
    assert program.log.count("The records are away") == 1


async def test_a_damaged_file_is_begun_anew_and_moderators_read_so(
    server: DiscordServer, corpus: Path, tmp_path: Path
) -> None:
    file = tmp_path / "spoilt.sqlite"
    file.write_bytes(b"words " * 10_000)
    async with started(server, corpus, tmp_path / "log", DATABASE_URL=f"sqlite:///{file}") as program:
        await eventually(lambda: OPEN in program.log, "an open file")
        assert "The records are damaged" in program.log
        told = await status(server)
        assert THERE in told
        assert "كان ملفّ السجلات تالفاً" in told
