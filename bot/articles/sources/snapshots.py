"""Keeps what was fetched: whole snapshots side by side, the newest ones and the last that served."""

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import count
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from bot.articles.sources.snapshot import Snapshot, read_snapshot, write_manifest, write_snapshot
from bot.articles.sources.source import Version
from bot.storage import left_over, open_held

logger = logging.getLogger(__name__)

_DRAFT = ".draft-"
_HOLD = ".hold"
_KEPT = 2  # whoever reads the last one may go on while the next is put in its place


class Snapshots:
    """A folder of numbered snapshots. One appears by a single renaming, so that it is whole or not there.

    A draft that a killed process left has a name that is never read, and goes with the next fetch. What another process
    writes or reads is held, and stays.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        """The folder of the one source."""
        return self._folder

    @property
    def home(self) -> Path:
        """The folder that people know of, which has a folder for each source."""
        return self._folder.parent

    def last(self) -> Snapshot | None:
        """Return the newest snapshot of which every file is as it was fetched."""
        return next(filter(self._is_as_fetched, self._newest_first()), None)

    def last_served(self) -> Snapshot | None:
        """Return the newest snapshot that served, and of which every file is as it was fetched."""
        return next(filter(self._is_as_fetched, self._served()), None)

    def hold(self, snapshot: Snapshot) -> BinaryIO | None:
        """Let a snapshot stay for as long as what is returned is open; None where that cannot be."""
        try:
            return open_held(snapshot.folder / _HOLD)
        except OSError:
            return None

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
        folder, hold = self._new_draft()
        with hold:
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    def publish(self, draft: Path, root: PurePosixPath, version: Version) -> Snapshot:
        """Turn a draft, whose articles lie in a folder or file `root` of it, into the newest snapshot."""
        digest = write_snapshot(draft, root, version)
        for number in count(max(self._numbers(), default=0) + 1):
            place = self._folder / str(number)
            try:
                draft.rename(place)
            except OSError:
                if place.exists():  # another process fetches the same
                    continue
                raise
            self._prune()
            return Snapshot(place, root, version, digest)
        raise AssertionError("numbers do not end")

    def renew(self, snapshot: Snapshot, version: Version) -> Snapshot:
        """Note what the source now calls a snapshot whose content has not changed."""
        renewed = replace(snapshot, version=version)
        if renewed != snapshot:
            write_manifest(renewed)
        return renewed

    def _new_draft(self) -> tuple[Path, BinaryIO]:
        while True:
            folder = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=self._folder))
            # Another process may take it for left over until it is held.
            with suppress(FileNotFoundError):
                return folder, open_held(folder / _HOLD)

    def _served(self) -> Iterator[Snapshot]:
        return (snapshot for snapshot in self._newest_first() if snapshot.has_served)

    @staticmethod
    def _is_as_fetched(snapshot: Snapshot) -> bool:
        """Tell whether no file was changed since; a snapshot with one that was is none any more."""
        changed = snapshot.find_change()
        if changed is not None:
            logger.warning("%s of what was fetched is not as it was, and is to be fetched anew", changed)
            snapshot.discard()
        return changed is None

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
            served = next(self._served(), None)
            for folder in (self._folder / str(number) for number in old):
                if served is None or served.folder != folder:
                    _remove(folder)
        for draft in self._folder.glob(f"{_DRAFT}*"):
            _remove(draft)


def _remove(folder: Path) -> None:
    """Remove a folder that nobody holds."""
    with left_over(folder / _HOLD) as is_left:
        if is_left:
            shutil.rmtree(folder, ignore_errors=True)
