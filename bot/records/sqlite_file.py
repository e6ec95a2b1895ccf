"""The file of an SQLite store: made for its owner alone, noticed when gone, put aside when damaged."""

import logging
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, Connection

from bot.records.database import SQLITE
from bot.records.faults import Fault, StoreError, file_fault

logger = logging.getLogger(__name__)

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
        """Whether the file can be made, and the folders above it."""
        there = next(folder for folder in self.path.absolute().parents if folder.exists())
        return there.is_dir() and os.access(there, os.W_OK)

    def prepare(self) -> None:
        """Make the file for its owner alone, since questions go into it; raise StoreError."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise file_fault(error) from error
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
