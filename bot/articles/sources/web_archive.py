"""The source of an archive on a web server, and the base class of remote sources, which keep snapshots."""

import asyncio
import weakref
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath

from bot.articles.corpus import ProgressCallback, no_progress
from bot.articles.sources.address import with_folder
from bot.articles.sources.archive_contents import unpack
from bot.articles.sources.archive_download import ArchiveRequest, download
from bot.articles.sources.fatal_versions import FatalVersion, VersionTrials
from bot.articles.sources.limits import FetchBudget, FetchLimits
from bot.articles.sources.safe_paths import disk_errors_converted
from bot.articles.sources.snapshots import Snapshot, Snapshots
from bot.articles.sources.source import Fetched, Version

_ARCHIVE, _FILES = "archive", "files"


class RemoteSource(ABC):
    """A source that keeps snapshots of what it fetches, and gives the last that served while it is away.

    The snapshot that it gave last stays, whatever other processes fetch into the same folder.
    """

    def __init__(self, snapshots: Snapshots, limits: FetchLimits) -> None:
        self._snapshots = snapshots
        self._limits = limits
        self._trials = VersionTrials(snapshots.folder)
        self._release_hold: Callable[[], object] | None = None

    @property
    def is_local(self) -> bool:
        """It is behind a network."""
        return False

    def fetch(self, progress: ProgressCallback = no_progress, *, force: bool = False) -> Fetched:
        """Bring the newest articles here, unless they are here already; raise SourceError."""
        try:
            with disk_errors_converted(self._snapshots.home):
                blocked = None if force else self._trials.blocked()
                snapshot = self._fetch_snapshot(FetchBudget(self._limits, progress), blocked)
                if not snapshot.has_served:
                    self._trials.begin(snapshot.version)
                return self._as_fetched(snapshot)
        except BaseException:
            self._trials.end()
            raise

    def note_survived(self) -> None:
        """Note that what was fetched last did not kill the process."""
        self._trials.end()

    def last_served(self) -> Fetched | None:
        """Return the last snapshot that served."""
        last = self._snapshots.last_served()
        return self._as_fetched(last) if last else None

    def note_served(self, version: Version | None) -> None:
        """Note of which version the snapshot is that serves."""
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


class WebArchiveSource(RemoteSource):
    """A `.zip` or `.tar.gz` behind an address. What was fetched stays on disk until something newer is there, whole."""

    def __init__(
        self, request: ArchiveRequest, folder: PurePosixPath, snapshots: Snapshots, limits: FetchLimits
    ) -> None:
        super().__init__(snapshots, limits)
        self._request = request
        self._folder = folder

    @property
    def name(self) -> str:
        """The address without its query, and the folder."""
        return with_folder(self._request.shown, self._folder)

    def _fetch_snapshot(self, budget: FetchBudget, blocked: FatalVersion | None) -> Snapshot:
        """Download the archive if it is a new one, and unpack its articles."""
        last = self._snapshots.newest()
        known = blocked.version if blocked else last.version if last else None
        with self._snapshots.draft() as draft:
            archive, files = draft / _ARCHIVE, draft / _FILES
            version = asyncio.run(download(replace(self._request, known=known), archive, budget))
            if blocked is not None and (version is None or blocked.is_of(version)):
                raise blocked.error()
            if last is not None and version is None:
                return last
            if version is None:
                raise AssertionError("nothing is unchanged since nothing")
            if last is not None and last.version.digest == version.digest:
                return self._snapshots.renew(last, replace(version, revision=last.version.revision))
            self._trials.begin(version)
            unpacked = unpack(archive, files, self._folder, budget)
            archive.unlink()
            version = replace(version, revision=unpacked.revision)
            return self._snapshots.publish(draft, PurePosixPath(_FILES) / unpacked.root, version)
