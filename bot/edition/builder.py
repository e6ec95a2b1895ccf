"""Chooses how to come by an edition: from its file, from a process of its own, or here in memory."""

import logging
from pathlib import Path

from bot.arabic import Analyser
from bot.articles import Marks, find_corpus
from bot.edition.building import Progress, build_edition
from bot.edition.cache import EditionCache
from bot.edition.child import build_in_child
from bot.edition.edition import Edition
from bot.edition.key import edition_key

logger = logging.getLogger(__name__)

# A smaller corpus is built sooner than a process starts, and takes little memory.
_LARGE = 1 << 20


class EditionBuilder:
    """Builds the editions of one configuration; those of large corpora are kept in a folder, where there is one.

    Building takes much memory for a short time, and the interpreter's lock, so a process of its own does it. Without a
    folder that can be written, an edition is built in memory whatever its size.
    """

    def __init__(self, marks: Marks, analyser: Analyser, folder: Path | None, large: int = _LARGE) -> None:
        """Keep editions of corpora of `large` bytes and more."""
        self._marks = marks
        self._analyser = analyser
        self._cache = EditionCache(folder) if folder else None
        self._large = large

    def __call__(self, path: Path, progress: Progress | None = None) -> Edition:
        """Return the edition of a corpus as it is now; raise EmptyCorpusError where it has none, and BuildError."""
        size = sum(file.size for file in find_corpus(path))
        if self._cache is not None and size >= self._large:
            try:
                return self._kept(self._cache, path, progress)
            except OSError as error:
                logger.warning("The edition cannot be stored, and is built in memory: %s", error)
        return build_edition(self._marks, self._analyser, path, progress)

    def _kept(self, cache: EditionCache, path: Path, progress: Progress | None) -> Edition:
        """Map an edition, built first where it is not there yet; raise OSError where it cannot be kept."""
        key = self.key(path)
        edition = cache.load(key, self._analyser)
        if edition is not None:
            return edition
        cache.folder.mkdir(parents=True, exist_ok=True)
        cache.prune()
        build_in_child(cache.file(key), path, self._marks, self._analyser, progress, base=cache.newest())
        edition = cache.load(key, self._analyser)
        if edition is None:
            raise OSError(f"{cache.file(key)} is gone")
        if self.key(path) != key:
            # The corpus changed while it was read: whatever this edition is, it is not that of the key.
            cache.file(key).unlink(missing_ok=True)
        cache.prune()
        return edition

    def key(self, path: Path) -> str:
        """Name the edition that a corpus has now, for which all of its files are read."""
        return edition_key(find_corpus(path), self._marks, self._analyser)
