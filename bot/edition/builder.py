"""The builder of editions: mapped from a cached file, built in a child process, or here in memory."""

import logging
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bot.arabic import Analyser
from bot.articles import NO_REMOVALS, BoilerplatePhrases, CorpusFile, Removals, find_corpus, size_to_read, with_digests
from bot.edition.build import StageCallback, build_edition, edition_key
from bot.edition.build_process import MOST_SECONDS, BuildProcess
from bot.edition.edition import Edition
from bot.storage import DamagedFileError, lock_if_abandoned, map_arrays

logger = logging.getLogger(__name__)

_SUFFIX = ".edition"
# The edition that serves, and the one before it.
_KEPT = 2

# A smaller corpus is built sooner than a process starts, and takes little memory.
_LARGE = 1 << 20
# Measured: the digests of so many files take ten megabytes, which stay until the next reload.
_MOST_SEEN = 20_000


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
            edition = Edition.from_arrays(*map_arrays(file), analyser, file)
            # Newer than all others, whatever the clock says, or said when those were made.
            times = [other.stat().st_mtime_ns for other in self._newest_first()[:1]]
            newest = max(time.time_ns(), *(at + 1 for at in times))
            os.utime(file, ns=(newest, newest))
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
        """Delete old editions and unfinished files; mapped files stay until their process closes them."""
        with suppress(OSError):
            for file in self._newest_first()[_KEPT:]:
                file.unlink(missing_ok=True)
            for part in self.folder.glob("*.*.part"):
                with lock_if_abandoned(part) as is_left:
                    if is_left:
                        part.unlink(missing_ok=True)

    def _newest_first(self) -> list[Path]:
        return sorted(self.folder.glob(f"*{_SUFFIX}"), key=lambda file: file.stat().st_mtime_ns, reverse=True)


class EditionBuilder:
    """Builds the editions of one configuration; those of large corpora are kept in a folder, where there is one.

    Building takes much memory for a short time, and the interpreter's lock, so a process of its own does it. Without a
    folder that can be written, an edition is built in memory whatever its size.
    """

    def __init__(  # noqa: PLR0913 (of what configuration, and under which bounds)
        self,
        phrases: BoilerplatePhrases,
        analyser: Analyser,
        folder: Path | None,
        large: int = _LARGE,
        *,
        seconds: float = MOST_SECONDS,
        removals: Callable[[], Removals] = lambda: NO_REMOVALS,
    ) -> None:
        """Keep editions of corpora of `large` bytes and more; give a process that builds one so many seconds.

        Whatever is built lacks what `removals` lists then.
        """
        self._phrases = phrases
        self._analyser = analyser
        self.process = BuildProcess(seconds)
        self._cache = EditionCache(folder) if folder else None
        if self._cache is not None:
            self._cache.prune()
        self._large = large
        self._removals = removals
        self._digested: tuple[Path, list[CorpusFile]] | None = None

    def build(self, path: Path, progress: StageCallback | None = None) -> Edition:
        """Return the edition of a corpus as it is now; raise EmptyCorpusError where it has none, and BuildError."""
        return self._edition(path, progress, self._large)

    def build_in_process(self, path: Path, progress: StageCallback | None = None) -> Edition:
        """Do the same in a process of its own, however small the corpus is: answers wait for the interpreter's lock."""
        return self._edition(path, progress, 0)

    def stop(self) -> None:
        """Kill the process of a build, or of what else works in `process`: that raises BuildError then."""
        self.process.stop()

    def _edition(self, path: Path, progress: StageCallback | None, large: int) -> Edition:
        (looked_at, files), self._digested = self._digested or (None, []), None
        if looked_at != path:
            files = find_corpus(path)
        if self._cache is not None and size_to_read(files) >= large:
            digested = files if looked_at == path else with_digests(files)
            try:
                return self._map_or_build(self._cache, path, digested, progress)
            except OSError as error:
                logger.warning("The edition cannot be stored, and is built in memory: %s", error)
        return build_edition(self._phrases, self._analyser, path, progress, removals=self._removals())

    def key(self, path: Path) -> str:
        """Return the key of the edition of a corpus as it is now, for which all of its files are read.

        A build right after this does not read them once more, unless they are very many.
        """
        files = with_digests(find_corpus(path))
        self._digested = (path, files) if len(files) <= _MOST_SEEN else None
        return edition_key(files, self._phrases, self._analyser, self._removals())

    def _map_or_build(
        self, cache: EditionCache, path: Path, files: list[CorpusFile], progress: StageCallback | None
    ) -> Edition:
        """Map an edition, built first where it is not there yet; raise OSError where it cannot be kept."""
        configuration, removals = (self._phrases, self._analyser), self._removals()
        key = edition_key(files, *configuration, removals)
        edition = cache.load(key, self._analyser)
        if edition is not None:
            return edition
        cache.folder.mkdir(parents=True, exist_ok=True)
        cache.prune()
        try:
            previous = cache.newest()
            self.process.build(cache.file(key), path, *configuration, progress, previous=previous, removals=removals)
        except BaseException:
            # A child that was ended leaves half a file.
            cache.prune()
            raise
        edition = cache.load(key, self._analyser)
        if edition is None:
            raise OSError(f"{cache.file(key)} is gone")
        now = find_corpus(path)
        if len(files) != len(now) or not all(map(CorpusFile.is_unchanged_from, files, now)):
            # The corpus changed while it was read: whatever this edition is, it is not that of the key.
            cache.file(key).unlink(missing_ok=True)
        cache.prune()
        return edition
