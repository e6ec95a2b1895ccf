"""Keeps what was fetched: whole snapshots side by side, the newest ones and the last that served."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path, PurePosixPath

from bot.articles.sources.snapshot import Snapshot, read_snapshot, write_manifest
from bot.articles.sources.source import Version
from bot.storage import is_writing, writer_mark

_DRAFT = ".draft-"
_KEPT = 2  # whoever reads the last one may go on while the next is put in its place


class Snapshots:
    """A folder of numbered snapshots. One appears by a single renaming, so that it is whole or not there.

    A draft that a killed process left has a name that is never read, and goes with the next fetch.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def home(self) -> Path:
        """The folder that people know of, which has a folder for each source."""
        return self._folder.parent

    def last(self) -> Snapshot | None:
        """Return the newest snapshot of which nothing is missing."""
        return next(self._newest_first(), None)

    def last_served(self) -> Snapshot | None:
        """Return the newest snapshot of which nothing is missing and which served."""
        return next((snapshot for snapshot in self._newest_first() if snapshot.has_served), None)

    def note_served(self, version: Version | None) -> None:
        """Note that the snapshot of a version serves, and no newer one; where the disk is full, that is forgotten."""
        with suppress(OSError):
            for snapshot in self._newest_first():
                if snapshot.version == version:
                    snapshot.note_served()
                    return
                snapshot.forget_served()

    @contextmanager
    def draft(self) -> Iterator[Path]:
        """Make a folder to fetch into, which is gone afterwards unless it was published."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._prune()
        folder = Path(tempfile.mkdtemp(prefix=f"{_DRAFT}{writer_mark()}-", dir=self._folder))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def publish(self, draft: Path, root: PurePosixPath, version: Version) -> Snapshot:
        """Turn a draft, whose articles lie in a folder or file `root` of it, into the newest snapshot."""
        write_manifest(draft, root, version)
        for number in count(max(self._numbers(), default=0) + 1):
            place = self._folder / str(number)
            try:
                draft.rename(place)
            except OSError:
                if place.exists():  # another process fetches the same
                    continue
                raise
            self._prune()
            return Snapshot(place, root, version)
        raise AssertionError("numbers do not end")

    def renew(self, snapshot: Snapshot, version: Version) -> Snapshot:
        """Note what the source now calls a snapshot whose content has not changed."""
        if version != snapshot.version:
            write_manifest(snapshot.folder, snapshot.root, version)
        return Snapshot(snapshot.folder, snapshot.root, version)

    def _newest_first(self) -> Iterator[Snapshot]:
        snapshots = (read_snapshot(self._folder / str(number)) for number in sorted(self._numbers(), reverse=True))
        return (snapshot for snapshot in snapshots if snapshot is not None)

    def _numbers(self) -> list[int]:
        try:
            return [int(entry.name) for entry in self._folder.iterdir() if entry.name.isdecimal()]
        except OSError:
            return []

    def _prune(self) -> None:
        if old := sorted(self._numbers())[:-_KEPT]:
            served = self.last_served()
            for folder in (self._folder / str(number) for number in old):
                if served is None or served.folder != folder:
                    shutil.rmtree(folder, ignore_errors=True)
        for draft in self._folder.glob(f"{_DRAFT}*"):
            if not is_writing(draft.name.removeprefix(_DRAFT).rpartition("-")[0]):
                shutil.rmtree(draft, ignore_errors=True)
