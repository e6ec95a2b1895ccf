"""Each change is written, wherever its transaction breaks off and whatever is tried again."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import URL, Connection
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from bot.records.faults import fault_of
from bot.records.store import Change, Store
from tests.records.driving import counted, sums

BREAKS = ["not at all", "before", "after"]


@contextmanager
def commits_that_break(plan: list[str]) -> Iterator[None]:
    """Let each commit break off, before or after it is made, as the plan says; beyond its end none does."""
    commit = SQLiteDialect_pysqlite.do_commit

    def do_commit(self: SQLiteDialect_pysqlite, connection: sqlite3.Connection) -> None:
        step = plan.pop(0) if plan else "not at all"
        if step != "before":
            commit(self, connection)  # type: ignore[no-untyped-call]
        if step != "not at all":
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise error

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(SQLiteDialect_pysqlite, "do_commit", do_commit)
        yield


def wrong(_: Connection) -> None:
    raise KeyError


@given(
    batches=st.lists(st.lists(st.booleans(), min_size=1, max_size=4), min_size=1, max_size=6),
    plan=st.lists(st.sampled_from(BREAKS), max_size=12),
)
def test_each_change_is_written_and_each_at_fault_lost_once(batches: list[list[bool]], plan: list[str]) -> None:
    fine = sum(sum(batch) for batch in batches)
    broken = plan.count("after")
    with tempfile.TemporaryDirectory() as folder:
        store = Store(URL.create("sqlite", database=str(Path(folder) / "isnad.sqlite")))
        with closing(store), commits_that_break(plan):
            for batch in batches:
                write_until_done(store, [counted("asked") if is_fine else wrong for is_fine in batch])
            plan.clear()
            # Nobody knows of a commit that broke off after it was made: what was in it is written again.
            assert fine <= store.ask(sums).get("asked", 0) <= fine + broken * max(map(len, batches))
            assert store.lost == sum(map(len, batches)) - fine


def write_until_done(store: Store, changes: list[Change]) -> None:
    while changes:
        try:
            store.write(changes)
        except Exception as error:
            if fault_of(error) is None:
                raise
