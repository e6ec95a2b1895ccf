"""The tables and their version, and starts at the same moment, on both databases."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, Connection, delete, inspect, text, update

from bot.records.database import SqliteFile, open_engine
from bot.records.faults import StoreError
from bot.records.migration import VERSION, VERSIONS, migrate, stored_version
from bot.records.quoted_answers import CardQuote, replace_quotes
from bot.records.refusals import open_refusals
from bot.records.store import Store
from bot.records.tables import METADATA, REFUSALS
from bot.records.transfer import copy_records
from tests.articles.conftest import ROOT
from tests.patience import PATIENCE
from tests.processes import leashed
from tests.records.driving import counted, kept, sums

_START = """
import sys
from sqlalchemy import make_url
from bot.records.store import Store

store = Store(make_url(sys.argv[1]))
print("ready", flush=True)
sys.stdin.read()
while True:
    try:
        store.open()
        break
    except Exception as error:
        # Another start holds SQLite's lock: the bot tries again too.
        assert "locked" in str(error), error
print("open", flush=True)
store.close()
"""


@contextmanager
def connected_without_opening(url: URL) -> Iterator[Connection]:
    engine = open_engine(url)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


@contextmanager
def connected(url: URL) -> Iterator[Connection]:
    Store(url).open()  # it makes the file
    with connected_without_opening(url) as connection:
        yield connection


def set_version(connection: Connection, version: str) -> None:
    connection.execute(update(VERSIONS).values(version_num=version))


def take_tables_away(connection: Connection) -> None:
    METADATA.drop_all(connection)
    connection.execute(delete(VERSIONS))


def test_tables_that_alembic_made_are_of_this_version(url: URL) -> None:
    with connected(url) as connection:
        VERSIONS.drop(connection)
        # As it wrote it, down to the name of the key.
        connection.execute(
            text(
                "CREATE TABLE isnad_version "
                "(version_num VARCHAR(32) NOT NULL, CONSTRAINT isnad_version_pkc PRIMARY KEY (version_num))"
            )
        )
        connection.execute(text("INSERT INTO isnad_version VALUES ('0001')"))
        migrate(connection)
        assert stored_version(connection) == VERSION


def test_tables_of_the_first_version_keep_their_rows_and_get_the_others_beside_them(url: URL) -> None:
    with connected(url) as connection:
        counted("asked")(connection)
        for name in ("follows", "digests", "article_changes"):
            METADATA.tables[name].drop(connection)
        set_version(connection, "0001")
    with connected_without_opening(url) as connection:
        migrate(connection)
        assert stored_version(connection) == VERSION
        assert set(inspect(connection).get_table_names()) == {VERSIONS.name, *METADATA.tables}
        assert sums(connection) == {"asked": 1}


def test_tables_that_were_taken_away_are_made_again(url: URL) -> None:
    with connected(url) as connection:
        take_tables_away(connection)
        assert stored_version(connection) is None
        assert set(inspect(connection).get_table_names()) == {VERSIONS.name}
        migrate(connection)
        assert set(inspect(connection).get_table_names()) == {VERSIONS.name, *METADATA.tables}
        assert {index["name"] for index in inspect(connection).get_indexes("votes")} == {
            "ix_votes_member_id",
            "ix_votes_voted_at",
        }


@pytest.mark.slow
def test_starts_at_the_same_moment_migrate_once(url: URL) -> None:
    address = url.render_as_string(hide_password=False)
    starts = [
        subprocess.Popen(  # noqa: S603
            leashed("-c", _START, address), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for start in starts:
        assert start.stdout is not None
        assert start.stdout.readline() == "ready\n"
    # A second one to make the tables would meet those of the first, and fail.
    assert [start.communicate(timeout=PATIENCE)[0] for start in starts] == ["open\n"] * 2
    assert [start.returncode for start in starts] == [0, 0]
    with connected(url) as connection:
        assert stored_version(connection) == VERSION


def test_a_failure_in_the_middle_leaves_nothing_half_made(url: URL) -> None:
    Store(url).open()
    engine = open_engine(url)
    with engine.begin() as connection:
        take_tables_away(connection)
        connection.execute(text("CREATE TABLE votes (somebody INTEGER)"))
    with pytest.raises(Exception, match="votes"), engine.begin() as connection:
        migrate(connection)
    with engine.begin() as connection:
        assert set(inspect(connection).get_table_names()) == {VERSIONS.name, "votes"}
    engine.dispose()


_KILLED = """
import os, signal, sys
from sqlalchemy import event, make_url
from sqlalchemy.engine import Engine
from bot.records.store import Store

