"""What the figures were measured on."""

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot import __version__

_PROCESSORS = Path("/proc/cpuinfo")
_LIBRARIES = ("numpy", "rank-bm25", "bm25s", "numba", "tantivy")


@dataclass(frozen=True, slots=True)
class Machine:
    """The processor, its cores, the memory in gigabytes (10^9 bytes, None where it is not told), versions, the time."""

    processor: str
    cores: int
    gigabytes: float | None
    system: str
    versions: dict[str, str]
    measured: str


def this_machine() -> Machine:
    """Describe the machine that this runs on, now."""
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        gigabytes=_memory(),
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        versions=dict(_versions()),
        measured=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _processor() -> str:
    try:
        lines = _PROCESSORS.read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "") or platform.processor() or platform.machine()


def _memory() -> float | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    except (AttributeError, ValueError, OSError):
        return None


def _versions() -> Iterator[tuple[str, str]]:
    """Name what is installed of what is compared; a library that is not goes without."""
    yield "isnad", __version__
    yield "Python", platform.python_version()
    for library in _LIBRARIES:
        try:
            yield library, version(library)
        except PackageNotFoundError:
            continue
    try:
        import sqlite3  # noqa: PLC0415 - a Python may be built without it
    except ImportError:
        return
    yield "SQLite", sqlite3.sqlite_version
