"""The one place that holds the current edition."""

import threading
from collections.abc import Callable
from pathlib import Path

from bot.edition.building import Progress
from bot.edition.changes import Changes, changes
from bot.edition.edition import Edition


class Editions:
    """The current edition of one corpus; a reload builds the next beside it and then swaps one reference.

    `reload` may run in a worker thread while others read `current`: the swap is a single assignment, and
    two reloads at once take turns. Whatever fails in a reload, the old edition goes on serving.
    """

    def __init__(self, path: Path, build: Callable[[Path, Progress | None], Edition]) -> None:
        self.path = path
        self._build = build
        self._turn = threading.Lock()
        self._current: Edition | None = None

    @property
    def current(self) -> Edition:
        """The edition that serves now; raise LookupError before the first `reload`."""
        if self._current is None:
            raise LookupError("no edition has been built yet")
        return self._current

    def reload(self, progress: Progress | None = None) -> Changes:
        """Build an edition from the corpus as it is now and serve it; raise EmptyCorpusError if it has none."""
        with self._turn:
            edition = self._build(self.path, progress)
            found = changes(self._current, edition)
            self._current = edition
            return found
