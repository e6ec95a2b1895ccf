"""Editions in files: what was built once is mapped the next time."""

import logging
import os
import time
from contextlib import suppress
from pathlib import Path

from bot.arabic import Analyser
from bot.edition.edition import Edition
from bot.storage import DamagedFileError, left_over, map_arrays

logger = logging.getLogger(__name__)

_SUFFIX = ".edition"
# The edition that serves, and the one before it.
_KEPT = 2


class EditionCache:
    """A folder of editions, each in a file named by its key; only the newest few are kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, key: str) -> Path:
        """Return where the edition of a key is, or is to be."""
        return self.folder / (key + _SUFFIX)

    def load(self, key: str, analyser: Analyser) -> Edition | None:
        """Return the edition of a key, None where there is none; a damaged file is thrown away."""
        file = self.file(key)
        try:
            edition = Edition.from_arrays(*map_arrays(file), analyser)
            self._make_newest(file)
        except FileNotFoundError:
            return None
        except (DamagedFileError, KeyError) as error:
            logger.warning("The stored edition is damaged and will be built anew: %s", error)
            file.unlink(missing_ok=True)
            return None
        return edition

    def newest(self) -> Path | None:
        """Return the file of the edition that was made or asked for last, None where there is none."""
        return next(iter(self._newest_first()), None)

    def prune(self) -> None:
        """Throw away what is not needed any more; files that a running process has mapped stay until it lets go."""
        with suppress(OSError):
            for file in self._newest_first()[_KEPT:]:
                file.unlink(missing_ok=True)
            for part in self.folder.glob("*.*.part"):
                with left_over(part) as is_left:
                    if is_left:
                        part.unlink(missing_ok=True)

    def _newest_first(self) -> list[Path]:
        return sorted(self.folder.glob(f"*{_SUFFIX}"), key=lambda file: file.stat().st_mtime_ns, reverse=True)

    def _make_newest(self, file: Path) -> None:
        """Let a file be newer than all others, whatever the clock says, and said when those were made."""
        times = [other.stat().st_mtime_ns for other in self._newest_first()[:1]]
        newest = max(time.time_ns(), *(at + 1 for at in times))
        os.utime(file, ns=(newest, newest))
