"""The source of an archive on a web server."""

import asyncio
from dataclasses import replace
from pathlib import PurePosixPath

from bot.articles.sources.address import with_folder
from bot.articles.sources.archive_contents import unpack
from bot.articles.sources.archive_download import ArchiveRequest, download
from bot.articles.sources.fatal_versions import FatalVersion
from bot.articles.sources.limits import FetchBudget, FetchLimits
from bot.articles.sources.remote_source import RemoteSource
from bot.articles.sources.snapshots import Snapshot, Snapshots

_ARCHIVE, _FILES = "archive", "files"


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
