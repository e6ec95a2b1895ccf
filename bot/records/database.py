"""The database of the records: its address, as platforms hand it out, the bounds of its replies, and SQLite's file.

An address that is refused is refused with a sentence that repeats no password.
"""

import errno
import logging
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import Mistake, SettingsError
from bot.records.faults import Fault, StoreError

logger = logging.getLogger(__name__)

SQLITE = "sqlite"
# Platforms hand out the short names; SQLAlchemy wants that of the driver as well.
_DRIVERS = {
    **dict.fromkeys(("postgres", "postgresql", "postgresql+psycopg"), "postgresql+psycopg"),
    **dict.fromkeys((SQLITE, "sqlite+pysqlite"), SQLITE),
}
_VARIABLE = "DATABASE_URL"
_HIGHEST_PORT = 65535
_KINDS = {SQLITE: "SQLite", "postgresql": "PostgreSQL"}


def read_database_url(text: str) -> URL:
    """Read the address of a database; raise SettingsError where it is none, or its driver is not installed."""
    try:
        url = make_url(text.strip())
    except (ArgumentError, ValueError):
        raise _mistake("settings.database") from None
    if url.drivername not in _DRIVERS:
        raise _mistake("records.url.kind", url.drivername)
    url = url.set(drivername=_DRIVERS[url.drivername])
    # As where an @ of the password is not written %40: an error about that host would repeat a part of it.
    if "@" in (url.host or ""):
        raise _mistake("settings.database")
    if url.port is not None and not 0 < url.port <= _HIGHEST_PORT:
        raise _mistake("records.url.port")
    if url.get_backend_name() != SQLITE and not (url.host or url.query.get("host")):
        raise _mistake("records.url.host")
    _check_driver(url)
    return url


def kind_of_database(url: URL) -> str:
    return _KINDS[url.get_backend_name()]


def _check_driver(url: URL) -> None:
    """Raise SettingsError where the driver of an address is missing, or refuses options."""
    dialect = url.get_dialect()
    try:
        driver = dialect.import_dbapi()
    except ImportError:
        raise _mistake("records.url.driver", url.get_driver_name()) from None
    if url.get_backend_name() != SQLITE:
        _, options = dialect().create_connect_args(url)
        try:
            driver.conninfo.make_conninfo(**options)
        except driver.Error:
            raise _mistake("records.url.options") from None


def _mistake(key: str, words: str = "not the address of a database") -> SettingsError:
    return SettingsError([Mistake(_VARIABLE, key, words)])


# Seconds; a member waits for what the store is asked, and Discord three seconds for a sign of life.
_BUSY = 3  # that another process may hold SQLite's lock
_CONNECT = 5
# Chosen: the longest change, a day's deletions, takes a second or so on a small server.
_STATEMENT = 10
_LOCK = 5
_IDLE_IN_TRANSACTION = 60
# The server sees no bound of a connection that a network has swallowed; the system's own takes a quarter of an hour.
_UNANSWERED = 10
# Before the five minutes after which networks forget a silent connection.
_KEEP_ALIVE = 60

# A bound of each transaction, not of the session: poolers in between hand sessions around, and refuse such options.
_BOUNDS = (
    f"SET LOCAL statement_timeout = '{_STATEMENT}s'; SET LOCAL lock_timeout = '{_LOCK}s'; "
    f"SET LOCAL idle_in_transaction_session_timeout = '{_IDLE_IN_TRANSACTION}s'"
)
_PSYCOPG_OPTIONS: dict[str, Any] = {
    "application_name": "isnad",
    "connect_timeout": _CONNECT,
    "keepalives_idle": _KEEP_ALIVE,
    "tcp_user_timeout": _UNANSWERED * 1000,
    # A pooler may hand the next transaction to a session that has not prepared it.
    "prepare_threshold": None,
}
MOST_LOG_BYTES = 4 << 20
"""Of SQLite's log beside its file, once a larger change is in the file; it is as long between two checkpoints."""
_PRAGMAS = (
    # Readers and the writer do not wait for each other, and a killed process leaves nothing half written.
    "PRAGMA journal_mode=WAL",
    f"PRAGMA journal_size_limit={MOST_LOG_BYTES}",
    "PRAGMA synchronous=NORMAL",
    # What a member has deleted is gone from the file too.
    "PRAGMA secure_delete=ON",
)


