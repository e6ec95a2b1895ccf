"""Versions of a source that killed the process, remembered over restarts and blocked for a while."""

import json
import logging
import time
import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from bot.articles.sources.source import SourceError, Version
from bot.storage import atomic_write, lock_if_abandoned, open_locked

logger = logging.getLogger(__name__)

_TRYING, _KILLED, _OUTLIVED = "trying.json", "killed.json", "outlived.json"
# A platform that replaces a container may kill it in the middle of anything, once; a version that kills does so each
# time. It is still tried again some day: it may have been the machine that had too little memory.
_FEWEST = 2
_FIRST_WAIT, _LONGEST_WAIT = 3600.0, 24 * 3600.0


@dataclass(frozen=True, slots=True)
class FatalVersion:
    """A version, how many times in a row it ended its process or its fetch, and when that was seen last (Unix time)."""

    version: Version
    count: int
    at: float

    @property
    def until(self) -> float:
        """The Unix time from which on it may be tried again; the wait doubles each time, to a day."""
        doublings = min(self.count, 10) - _FEWEST
        return self.at + (min(_FIRST_WAIT * 2.0**doublings, _LONGEST_WAIT) if doublings >= 0 else 0.0)

    def is_of(self, version: Version) -> bool:
        """Whether this record is of a version."""
        return self.version.digest is not None and self.version.digest == version.digest

    @property
    def until_words(self) -> str:
        """`until` as people read it."""
        return f"{datetime.fromtimestamp(self.until, UTC):%Y-%m-%d %H:%M} UTC"

    def error(self) -> SourceError:
        """Return the error that says that it is not tried."""
        return SourceError("source.deadly", count=self.count, until=self.until_words)


class VersionTrials:
    """A note in a folder for as long as a version is unpacked and read.

    A note that nobody holds is of a process that was killed: one that ends in order, be it for SIGTERM, takes its note
    away. Where nothing can be written, nothing is remembered.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._clock = clock
        self._end: Callable[[], object] | None = None

    def blocked(self) -> FatalVersion | None:
        """Return the version that is blocked now, if any."""
        self._count()
        return self._blocked(_KILLED)

    def waiting(self, limit: Version) -> FatalVersion | None:
        """Return the record of fetches that outlived a limit, None where the next one need not wait."""
        record = self._blocked(_OUTLIVED)
        return record if record is not None and record.is_of(limit) else None

    def note_outlived(self, limit: Version) -> None:
        """Count a fetch that outlived a limit."""
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(_OUTLIVED, limit)

    def note_in_time(self) -> None:
        """Forget the fetches that outlived a limit."""
        with suppress(OSError):
            (self._folder / _OUTLIVED).unlink(missing_ok=True)

    def _blocked(self, name: str) -> FatalVersion | None:
        record = self._record(name)
        if record is None or record.count < _FEWEST:
            return None
        # A clock that was set back bars nothing.
        return record if record.at <= self._clock() < record.until else None

    def _write(self, name: str, version: Version) -> int:
        """Count a version once more; return how many times that is in a row."""
        before = self._record(name)
        count = before.count + 1 if before is not None and before.is_of(version) else 1
        record = {"version": asdict(version), "count": count, "at": self._clock()}
        atomic_write(self._folder / name, json.dumps(record).encode())
        return count

    def begin(self, version: Version) -> None:
        """Note that a version is about to be unpacked, or read for the first time."""
        self._count()
        if self._end is not None or (self._folder / _TRYING).exists():  # another process tries one
            return
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            stream = open_locked(self._folder / _TRYING)
            self._end = weakref.finalize(self, _forget, stream, self._folder / _TRYING)
            stream.write(json.dumps(asdict(version)).encode())
            stream.flush()

    def end(self) -> None:
        """Note that the process survived, whatever came of the version."""
        if self._end is None:
            return
        self._end()
        self._end = None
        with suppress(OSError):
            (self._folder / _KILLED).unlink(missing_ok=True)

    def _count(self) -> None:
        """Count a note that a killed process left."""
        note = self._folder / _TRYING
        if self._end is not None or not note.exists():
            return
        with lock_if_abandoned(note) as is_left:
            if not is_left:
                return
            with suppress(OSError, ValueError, TypeError):
                version = Version(**json.loads(note.read_bytes()))
                count = self._write(_KILLED, version)
                logger.warning("A process was killed while it read version %r: %d in a row", version.label, count)
            with suppress(OSError):
                note.unlink(missing_ok=True)

    def _record(self, name: str) -> FatalVersion | None:
        try:
            record = json.loads((self._folder / name).read_bytes())
            return FatalVersion(Version(**record["version"]), int(record["count"]), float(record["at"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None


def _forget(stream: BinaryIO, note: Path) -> None:
    with stream, suppress(OSError):
        note.unlink(missing_ok=True)
