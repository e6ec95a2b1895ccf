"""Unpacks archives where everything that they could do is seen."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path, PurePosixPath

from bot.articles.sources import SourceError
from bot.articles.sources.limits import FetchBudget, FetchLimits
from bot.articles.sources.web_archive import unpack

from .conftest import LIMITS

# Of the names of members.
HOSTILE_PARTS = ["..", ".", "", "a", "a.md", "top", "خبر.md", "C:", "~", "\\", "..\\", "\0", "\u202e", "con.md"]


def entries(folder: str) -> set[str]:
    return {f"{where}/{name}" for where, folders, files in os.walk(folder) for name in [*folders, *files]}


def unpack_in_a_cage(archive: bytes, limits: FetchLimits = LIMITS) -> None:
    """Unpack four folders deep, look for anything new in all four, and for more than the limits allow."""
    with tempfile.TemporaryDirectory() as cage:
        target = Path(cage, "1", "2", "3", "target")
        target.mkdir(parents=True)
        file = Path(cage, "archive")
        file.write_bytes(archive)
        before = entries(cage)
        with suppress(SourceError):
            unpack(file, target, PurePosixPath(), FetchBudget(limits))
        assert all(Path(entry).is_relative_to(target) for entry in entries(cage) - before)
        unpacked = [Path(entry) for entry in entries(str(target))]
        assert all(entry.is_file() or entry.is_dir() for entry in unpacked)
        assert not any(entry.is_symlink() for entry in unpacked)
        sizes = [entry.stat().st_size for entry in unpacked if entry.is_file()]
        assert len(sizes) <= limits.files
        assert sum(sizes) <= limits.unpacked_bytes
