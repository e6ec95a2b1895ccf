"""The base class of sources that keep snapshots of what they fetch."""

import weakref
from abc import abstractmethod
from collections.abc import Callable

from bot.articles.corpus import ProgressCallback, no_progress
from bot.articles.sources.fatal_versions import FatalVersion, VersionTrials
from bot.articles.sources.limits import FetchBudget, FetchLimits
from bot.articles.sources.safe_paths import disk_errors_converted
from bot.articles.sources.snapshots import Snapshot, Snapshots
from bot.articles.sources.source import Fetched, Source, SourceError, Version

_OUTLIVED = frozenset({"source.timeout", "source.laborious"})


class RemoteSource(Source):
    """A source that keeps snapshots of what it fetches, and gives the last that served while it is away.

    The snapshot that it gave last stays, whatever other processes fetch into the same folder.
    """

    _may_wait = True

    def __init__(self, snapshots: Snapshots, limits: FetchLimits) -> None:
        self._snapshots = snapshots
        self._limits = limits
        self._trials = VersionTrials(snapshots.folder)
        self._release_hold: Callable[[], object] | None = None

    def fetch(self, progress: ProgressCallback = no_progress, *, force: bool = False) -> Fetched:
        """Bring the newest articles here, unless they are here already; raise SourceError.

        Once it has outlived its limit twice in a row it waits, longer each time, unless that is changed.
        """
        limit = Version(digest=f"{self._limits.seconds:g} s")
        if not force and self._may_wait and (waiting := self._trials.waiting(limit)):
            raise SourceError("source.waits", url=self.name, count=waiting.count, until=waiting.until_words)
        try:
            # The folder that people know of has a folder for each source.
            with disk_errors_converted(self._snapshots.folder.parent):
                blocked = None if force else self._trials.blocked()
                snapshot = self._fetch_snapshot(FetchBudget(self._limits, progress), blocked)
                self._trials.note_in_time()
                if not snapshot.has_served:
                    self._trials.begin(snapshot.version)
                return self._as_fetched(snapshot)
        except BaseException as error:
            self._trials.end()
            if self._may_wait and isinstance(error, SourceError) and error.key in _OUTLIVED:
                self._trials.note_outlived(limit)
            raise

    def note_survived(self) -> None:
        """Note that what was fetched last did not kill the process."""
        self._trials.end()

    def last_served(self) -> Fetched | None:
        """Return the last snapshot that served."""
        last = self._snapshots.last_served()
        return self._as_fetched(last) if last else None

    def note_served(self, version: Version | None) -> None:
        """Note the version that serves."""
        self._snapshots.note_served(version)

    @abstractmethod
    def _fetch_snapshot(self, budget: FetchBudget, blocked: FatalVersion | None) -> Snapshot:
        """Fetch what is new, and return the newest snapshot; raise SourceError, and OSError where the disk fails.

        A blocked version is not unpacked; the trial of any other begins before it is.
        """

    def _as_fetched(self, snapshot: Snapshot) -> Fetched:
        before, hold = self._release_hold, self._snapshots.hold(snapshot)
        self._release_hold = weakref.finalize(self, hold.close) if hold is not None else None
        if before is not None:
            before()
        return Fetched(snapshot.path, snapshot.version)
