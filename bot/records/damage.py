"""A damaged SQLite file: noticed when it is opened, and kept under another name while a new one begins."""

import logging
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from bot.records.faults import Fault, StoreError

logger = logging.getLogger(__name__)

_MARK = ".damaged-"
# Two may be wanted to save something from; more would only fill the disk.
_MOST_KEPT = 2
_BESIDE = ("", "-wal", "-shm")


def check_file(connection: Connection) -> None:
    """Read the file through; raise where it is damaged. 20 MB take a tenth of a second."""
    if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
        raise StoreError(Fault.DAMAGED, "the file is damaged")


def put_aside(file: Path, inode: tuple[int, int] | None) -> bool:
    """Rename a damaged file; tell whether that was done, as it is not where another process has done so."""
    with suppress(OSError):
        state = file.stat()
        if (state.st_dev, state.st_ino) != inode:
            return False
        aside = file.with_name(f"{file.name}{_MARK}{datetime.now(UTC):%Y%m%d%H%M%S}")
        for suffix in _BESIDE:
            with suppress(FileNotFoundError):
                Path(f"{file}{suffix}").rename(f"{aside}{suffix}")
        logger.error("The records are damaged and begin anew; what was there is kept as %s", aside.name)
        _forget_older(file)
        return True
    return False


def _forget_older(file: Path) -> None:
    """Remove files that were put aside before the newest ones."""
    kept = sorted(path for path in file.parent.glob(f"{file.name}{_MARK}*") if not path.name.endswith(_BESIDE[1:]))
    for old in kept[:-_MOST_KEPT]:
        for suffix in _BESIDE:
            Path(f"{old}{suffix}").unlink(missing_ok=True)
