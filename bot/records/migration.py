"""Brings the tables to the version of this bot, or back to an earlier one, one process at a time."""

from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, column, inspect, select, table, text

from bot.records.faults import Fault, NewerStoreError, StoreError
from bot.records.tables import METADATA

VERSION_TABLE = "isnad_version"
"""Another program in the same database may keep a version of its own under Alembic's usual name."""

_MIGRATIONS = Path(__file__).parent / "migrations"
# Any number that is not another program's: the letters of "isnad".
_LOCK = int.from_bytes(b"isnad", "big")
_LONGEST = "120s"


def known_versions() -> list[str]:
    """List the versions of the tables that this bot knows, the oldest first."""
    return sorted(file.name.partition("_")[0] for file in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


def stored_version(connection: Connection) -> str | None:
    """Return the version of the tables, None where there are none; raise NewerStoreError where it is unknown."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    version: str | None = connection.execute(select(column("version_num")).select_from(table(VERSION_TABLE))).scalar()
    if version is not None and version not in known_versions():
        raise NewerStoreError
    return version


def migrate(connection: Connection) -> None:
    """Bring the tables to this version, if they are of an older one; raise StoreError where that cannot be."""
    if stored_version(connection) != known_versions()[-1]:
        _wait_for_others(connection)
        # Another process may have done it meanwhile, of a newer bot even.
        if stored_version(connection) != known_versions()[-1]:
            _run("upgrade", connection, "head")
    if missing := METADATA.tables.keys() - inspect(connection).get_table_names():
        raise StoreError(Fault.UNUSABLE, f"tables are missing: {', '.join(sorted(missing))}")


def downgrade(connection: Connection, version: str) -> None:
    """Take the tables back to an older version, `base` to none."""
    _wait_for_others(connection)
    _run("downgrade", connection, version)


def _wait_for_others(connection: Connection) -> None:
    """Lock the tables' version until the end of the transaction; of SQLite every transaction locks all."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        connection.execute(text(f"SET LOCAL statement_timeout = '{_LONGEST}'"))


def _run(direction: Literal["upgrade", "downgrade"], connection: Connection, version: str) -> None:
    # Alembic takes 8 MB of memory, and a start after the first needs none of it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes |= {"connection": connection, "version_table": VERSION_TABLE}
    (command.upgrade if direction == "upgrade" else command.downgrade)(config, version)
