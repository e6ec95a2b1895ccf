"""The database of the records: its address, connections and migrations."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

_MIGRATIONS = Path(__file__).parent / "migrations"
# Platforms hand out the short names; SQLAlchemy wants that of the driver as well.
_POSTGRES = frozenset({"postgres", "postgresql"})
_BUSY = 5.0  # seconds that another process may hold SQLite's lock


def read_database_url(text: str) -> URL:
    """Read the address of a database as platforms give it; raise ValueError where it is none."""
    url = make_url(text)
    return url.set(drivername="postgresql+psycopg") if url.drivername in _POSTGRES else url


def open_engine(url: URL) -> Engine:
    """Make an engine, which connects with the first use; one connection is enough for one thread."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": _BUSY, "check_same_thread": False})
        event.listen(engine, "connect", _set_up_sqlite)
        return engine
    return create_engine(url, pool_size=1, max_overflow=0, pool_pre_ping=True)


def migrate(connection: Connection) -> None:
    """Bring the tables to this version; raise where they are of a newer one."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _set_up_sqlite(connection: object, _: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]  # sqlite3's own connection
    # Readers and the writer do not wait for each other, and a killed process leaves nothing half written.
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()
