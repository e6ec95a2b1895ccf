"""The commands `records`, which copies all rows of one database into another, and `export`, which reads some."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Table, func, insert, select, text

from bot.errors import SettingsError, TextError
from bot.records.database import SQLITE, kind_of_database, open_engine, read_database_url, sqlite_file
from bot.records.migration import migrate, rolled_back, stored_version, why_away
from bot.records.store import Query
from bot.records.tables import METADATA
from bot.texts import CheckResult
from bot.texts.csv_table import CsvTable

T = TypeVar("T")

_FROM = "FROM"

_Rows = Mapping[Table, Sequence[dict[str, Any]]]


class TransferError(TextError):
    """Records cannot be copied: there are none, or there are some already where they are to go."""


def copy_records(given: str, target: URL) -> Sequence[CheckResult]:
    """Copy the records of a database, named by its address or its SQLite file, into an empty one; say what came of it.

    All rows are copied or none, and those of the other database stay. Raise SettingsError where an address is none.
    """
    source = _source(given)
    reached = source
    try:
        rows = _read(source, _all_rows)
        reached = target
        _write(rows, target)
    except TransferError as error:
        return [CheckResult(error.key, is_problem=True)]
    except Exception as error:  # noqa: BLE001 (whatever it is, the command reports it)
        return why_away(error, reached)
    kinds = {"source": kind_of_database(source), "target": kind_of_database(target)}
    return [CheckResult("records.copy.done", values={**kinds, "count": sum(map(len, rows.values()))})]


def read_table(url: URL, query: Query[CsvTable]) -> CsvTable | Sequence[CheckResult]:
    """Return a table of the records of a database, which stay as they are; or say why there is none."""
    try:
        return _read(url, query)
    except TransferError:
        return [CheckResult("records.export.none", is_problem=True)]
    except Exception as error:  # noqa: BLE001 (whatever it is, the command reports it)
        return why_away(error, url)


def _source(given: str) -> URL:
    if "://" not in given:
        return URL.create(SQLITE, database=given)
    try:
        return read_database_url(given)
    except SettingsError as error:
        raise SettingsError([replace(mistake, variable=_FROM) for mistake in error.mistakes]) from None


def _all_rows(connection: Connection) -> _Rows:
    """Read all rows, some megabytes."""
    return {
        table: [dict(row) for row in connection.execute(select(table)).mappings()] for table in METADATA.sorted_tables
    }


def _read(source: URL, query: Query[T]) -> T:
    """Ask a database; raise TransferError where it has no tables."""
    file = sqlite_file(source)
    if file is not None and not file.path.exists():
        raise TransferError("records.copy.none")
    with rolled_back(source) as connection:
        if stored_version(connection) is None:
            raise TransferError("records.copy.none")
        # Of an earlier bot they stay as they are.
        migrate(connection)
        return query(connection)


def _write(rows: _Rows, target: URL) -> None:
    """Insert rows with their numbers into empty tables; raise TransferError where there are others."""
    if (file := sqlite_file(target)) is not None:
        file.prepare()
    engine = open_engine(target)
    try:
        with engine.begin() as connection:
            migrate(connection)
            if any(connection.execute(select(table).limit(1)).first() for table in rows):
                raise TransferError("records.copy.not_empty")
            for table, found in rows.items():
                if found:
                    connection.execute(insert(table), list(found))
                if found and connection.dialect.name == "postgresql" and "id" in table.c:
                    # Its counter goes on behind the last row; SQLite looks at the rows.
                    last = connection.execute(select(func.max(table.c.id))).scalar()
                    number = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)")
                    connection.execute(number, {"name": table.name, "last": last})
    finally:
        engine.dispose()
