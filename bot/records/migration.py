"""Makes the tables, or what older ones lack, one process at a time; refuses those of a newer bot; looks for `check`.

A step from one version to the next adds tables and columns that may be empty, so that it is the same for all.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import URL, Column, Connection, MetaData, String, Table, insert, inspect, select, text, update
from sqlalchemy.schema import CreateColumn

from bot.records.database import check_file, kind_of_database, open_engine, sqlite_file
from bot.records.faults import Fault, StoreError, fault_of, words_of
from bot.records.tables import METADATA
from bot.texts import CheckResult

VERSION = "0002"
"""The version of the tables in `bot.records.tables`."""
_EARLIER = frozenset({"0001"})
# Another program in the same database may keep a version of its own under Alembic's usual name.
VERSIONS = Table("isnad_version", MetaData(), Column("version_num", String(32), primary_key=True))
# Any number that is not another program's: the letters of "isnad".
_LOCK = int.from_bytes(b"isnad", "big")
_LONGEST = "120s"


def stored_version(connection: Connection) -> str | None:
    """Return the version of the tables, None where there are none; raise StoreError where it is unknown."""
    if not inspect(connection).has_table(VERSIONS.name):
        return None
    version: str | None = connection.execute(select(VERSIONS.c.version_num)).scalar()
    if version not in {None, VERSION, *_EARLIER}:
        raise StoreError(Fault.NEWER, "its tables are of a newer version")
    return version


def migrate(connection: Connection) -> None:
    """Make the tables, or bring them to this version; raise StoreError where some are missing."""
    if stored_version(connection) != VERSION:
        # Of SQLite every transaction locks all.
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            connection.execute(text(f"SET LOCAL statement_timeout = '{_LONGEST}'"))
        # Another process may have made them meanwhile, of a newer bot even.
        version = stored_version(connection)
        if version is None:
            VERSIONS.create(connection, checkfirst=True)
            METADATA.create_all(connection, checkfirst=False)
            connection.execute(insert(VERSIONS).values(version_num=VERSION))
        elif version != VERSION:
            _add_missing(connection)
            connection.execute(update(VERSIONS).values(version_num=VERSION))
    if missing := METADATA.tables.keys() - inspect(connection).get_table_names():
        raise StoreError(Fault.UNUSABLE, f"tables are missing: {', '.join(sorted(missing))}")


def _add_missing(connection: Connection) -> None:
    """Add the tables, columns and indexes that an earlier version has not."""
    there = inspect(connection)
    tables = set(there.get_table_names())
    for table in METADATA.sorted_tables:
        if table.name in tables:
            columns = {column["name"] for column in there.get_columns(table.name)}
            for column in table.columns:
                if column.name not in columns:
                    added = CreateColumn(column).compile(dialect=connection.dialect)
                    connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {added}"))
            for index in table.indexes:
                index.create(connection, checkfirst=True)
        else:
            table.create(connection)


@contextmanager
def rolled_back(url: URL) -> Iterator[Connection]:
    """Connect to a database, and take back what the body changes there."""
    engine = open_engine(url)
    try:
        with engine.connect() as connection, connection.begin() as transaction:
            yield connection
            transaction.rollback()
    finally:
        engine.dispose()


def inspect_records(url: URL) -> Sequence[CheckResult]:
    """Look into the database as a start would, and leave it as it is."""
    kind = kind_of_database(url)
    file = sqlite_file(url)
    if file is not None and not file.path.exists():
        fine = CheckResult("records.check_new", values={"kind": kind})
        return [fine if file.can_begin else CheckResult(f"records.fault.{Fault.READ_ONLY}", is_problem=True)]
    try:
        with rolled_back(url) as connection:
            if file is not None:
                check_file(connection)
            is_known = stored_version(connection) is not None
            # Whether the tables can be made shows in a transaction that is taken back.
            if not is_known:
                migrate(connection)
    except Exception as error:  # noqa: BLE001 (whatever it is, `check` reports it)
        return why_away(error, url)
    return [CheckResult("records.check_fine" if is_known else "records.check_new", values={"kind": kind})]


def why_away(error: Exception, url: URL) -> Sequence[CheckResult]:
    """Say why the database at an address cannot be used, and what its driver said."""
    said = CheckResult("records.said", is_problem=True, values={"words": words_of(error, url.password)})
    return [CheckResult(f"records.fault.{fault_of(error) or Fault.UNUSABLE}", is_problem=True), said]
