"""The address of the database, as platforms hand it out: read, and refused with a sentence that repeats no password."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from bot.errors import Mistake, SettingsError

SQLITE = "sqlite"
# Platforms hand out the short names; SQLAlchemy wants that of the driver as well.
_POSTGRES = frozenset({"postgres", "postgresql"})
_PSYCOPG = "psycopg"
_VARIABLE = "DATABASE_URL"
_HIGHEST_PORT = 65535
_KINDS = {SQLITE: "SQLite", "postgresql": "PostgreSQL"}


def read_database_url(text: str) -> URL:
    """Read the address of a database; raise SettingsError where it is none, or its driver is not installed."""
    try:
        url = make_url(text.strip())
    except (ArgumentError, ValueError):
        raise _mistake("settings.database") from None
    if url.drivername in _POSTGRES:
        url = url.set(drivername=f"postgresql+{_PSYCOPG}")
    # As where an @ of the password is not written %40: whoever cannot find that host would tell it.
    if "@" in (url.host or ""):
        raise _mistake("settings.database")
    if url.port is not None and not 0 < url.port <= _HIGHEST_PORT:
        raise _mistake("records.url.port")
    if url.get_backend_name() != SQLITE and not (url.host or url.query.get("host")):
        raise _mistake("records.url.host")
    _check_driver(url)
    return url


def kind_of_database(url: URL) -> str:
    """Name the kind of database at an address."""
    name = url.get_backend_name()
    return _KINDS.get(name, name)


def _check_driver(url: URL) -> None:
    """Raise SettingsError where the driver of an address is unknown, missing or of another kind, or refuses options."""
    try:
        dialect = url.get_dialect()
    except NoSuchModuleError:
        raise _mistake("records.url.kind", url.drivername) from None
    try:
        driver = dialect.import_dbapi()
    except ImportError:
        raise _mistake("records.url.driver", url.get_driver_name()) from None
    if dialect.is_async:
        raise _mistake("records.url.driver", url.get_driver_name())
    if url.get_driver_name() == _PSYCOPG:
        _, options = dialect().create_connect_args(url)
        try:
            driver.conninfo.make_conninfo(**options)
        except driver.Error:
            raise _mistake("records.url.options") from None


def _mistake(key: str, words: str = "not the address of a database") -> SettingsError:
    return SettingsError([Mistake(_VARIABLE, key, words)])
