"""Makes the tables where there are none, one process at a time, and refuses those of a newer bot.

There is one version of the tables so far; the row with its number is the one that Alembic wrote.
"""

from sqlalchemy import Column, Connection, MetaData, String, Table, insert, inspect, select, text

from bot.records.faults import Fault, NewerStoreError, StoreError
from bot.records.tables import METADATA

VERSION = "0001"
"""The version of the tables in `bot.records.tables`."""
# Another program in the same database may keep a version of its own under Alembic's usual name.
VERSIONS = Table("isnad_version", MetaData(), Column("version_num", String(32), primary_key=True))
# Any number that is not another program's: the letters of "isnad".
_LOCK = int.from_bytes(b"isnad", "big")
_LONGEST = "120s"


def stored_version(connection: Connection) -> str | None:
    """Return the version of the tables, None where there are none; raise NewerStoreError where it is unknown."""
    if not inspect(connection).has_table(VERSIONS.name):
        return None
    version: str | None = connection.execute(select(VERSIONS.c.version_num)).scalar()
    if version not in {None, VERSION}:
        raise NewerStoreError
    return version


def migrate(connection: Connection) -> None:
    """Make the tables, if they are not there yet; raise StoreError where some are missing."""
    if stored_version(connection) is None:
        # Of SQLite every transaction locks all.
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            connection.execute(text(f"SET LOCAL statement_timeout = '{_LONGEST}'"))
        # Another process may have made them meanwhile, of a newer bot even.
        if stored_version(connection) is None:
            VERSIONS.create(connection, checkfirst=True)
            METADATA.create_all(connection, checkfirst=False)
            connection.execute(insert(VERSIONS).values(version_num=VERSION))
    if missing := METADATA.tables.keys() - inspect(connection).get_table_names():
        raise StoreError(Fault.UNUSABLE, f"tables are missing: {', '.join(sorted(missing))}")
