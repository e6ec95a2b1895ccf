"""Connections to the database of the records, and the bounds within which it must reply."""

from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event

from bot.records.database_url import SQLITE

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
_PSYCOPG: dict[str, Any] = {
    "application_name": "isnad",
    "connect_timeout": _CONNECT,
    "keepalives_idle": _KEEP_ALIVE,
    "tcp_user_timeout": _UNANSWERED * 1000,
    # A pooler may hand the next transaction to a session that has not prepared it.
    "prepare_threshold": None,
}
_SQLITE = (
    # Readers and the writer do not wait for each other, and a killed process leaves nothing half written.
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    # What a member has deleted is gone from the file too.
    "PRAGMA secure_delete=ON",
)


def open_engine(url: URL) -> Engine:
    """Make an engine, which connects with the first use; one connection is enough for one thread.

    Errors name no values: these may be somebody's words.
    """
    if url.get_backend_name() == SQLITE:
        options = {"timeout": _BUSY, "check_same_thread": False}
        one: dict[str, Any] = {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0} if url.database else {}
        engine = create_engine(url, connect_args=options, hide_parameters=True, **one)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _lock_sqlite)
        return engine
    is_psycopg = url.get_driver_name() == "psycopg"
    options = {name: value for name, value in _PSYCOPG.items() if name not in url.query} if is_psycopg else {}
    engine = create_engine(
        url, connect_args=options, hide_parameters=True, pool_pre_ping=True, pool_size=1, max_overflow=0
    )
    if is_psycopg:
        event.listen(engine, "begin", _bound_postgres)
    return engine


def _set_up_sqlite(connection: Any, _: object) -> None:
    # Python's own transactions leave out changes of tables, and begin too late to wait for another process.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _SQLITE:
        cursor.execute(pragma)
    cursor.close()


def _lock_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _bound_postgres(connection: Connection) -> None:
    connection.exec_driver_sql(_BOUNDS)