for number in range(1, 200):
    left = number

    def count(*_):
        global left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if not child:
        event.listen(Engine, sys.argv[2], count)
        Store(make_url(sys.argv[1])).open()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) == 0:
        print(number - 1)
        break
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL
"""


@pytest.mark.slow
@pytest.mark.parametrize(("at", "least"), [("before_cursor_execute", 15), ("commit", 1)])
async def test_a_migration_that_is_killed_at_any_statement_is_begun_anew(url: URL, at: str, least: int) -> None:
    """Each start is killed one statement later than the one before, until one comes through."""
    if url.get_backend_name() == "sqlite":
        SqliteFile(Path(str(url.database))).prepare()
    address = url.render_as_string(hide_password=False)
    command = leashed("-c", _KILLED, address, at)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: ASYNC221, S603
    assert int(done.stdout) >= least
    with connected_without_opening(url) as connection:
        assert stored_version(connection) == VERSION
        assert set(inspect(connection).get_table_names()) == {VERSIONS.name, *METADATA.tables}
    async with kept(url) as records:
        records.write(counted("asked"))
        assert await records.ask_within(PATIENCE, sums) == {"asked": 1}
        assert records.state.renewed_at is None


async def test_a_store_of_a_newer_version_is_left_alone_until_it_is_of_this_one(
    url: URL, caplog: pytest.LogCaptureFixture
) -> None:
    with connected(url) as connection:
        set_version(connection, "9999")
        connection.execute(text("ALTER TABLE figures ADD COLUMN colour TEXT"))
    with connected_without_opening(url) as connection, pytest.raises(StoreError, match="newer version"):
        migrate(connection)
    async with kept(url) as records:
        records.write(counted("asked"))
        assert not await records.flush(10)
        assert records.state.error == "newer"
        assert "newer version" in caplog.text
        with connected_without_opening(url) as connection:
            assert connection.execute(text("SELECT count(*) FROM figures")).scalar() == 0
            connection.execute(text("ALTER TABLE figures DROP COLUMN colour"))
            set_version(connection, VERSION)
        assert await records.flush(PATIENCE)
        assert await records.ask_within(PATIENCE, sums) == {"asked": 1}
        assert records.state.error is None


async def test_missing_tables_are_said_and_nothing_is_lost(url: URL) -> None:
    with connected(url) as connection:
        connection.execute(text("ALTER TABLE arrivals RENAME TO elsewhere"))
    with connected_without_opening(url) as connection, pytest.raises(StoreError, match="tables are missing: arrivals"):
        migrate(connection)
    async with kept(url) as records:
        records.write(counted("asked"))
        assert not await records.flush(10)
        assert (records.state.error, records.state.dropped) == ("unusable", 0)
        with connected_without_opening(url) as connection:
            connection.execute(text("ALTER TABLE elsewhere RENAME TO arrivals"))
        assert await records.flush(PATIENCE)
        assert await records.ask_within(PATIENCE, sums) == {"asked": 1}


@pytest.mark.slow
def test_a_start_with_sqlite_imports_no_driver_of_a_server(sqlite_url: URL) -> None:
    Store(sqlite_url).open()
    code = f"""
import sys
from sqlalchemy import make_url
from bot.records.store import Store
Store(make_url({str(sqlite_url)!r})).open()
print([name for name in ("psycopg", "sqlalchemy.dialects.postgresql") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "[]\n"


def make_first_version(connection: Connection) -> None:
    """Bring the tables to what version 0001 had, with a refusal in them."""
    connection.execute(text("DROP TABLE quotes"))
    connection.execute(text("DROP INDEX ix_refusals_reopened_at"))
    for column in ("ended_at", "shown_passages", "reopened_at"):
        connection.execute(text(f"ALTER TABLE refusals DROP COLUMN {column}"))
    values = {"asked_at": 1, "channel_id": 2, "message_id": 3, "member_id": 0, "scope": "", "missing": "[]"}
    names = ", ".join((*values, "question", "reason"))
    row = ", ".join((*map(repr, values.values()), "'متى؟'", "'off_topic'"))
    connection.execute(text(f"INSERT INTO refusals ({names}) VALUES ({row})"))  # noqa: S608
    set_version(connection, "0001")


def test_tables_of_the_first_version_get_what_they_lack_and_keep_their_rows(url: URL) -> None:
    with connected(url) as connection:
        make_first_version(connection)
    with connected(url) as connection:
        assert stored_version(connection) == VERSION
        assert {one["name"] for one in inspect(connection).get_columns("refusals")} == set(REFUSALS.c.keys())
        assert "ix_refusals_reopened_at" in {one["name"] for one in inspect(connection).get_indexes("refusals")}
        assert [one.question for one in open_refusals(connection, 9)] == ["متى؟"]
        replace_quotes(connection, 3, [CardQuote(3, "a", 2, "b", 1, 1)])


def test_records_of_the_first_version_are_copied_and_stay_as_they_are(url: URL, tmp_path: Path) -> None:
    source = tmp_path / "older.sqlite"
    with connected(URL.create("sqlite", database=str(source))) as connection:
        make_first_version(connection)
    [result] = copy_records(str(source), url)
    assert (result.is_problem, result.values["count"]) == (False, 1)
    with connected_without_opening(URL.create("sqlite", database=str(source))) as connection:
        assert stored_version(connection) == "0001"
        assert not inspect(connection).has_table("quotes")
