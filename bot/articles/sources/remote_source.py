"""The base class of sources that keep snapshots of what they fetch, and wait where that takes too long."""

import json
import time
import weakref
from abc import abstractmethod
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from bot.articles.corpus import ProgressCallback, no_progress
from bot.articles.sources.limits import FetchBudget, FetchLimits
from bot.articles.sources.safe_paths import disk_errors_converted
from bot.articles.sources.snapshots import Snapshot, Snapshots
from bot.articles.sources.source import Fetched, Source, SourceError, Version
from bot.storage import atomic_write

_FEWEST = 2  # in a row: any source may be slow once
_FIRST_WAIT, _LONGEST_WAIT = 3600.0, 24 * 3600.0


def doubled_wait(count: int) -> float:
    """Return the seconds to wait after so many failures in a row, from the second on, up to a day."""
    return min(_FIRST_WAIT * 2.0 ** min(count - _FEWEST, 10), _LONGEST_WAIT) if count >= _FEWEST else 0.0


class SlowFetches:
    """A file that counts the fetches in a row that took longer than a limit; where it cannot be written, none are."""

    def __init__(self, file: Path, limit: float, clock: Callable[[], float] = time.time) -> None:
        """Count for a limit in seconds: one that was changed begins anew."""
        self._file = file
        self._limit = limit
        self._clock = clock

    def check(self, name: str) -> None:
        """Raise SourceError where the source of a name is to wait."""
        count, at = self._read()
        until = at + doubled_wait(count)
        # A clock that was set back bars nothing.
        if at <= self._clock() < until:
            words = f"{datetime.fromtimestamp(until, UTC):%Y-%m-%d %H:%M} UTC"
            raise SourceError("source.waits", url=name, count=count, until=words)

    def note(self) -> None:
        record = {"limit": self._limit, "count": self._read()[0] + 1, "at": self._clock()}
        with suppress(OSError):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            atomic_write(self._file, json.dumps(record).encode())

    def forget(self) -> None:
        """Begin anew, after a fetch that ended in time."""
        with suppress(OSError):
            self._file.unlink(missing_ok=True)

    def _read(self) -> tuple[int, float]:
        with suppress(OSError, ValueError, KeyError, TypeError):
            record = json.loads(self._file.read_bytes())
            if record["limit"] == self._limit:
                return int(record["count"]), float(record["at"])
        return 0, 0.0


class RemoteSource(Source):
    """A source that keeps snapshots of what it fetches, and gives the last that served while it is away.

    The snapshot that it gave last stays, whatever other processes fetch into the same folder.
    """

    _may_wait = True

    def __init__(self, snapshots: Snapshots, limits: FetchLimits) -> None:
        self._snapshots = snapshots
        self._limits = limits
        self._slow = SlowFetches(snapshots.folder / "outlived.json", limits.seconds)
        self._release_hold: Callable[[], object] | None = None

    def fetch(self, progress: ProgressCallback = no_progress, *, force: bool = False) -> Fetched:
        """Bring the newest articles here, unless they are here already; raise SourceError.

        Once it has outlived its limit twice in a row it waits, longer each time, unless that is changed.
        """
        if not force and self._may_wait:
            self._slow.check(self.name)
        try:
            # The folder that people know of has a folder for each source.
            with disk_errors_converted(self._snapshots.folder.parent):
                snapshot = self._fetch_snapshot(FetchBudget(self._limits, progress))
        except SourceError as error:
            if self._may_wait and error.key in {"source.timeout", "source.laborious"}:
                self._slow.note()
            raise
        self._slow.forget()
        return self._as_fetched(snapshot)

    def last_served(self) -> Fetched | None:
        last = self._snapshots.last_served()
        return self._as_fetched(last) if last else None

    def note_served(self, version: Version | None) -> None:
        self._snapshots.note_served(version)

    @abstractmethod
    def _fetch_snapshot(self, budget: FetchBudget) -> Snapshot:
        """Fetch what is new, and return the newest snapshot; raise SourceError, and OSError where the disk fails."""

    def _as_fetched(self, snapshot: Snapshot) -> Fetched:
        before, hold = self._release_hold, self._snapshots.hold(snapshot)
        self._release_hold = weakref.finalize(self, hold.close) if hold is not None else None
        if before is not None:
            before()
        return Fetched(snapshot.path, snapshot.version)
