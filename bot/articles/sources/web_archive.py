"""Articles in an archive on a web server, such as the archive of a branch that a Git host makes."""

import asyncio
from dataclasses import replace
from pathlib import PurePosixPath

from bot.articles.sources.address import with_folder
from bot.articles.sources.budget import Budget
from bot.articles.sources.download import download
from bot.articles.sources.far_source import FarSource
from bot.articles.sources.limits import Limits
from bot.articles.sources.request import Request
from bot.articles.sources.snapshot import Snapshot
from bot.articles.sources.snapshots import Snapshots
from bot.articles.sources.trials import Killed
from bot.articles.sources.unpacking import unpack

_ARCHIVE, _FILES = "archive", "files"


class ArchiveSource(FarSource):
    """A `.zip` or `.tar.gz` behind an address. What was fetched stays on disk until something newer is there, whole."""

    def __init__(self, request: Request, folder: PurePosixPath, snapshots: Snapshots, limits: Limits) -> None:
        super().__init__(snapshots, limits)
        self._request = request
        self._folder = folder

    @property
    def name(self) -> str:
        """The address without its query, and the folder."""
        return with_folder(self._request.shown, self._folder)

    def _bring(self, budget: Budget, barred: Killed | None) -> Snapshot:
        """Download the archive if it is a new one, and unpack its articles."""
        last = self._snapshots.last()
        known = barred.version if barred else last.version if last else None
        with self._snapshots.draft() as draft:
            archive, files = draft / _ARCHIVE, draft / _FILES
            version = asyncio.run(download(replace(self._request, known=known), archive, budget))
            if barred is not None and (version is None or barred.is_of(version)):
                raise barred.error()
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
