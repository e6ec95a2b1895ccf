"""The side files that a bot has fetched from a cluster, each under the name of its index; the newest two are kept."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from bot.retrieval.opensearch.publications.side_file import SideFile, join_chunks
from bot.storage import DamagedFileError, alone_with, atomic_write, map_arrays, remove_abandoned

_SUFFIX = ".side"
_KEPT = 2
_PAUSE = 0.2


class SideFileCache:
    """A folder of side files, which processes may share: one of them fetches, and the others wait for it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(
        self, name: str, side: SideFile, read_chunk: Callable[[int], str]
    ) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
        """Return arrays, mapped, and facts of an index' side file, fetched first where it is not here or is damaged.

        Never more of it than a chunk or two is in memory. Raise DamagedFileError where the chunks are not those that
        were written, OSError, and what `read_chunk` raises.
        """
        file = self._folder / f"{name}-{side.digest}{_SUFFIX}"
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            if file.exists():
                with suppress(DamagedFileError):
                    found = map_arrays(file)
                    self._prune(file)
                    return found
            atomic_write(file, join_chunks(read_chunk, side))
            self._prune(file)
            return map_arrays(file)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait until no other process fetches."""
        while True:
            with alone_with(self._folder / f"{_SUFFIX}.lock") as is_alone:
                if is_alone:
                    yield
                    return
            time.sleep(_PAUSE)

    def _prune(self, newest: Path) -> None:
        """Delete all files but this and the one before it; those that are mapped stay until they are closed."""
        with suppress(OSError):
            others = [file for file in self._folder.glob(f"*{_SUFFIX}") if file != newest]
            others.sort(key=lambda file: file.stat().st_mtime_ns, reverse=True)
            latest = max([time.time_ns(), *(file.stat().st_mtime_ns + 1 for file in others[:1])])
            os.utime(newest, ns=(latest, latest))
            for file in others[_KEPT - 1 :]:
                file.unlink(missing_ok=True)
        remove_abandoned(self._folder)