def open_engine(url: URL) -> Engine:
    """Make an engine, which connects with the first use; one connection is enough for one thread.

    Errors name no values, which may be the words of members.
    """
    if url.get_backend_name() == SQLITE:
        options = {"timeout": _BUSY, "check_same_thread": False}
        one: dict[str, Any] = {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0} if url.database else {}
        engine = create_engine(url, connect_args=options, hide_parameters=True, **one)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
        return engine
    options = {name: value for name, value in _PSYCOPG_OPTIONS.items() if name not in url.query}
    engine = create_engine(
        url, connect_args=options, hide_parameters=True, pool_pre_ping=True, pool_size=1, max_overflow=0
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(_BOUNDS))
    return engine


def _set_up_sqlite(connection: Any, _: object) -> None:
    # Python's own transactions leave out changes of tables, and begin too late to wait for another process.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


_OF_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG})
_MARK = ".damaged-"
# Two may be wanted to save something from; more would only fill the disk.
_MOST_KEPT = 2
_BESIDE = ("", "-wal", "-shm")


class SqliteFile:
    """A file by its name, and which file of that name was opened last."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._opened: tuple[int, int] | None = None

    @property
    def is_replaced(self) -> bool:
        """Whether the file is gone, or another: what is written to the one that is open would be lost."""
        return self._identity() != self._opened

    @property
    def can_begin(self) -> bool:
        there = next(folder for folder in self.path.absolute().parents if folder.exists())
        return there.is_dir() and os.access(there, os.W_OK)

    def prepare(self) -> None:
        """Make the file for its owner alone, since questions go into it; raise StoreError."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            fault = Fault.DISK if error.errno in _OF_DISK else Fault.READ_ONLY
            raise StoreError(fault, error.strerror or type(error).__name__) from error
        self._opened = self._identity()

    def put_aside(self) -> bool:
        """Rename the damaged file; return whether that was done, as it is not where another process has done so."""
        if self.is_replaced:
            return False
        aside = self.path.with_name(f"{self.path.name}{_MARK}{datetime.now(UTC):%Y%m%d%H%M%S}")
        try:
            for suffix in _BESIDE:
                with suppress(FileNotFoundError):
                    Path(f"{self.path}{suffix}").rename(f"{aside}{suffix}")
            self._forget_older()
        except OSError:
            return False
        logger.error("The records are damaged and begin anew; what was there is kept as %s", aside.name)
        return True

    def _forget_older(self) -> None:
        """Remove what was put aside before the newest ones."""
        kept = self.path.parent.glob(f"{self.path.name}{_MARK}*")
        names = sorted(path for path in kept if not path.name.endswith(_BESIDE[1:]))
        for old in names[:-_MOST_KEPT]:
            for suffix in _BESIDE:
                Path(f"{old}{suffix}").unlink(missing_ok=True)

    def _identity(self) -> tuple[int, int] | None:
        try:
            state = self.path.stat()
        except OSError:
            return None
        return state.st_dev, state.st_ino


def sqlite_file(url: URL) -> SqliteFile | None:
    """Return the file of an address, None where it is of a server or of memory."""
    return SqliteFile(Path(url.database)) if url.get_backend_name() == SQLITE and url.database else None


def check_file(connection: Connection) -> None:
    """Read the file through; raise StoreError where it is damaged. 20 MB take a tenth of a second."""
    if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
        raise StoreError(Fault.DAMAGED, "the file is damaged")
