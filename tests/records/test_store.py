"""Each change is written once, wherever its transaction breaks off and whatever is tried again."""

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
from bot.records.store import NumberedChange, Store
from tests.records.driving import counted, rows, sums

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
def test_each_change_is_written_once_and_each_at_fault_lost_once(batches: list[list[bool]], plan: list[str]) -> None:
    fine = sum(sum(batch) for batch in batches)
    all_changes = sum(map(len, batches))
    with tempfile.TemporaryDirectory() as folder:
        url = URL.create("sqlite", database=str(Path(folder) / "isnad.sqlite"))
        store, number = Store(url), 0
        with closing(store), commits_that_break(plan):
            for batch in batches:
                changes = []
                for is_fine in batch:
                    number += 1
                    changes.append(NumberedChange(number, counted("asked") if is_fine else wrong))
                write_until_done(store, changes)
            plan.clear()
            assert store.ask(sums) == ({"asked": fine} if fine else {})
            assert store.lost == all_changes - fine
            store.sign_off()
            assert [name for name, *_ in store.ask(rows) if name != "asked"] == [store.writer]


def write_until_done(store: Store, changes: list[NumberedChange]) -> None:
    while True:
        try:
            store.write(changes)
        except Exception as error:
            if fault_of(error) is None:
                raise
        else:
            return
