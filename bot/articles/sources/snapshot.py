"""One complete state of a source on disk, and the manifest that tells whether it is complete."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from bot.articles.sources.errors import SourceError
from bot.articles.sources.names import safe_path
from bot.articles.sources.source import Version

_MANIFEST = "snapshot.json"
_SERVED = "served"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A folder, where in it the articles lie, and which version they are of."""

    folder: Path
    root: PurePosixPath
    version: Version

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


def read_snapshot(folder: Path) -> Snapshot | None:
    """Read a snapshot back; None where something of it is missing."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_bytes())
        snapshot = Snapshot(folder, safe_path(manifest["root"]), Version(**manifest["version"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, SourceError):
        return None
    return snapshot if _measure(snapshot.path) == manifest.get("measure") else None


def write_manifest(folder: Path, root: PurePosixPath, version: Version) -> None:
    """Note what a folder holds, in one step, the old note staying until the new one is on disk."""
    manifest: dict[str, Any] = {"root": root.as_posix(), "version": asdict(version)}
    manifest["measure"] = _measure(folder / root)
    new = folder / f"{_MANIFEST}.new"
    with new.open("w", encoding="utf-8") as stream:
        json.dump(manifest, stream)
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(folder / _MANIFEST)


def _measure(root: Path) -> list[int]:
    """Count files and their bytes: a machine that lost power leaves files short, or none."""
    sizes = list(_sizes(root)) if root.is_dir() else [root.stat().st_size] if root.exists() else []
    return [len(sizes), sum(sizes)]


def _sizes(root: Path) -> Iterator[int]:
    pending = [str(root)]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                else:
                    yield entry.stat(follow_symlinks=False).st_size
