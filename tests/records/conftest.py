"""Each test of the records runs on both databases, on PostgreSQL with the slow tests.

Without a PostgreSQL to start, that half is skipped.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, Connection

from bot.records.database import open_engine
from bot.records.migration import migrate
from tests.postgres import NoPostgresError, PostgresServer, postgres_server


@pytest.fixture(scope="session")
def started_server() -> Iterator[PostgresServer | str]:
    """One server for all tests of this process, or why there is none."""
    try:
        with postgres_server() as server:
            yield server
    except NoPostgresError as error:
        yield str(error)


@pytest.fixture
def postgres(started_server: PostgresServer | str) -> PostgresServer:
    if isinstance(started_server, str):
        pytest.skip(started_server)
    return started_server


@pytest.fixture
def sqlite_url(tmp_path: Path) -> URL:
    return URL.create("sqlite", database=str(tmp_path / "store" / "isnad.sqlite"))


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[URL]:
    with postgres.database() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest, started_server: PostgresServer | str, tmp_path: Path) -> Iterator[URL]:
    """An empty database of either kind."""
    if request.param == "sqlite":
        yield URL.create("sqlite", database=str(tmp_path / "store" / "isnad.sqlite"))
    elif isinstance(started_server, str):
        pytest.skip(started_server)
    else:
        with started_server.database() as url:
            yield url


@pytest.fixture
def connection(url: URL) -> Iterator[Connection]:
    """A connection to empty tables, with one transaction for the test."""
    if url.database and url.get_backend_name() == "sqlite":
        Path(url.database).parent.mkdir()
    engine = open_engine(url)
    with engine.begin() as connection:
        migrate(connection)
        yield connection
    engine.dispose()
