"""What sources behind a network have in common: what was fetched stays on disk."""

import weakref
from abc import ABC, abstractmethod
from collections.abc import Callable

from bot.articles.sources.budget import Budget
from bot.articles.sources.disk import disk_errors_told
from bot.articles.sources.limits import Limits
from bot.articles.sources.snapshot import Snapshot
from bot.articles.sources.snapshots import Snapshots
from bot.articles.sources.source import Advance, Fetched, Version, tell_nobody
from bot.articles.sources.trials import Killed, Trials


class FarSource(ABC):
    """A source that keeps snapshots of what it fetches, and gives the last that served while it is away.

    The snapshot that it gave last stays, whatever other processes fetch into the same folder.
    """

    def __init__(self, snapshots: Snapshots, limits: Limits) -> None:
        self._snapshots = snapshots
        self._limits = limits
        self._trials = Trials(snapshots.folder)
        self._let_go: Callable[[], object] | None = None

    @property
    def is_near(self) -> bool:
        """It is behind a network."""
        return False

    def fetch(self, progress: Advance = tell_nobody, *, insist: bool = False) -> Fetched:
        """Bring the newest articles here, unless they are here already; raise SourceError."""
        try:
            with disk_errors_told(self._snapshots.home):
                barred = None if insist else self._trials.barred()
                snapshot = self._bring(Budget(self._limits, progress), barred)
                if not snapshot.has_served:
                    self._trials.begin(snapshot.version)
                return self._given(snapshot)
        except BaseException:
            self._trials.end()
            raise

    def note_survived(self) -> None:
        """Note that what was fetched last did not kill the process."""
        self._trials.end()

    def kept(self) -> Fetched | None:
        """Return the last snapshot that served."""
        last = self._snapshots.last_served()
        return self._given(last) if last else None

    def note_served(self, version: Version | None) -> None:
        """Note of which version the snapshot is that serves."""
        self._snapshots.note_served(version)

    @abstractmethod
    def _bring(self, budget: Budget, barred: Killed | None) -> Snapshot:
        """Fetch what is new, and return the newest snapshot; raise SourceError, and OSError where the disk fails.

        A version that is barred is not touched, and before one is unpacked its trial begins.
        """

    def _given(self, snapshot: Snapshot) -> Fetched:
        before, hold = self._let_go, self._snapshots.hold(snapshot)
        self._let_go = weakref.finalize(self, hold.close) if hold is not None else None
        if before is not None:
            before()
        return Fetched(snapshot.path, snapshot.version)
