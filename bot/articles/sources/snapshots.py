"""Snapshots of a source on disk: complete states with manifests, the newest ones and the last served."""

import hashlib
import json
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from itertools import count, zip_longest
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from bot.articles.sources.safe_paths import safe_path
from bot.articles.sources.source import SourceError, Version
from bot.storage import atomic_write, lock_if_abandoned, open_locked

logger = logging.getLogger(__name__)

_MANIFEST = "snapshot.json"
# Beside the manifest, since it is read only where files are about to be: a line for each file in a folder.
_DIGESTS = "digests.jsonl"
_SERVED = "served"

_DRAFT, _HOLD = ".draft-", ".hold"
_KEPT = 2  # a reader of the last one may go on while the next is put in its place


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A folder, the place of the articles in it, their version, and the digest of the list of its files' digests."""

    folder: Path
    root: PurePosixPath
    version: Version
    digest: str

    @property
    def path(self) -> Path:
        return self.folder / self.root

    def find_change(self) -> str | None:
        """Read every file, and name one that has changed since the fetch; None where none has."""
        try:
            listed = (self.folder / _DIGESTS).read_bytes()
            if hashlib.blake2b(listed).hexdigest() != self.digest:
                return _DIGESTS
            for was, now in zip_longest(listed.splitlines(), _digest_lines(self.folder)):
                if was != now:
                    return str(json.loads(was or now)[0])
        except OSError as error:
            return str(error.filename)
        return None

    def digests(self) -> dict[str, str]:
        """Return the digest of each file (BLAKE2b, hexadecimal) by its name in the folder; raise OSError."""
        return dict(json.loads(line) for line in (self.folder / _DIGESTS).read_bytes().splitlines())


