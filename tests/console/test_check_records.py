"""What `check` says of the database of the records."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import URL

from bot.records.store import Store
from tests.console.command_line import ANSWERED, ARABIC, ROOT, CommandLine
from tests.postgres import PASSWORD
from tests.records.conftest import postgres, postgres_url, sqlite_url, started_server, url

__all__ = ["postgres", "postgres_url", "sqlite_url", "started_server", "url"]


@pytest.fixture
def named(url: URL, monkeypatch: pytest.MonkeyPatch) -> URL:
    monkeypatch.setenv("DATABASE_URL", url.render_as_string(hide_password=False))
    return url


def kind(url: URL) -> str:
    return "SQLite" if url.get_backend_name() == "sqlite" else "PostgreSQL"


def test_a_database_that_is_empty_is_fine_and_stays_empty(isnad: CommandLine, named: URL) -> None:
    for _ in range(2):
        done = isnad("check")
        assert done.code == 0
        assert ARABIC("records.check_new", kind=kind(named)) in done.out


def test_a_database_with_this_version_s_tables_is_fine(isnad: CommandLine, named: URL) -> None:
    store = Store(named)
    store.open()
    store.close()
    done = isnad("check")
    assert done.code == 0
    assert ARABIC("records.check_fine", kind=kind(named)) in done.out


def test_a_newer_store_is_a_problem(isnad: CommandLine, named: URL) -> None:
    store = Store(named)
    store.ask(lambda connection: connection.exec_driver_sql("UPDATE isnad_version SET version_num = '9999'"))
    store.close()
    done = isnad("check")
    assert done.code == 2
    assert ARABIC("records.fault.newer") in done.err


def test_a_server_that_refuses_is_a_problem_with_its_own_words(
    isnad: CommandLine, postgres_url: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = postgres_url.set(password="not that secret").render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", wrong)
    done = isnad("check", "--json")
    gathered = json.loads(done.out)
    problems = {finding["key"]: finding["text"] for finding in gathered["findings"] if finding["level"] == "warning"}
    assert done.code == 2
    assert problems["records.fault.unreachable"] == ARABIC("records.fault.unreachable")
    assert "password authentication failed" in problems["records.said"]
    assert "not that secret" not in done.out
    assert PASSWORD not in done.out


def test_an_address_that_is_none_ends_a_check_with_its_sentence(
    isnad: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "oracles://u:hunter2@host/name")
    done = isnad("check")
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[-1] == ARABIC("records.url.kind", variable="DATABASE_URL", words="oracles")


def test_a_check_makes_no_file(isnad: CommandLine, sqlite_url: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", str(sqlite_url))
    assert isnad("check").code == 0
    assert not Path(str(sqlite_url.database)).parent.exists()


def test_who_asks_needs_no_database_and_loads_none_of_its_libraries(coverage: Path) -> None:
    code = f"""
import sys
from bot.__main__ import main
main(["ask", {ANSWERED!r}, "--corpus", {str(coverage)!r}])
print([name for name in ("sqlalchemy", "psycopg", "discord") if name in sys.modules])
"""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.splitlines()[-1] == "[]"
