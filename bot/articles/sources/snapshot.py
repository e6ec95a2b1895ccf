"""One complete state of a source on disk, and the manifest that tells whether it is complete, and as it was fetched."""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import zip_longest
from pathlib import Path, PurePosixPath
from typing import Any

from bot.articles.sources.errors import SourceError
from bot.articles.sources.names import safe_path
from bot.articles.sources.source import Version

_MANIFEST = "snapshot.json"
# Beside the manifest, since it is read only where files are about to be: a line for each file in a folder.
_DIGESTS = "digests.jsonl"
_SERVED = "served"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A folder, where in it the articles lie, of which version, and the digest of the list of its files' digests."""

    folder: Path
    root: PurePosixPath
    version: Version
    digest: str

    @property
    def path(self) -> Path:
        """The directory or file to read articles from."""
        return self.folder / self.root

    @property
    def has_served(self) -> bool:
        """Whether its articles have been served."""
        return (self.folder / _SERVED).exists()

    def note_served(self) -> None:
        """Note that its articles serve; raise OSError."""
        (self.folder / _SERVED).touch()

    def forget_served(self) -> None:
        """Note that its articles are not to be served any more; raise OSError."""
        (self.folder / _SERVED).unlink(missing_ok=True)

    def find_change(self) -> str | None:
        """Read every file, and name one that is not as it was fetched; None where all are."""
        try:
            listed = (self.folder / _DIGESTS).read_bytes()
            if _digest_of(listed) != self.digest:
                return _DIGESTS
            for was, now in zip_longest(listed.splitlines(), _digest_lines(self.folder)):
                if was != now:
                    return str(json.loads(was or now)[0])
        except OSError as error:
            return str(error.filename)
        return None

    def discard(self) -> None:
        """Let it be complete no more."""
        with suppress(OSError):
            (self.folder / _MANIFEST).unlink(missing_ok=True)


def read_snapshot(folder: Path) -> Snapshot | None:
    """Read a snapshot back; None where something of it is missing, or nothing tells whether it was changed."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_bytes())
        version, digest = Version(**manifest["version"]), str(manifest["digest"])
        snapshot = Snapshot(folder, safe_path(manifest["root"]), version, digest)
        return snapshot if _measure(snapshot.path) == manifest.get("measure") else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, SourceError):
        return None


def write_snapshot(folder: Path, root: PurePosixPath, version: Version) -> str:
    """Note what a folder holds, and return the digest of its files' digests."""
    lines = b"".join(line + b"\n" for line in _digest_lines(folder))
    (folder / _DIGESTS).write_bytes(lines)
    write_manifest(Snapshot(folder, root, version, _digest_of(lines)))
    return _digest_of(lines)


def write_manifest(snapshot: Snapshot) -> None:
    """Note what a snapshot is, in one step, the old note staying until the new one is on disk."""
    folder = snapshot.folder
    manifest: dict[str, Any] = {"root": snapshot.root.as_posix(), "version": asdict(snapshot.version)}
    manifest |= {"measure": _measure(snapshot.path), "digest": snapshot.digest}
    new = folder / f"{_MANIFEST}.new"
    with new.open("w", encoding="utf-8") as stream:
        json.dump(manifest, stream)
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(folder / _MANIFEST)


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


def _digest_of(lines: bytes) -> str:
    return hashlib.blake2b(lines).hexdigest()


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
