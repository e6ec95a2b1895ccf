"""Why the store is away, by what the driver says, and what moderators and members read of it.

A change that is at fault itself is no reason: the store is there.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from json import JSONDecodeError
from sqlite3 import OperationalError as SqliteError

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.errors import TextError

_LONGEST_CAUSE = 300


class Fault(StrEnum):
    """Why the store is away; the value is the key of a text."""

    STARTING = "starting"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    BUSY = "busy"
    DISK = "disk"
    READ_ONLY = "read_only"
    NEWER = "newer"
    DAMAGED = "damaged"
    UNUSABLE = "unusable"


class StoreError(Exception):
    """The store is away for a reason that is known."""

    def __init__(self, fault: Fault, words: str) -> None:
        super().__init__(words)
        self.fault = fault


# The primary result codes of SQLite; all others are those of a statement.
_SQLITE = {
    3: Fault.READ_ONLY,  # PERM
    5: Fault.BUSY,
    6: Fault.BUSY,  # LOCKED
    7: Fault.UNUSABLE,  # NOMEM
    8: Fault.READ_ONLY,
    9: Fault.BUSY,  # INTERRUPT
    10: Fault.DISK,  # IOERR
    11: Fault.DAMAGED,  # CORRUPT
    13: Fault.DISK,  # FULL
    14: Fault.READ_ONLY,  # CANTOPEN
    15: Fault.BUSY,  # PROTOCOL
    26: Fault.DAMAGED,  # NOTADB
}
# The classes of SQLSTATE, or whole states of classes that mean different things.
_POSTGRES = {
    "08": Fault.UNREACHABLE,
    "25006": Fault.READ_ONLY,
    "28": Fault.REFUSED,
    "3D": Fault.REFUSED,
    "40": Fault.BUSY,  # a deadlock, or transactions that cannot be put in an order
    "42501": Fault.REFUSED,  # no right to a table
    "53": Fault.DISK,
    "53200": Fault.UNUSABLE,  # out of memory
    "53300": Fault.BUSY,  # too many connections
    "55": Fault.BUSY,
    "57": Fault.UNREACHABLE,
    "57014": Fault.BUSY,  # the statement took too long
    "58": Fault.DISK,
    "XX001": Fault.UNUSABLE,  # a damaged table
    "XX002": Fault.UNUSABLE,  # a damaged index
}
_TOO_LONG = "57014"


def fault_of(error: Exception) -> Fault | None:
    """Return why the store is away; None where it is there, so that the statement is at fault."""
    if isinstance(error, StoreError):
        return error.fault
    cause = _cause(error)
    if _is_undecodable(cause):
        return Fault.DAMAGED
    if (code := getattr(cause, "sqlite_errorcode", None)) is not None:
        return _SQLITE.get(code & 0xFF)
    if state := getattr(cause, "sqlstate", None):
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            return Fault.UNREACHABLE
        return _POSTGRES.get(state) or _POSTGRES.get(state[:2])
    return Fault.UNREACHABLE if isinstance(error, OperationalError | InterfaceError | PoolTimeoutError) else None


def is_too_slow(error: Exception) -> bool:
    """Whether the server gave a statement up since it took too long."""
    return getattr(_cause(error), "sqlstate", None) == _TOO_LONG


def words_of(error: Exception, password: str | None) -> str:
    """Return the driver's words on why the store is away, in one line and without its password."""
    cause = _cause(error)
    if _is_undecodable(cause):
        # The driver repeats the text, which may be the words of a member.
        return "a text in it cannot be read"
    lines = str(cause).strip().splitlines()
    words = lines[0][:_LONGEST_CAUSE] if lines else type(cause).__name__
    return words.replace(password, "[password]") if password else words


def kind_of(error: Exception) -> str:
    """Name the kind of an error without its words, which may repeat what was to be written."""
    cause = _cause(error)
    return " ".join(filter(None, [type(cause).__name__, getattr(cause, "sqlstate", None)]))


def _is_undecodable(cause: BaseException) -> bool:
    """Whether a text of the file is none, as where a byte of it has changed; SQLite itself does not look."""
    is_of_sqlite = isinstance(cause, SqliteError) and not hasattr(cause, "sqlite_errorcode")
    return isinstance(cause, UnicodeDecodeError | JSONDecodeError) or (is_of_sqlite and "decode" in str(cause))


def _cause(error: Exception) -> BaseException:
    return (error.orig if isinstance(error, DBAPIError) else None) or error


class RecordsAwayError(TextError):
    """The store cannot be asked now."""

    def __init__(self) -> None:
        super().__init__("records.away")


@dataclass(frozen=True, slots=True)
class RecordsState:
    """The kind of database, why it is away (None where it is not), and how many changes wait for it or were dropped.

    `renewed_at` says when a damaged file was put aside and a new one begun, in this run.
    """

    kind: str
    error: Fault | None
    waiting: int
    dropped: int
    renewed_at: datetime | None = None