def read_snapshot(folder: Path) -> Snapshot | None:
    """Read a snapshot back; None where something of it is missing, or it has no digest to be checked by."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_bytes())
        version, digest = Version(**manifest["version"]), str(manifest["digest"])
        snapshot = Snapshot(folder, safe_path(manifest["root"]), version, digest)
        return snapshot if _measure(snapshot.path) == manifest.get("measure") else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, SourceError):
        return None


def write_snapshot(folder: Path, root: PurePosixPath, version: Version) -> str:
    """Write the file digests and the manifest of a folder; return the digest of the digests."""
    lines = b"".join(line + b"\n" for line in _digest_lines(folder))
    digest = hashlib.blake2b(lines).hexdigest()
    (folder / _DIGESTS).write_bytes(lines)
    write_manifest(Snapshot(folder, root, version, digest))
    return digest


def write_manifest(snapshot: Snapshot) -> None:
    folder = snapshot.folder
    manifest: dict[str, Any] = {"root": snapshot.root.as_posix(), "version": asdict(snapshot.version)}
    manifest |= {"measure": _measure(snapshot.path), "digest": snapshot.digest}
    atomic_write(folder / _MANIFEST, json.dumps(manifest).encode())


def _measure(root: Path) -> list[int]:
    """Count files and their bytes: a machine that lost power leaves files short, or none."""
    sizes = [os.lstat(file).st_size for file in _files(root)] if root.is_dir() else [root.stat().st_size]
    return [len(sizes), sum(sizes)]


def _digest_lines(folder: Path) -> Iterator[bytes]:
    """Yield a line for each file in a folder of a folder, in an order that is always the same; raise OSError."""
    start = len(str(folder)) + 1
    for top in sorted(entry for entry in folder.iterdir() if entry.is_dir()):
        for file in _files(top):
            with open(file, "rb") as stream:  # noqa: PTH123 (of a hundred thousand, paths take as long as reading)
                digest = hashlib.file_digest(stream, "blake2b").hexdigest()
            yield json.dumps([file[start:], digest]).encode()


def _files(root: Path) -> Iterator[str]:
    """Yield all files below a folder, in an order that is always the same."""
    pending = [str(root)]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                else:
                    yield entry.path


class Snapshots:
    """A folder of numbered snapshots. One appears by a single renaming, so that it is whole or not there.

    A draft that a killed process left has a name that is never read, and goes with the next fetch. What another process
    writes or reads is held, and stays.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def is_empty(self) -> bool:
        """Whether there is no snapshot, be it whole or not."""
        return not self._numbers()

    def find(self, version: Version | None) -> Snapshot | None:
        """Return the newest snapshot of a version, None where it is gone."""
        return next((snapshot for snapshot in self._newest_first() if snapshot.version == version), None)

    def newest(self) -> Snapshot | None:
        """Return the newest snapshot of which every file is as it was fetched."""
        return next(filter(self._is_as_fetched, self._newest_first()), None)

    def last_served(self) -> Snapshot | None:
        """Return the newest snapshot that served, and of which every file is as it was fetched."""
        return next(filter(self._is_as_fetched, self._newest_first(served=True)), None)

    def hold(self, snapshot: Snapshot) -> BinaryIO | None:
        """Keep a snapshot from being removed while the returned lock file is open; None where it cannot be locked."""
        with suppress(OSError):
            return open_locked(snapshot.folder / _HOLD)
        return None

    def note_served(self, version: Version | None) -> None:
        """Note that the snapshot of a version serves, and no newer one; where the disk is full, that is forgotten."""
        with suppress(OSError):
            for snapshot in self._newest_first():
                if snapshot.version == version:
                    (snapshot.folder / _SERVED).touch()
                    return
                (snapshot.folder / _SERVED).unlink(missing_ok=True)

    @contextmanager
    def draft(self) -> Iterator[Path]:
        """Make a folder to fetch into, which is removed afterwards unless it was published."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._prune()
        hold = None
        while hold is None:
            folder = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=self.folder))
            # Another process may take it for left over until it is held.
            with suppress(FileNotFoundError):
                hold = open_locked(folder / _HOLD)
        with hold:
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    def publish(self, draft: Path, root: PurePosixPath, version: Version) -> Snapshot:
        """Turn a draft, whose articles lie in a folder or file `root` of it, into the newest snapshot."""
        digest = write_snapshot(draft, root, version)
        for number in count(max(self._numbers(), default=0) + 1):
            place = self.folder / str(number)
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
        """Give a snapshot with unchanged content the version that its source names now."""
        renewed = replace(snapshot, version=version)
        if renewed != snapshot:
            write_manifest(renewed)
        return renewed

    @staticmethod
    def _is_as_fetched(snapshot: Snapshot) -> bool:
        """Whether no file has changed since the fetch; discard the snapshot otherwise."""
        changed = snapshot.find_change()
        if changed is not None:
            logger.warning("%s has changed on disk since it was fetched; the next fetch brings it anew", changed)
            with suppress(OSError):  # an incomplete one is never read again
                (snapshot.folder / _MANIFEST).unlink(missing_ok=True)
        return changed is None

    def _newest_first(self, *, served: bool = False) -> Iterator[Snapshot]:
        snapshots = (read_snapshot(self.folder / str(number)) for number in sorted(self._numbers(), reverse=True))
        return (each for each in snapshots if each and (not served or (each.folder / _SERVED).exists()))

    def _numbers(self) -> list[int]:
        with suppress(OSError):
            return [int(entry.name) for entry in self.folder.iterdir() if entry.name.isdecimal()]
        return []

    def _prune(self) -> None:
        if old := sorted(self._numbers())[:-_KEPT]:
            served = next(self._newest_first(served=True), None)
            for folder in (self.folder / str(number) for number in old):
                if served is None or served.folder != folder:
                    _remove(folder)
        for draft in self.folder.glob(f"{_DRAFT}*"):
            _remove(draft)


def _remove(folder: Path) -> None:
    """Remove a folder that nobody holds."""
    with lock_if_abandoned(folder / _HOLD) as is_left:
        if is_left:
            shutil.rmtree(folder, ignore_errors=True)
