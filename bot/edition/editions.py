"""The one place that holds the current edition."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.articles.sources import SourceError
from bot.edition.building import Progress
from bot.edition.changes import changes
from bot.edition.edition import Edition
from bot.edition.errors import NothingBeforeError, ReloadRunningError
from bot.edition.report import Report


class Editions:
    """The current edition of one corpus and the one before; a reload builds the next beside it and swaps a reference.

    `reload` may run in a worker thread while others read `current`: the swap is a single assignment. Whatever fails in
    a reload, the old edition goes on serving.
    """

    stale: SourceError | None = None

    def __init__(self, path: Path, build: Callable[[Path, Progress | None], Edition]) -> None:
        self.path = path
        self.last: Report | None = None
        self._build = build
        self._turn = threading.Lock()
        self._current: Edition | None = None
        self._before: Edition | None = None
        self._running: tuple[str | None, datetime] = None, datetime.now(UTC)

    @property
    def current(self) -> Edition:
        """The edition that serves now; raise LookupError before the first `reload`."""
        if self._current is None:
            raise LookupError("no edition has been built yet")
        return self._current

    @property
    def source_name(self) -> str:
        """Where the articles are from."""
        return str(self.path)

    def reload(self, progress: Progress | None = None, *, by: str | None = None, force: bool = False) -> Report:
        """Build an edition from the corpus as it is now and serve it.

        Raise EmptyCorpusError if it has no article, and ReloadRunningError while another reload runs.
        """
        del force
        return self._take_turn(by, lambda: self._build(self.path, progress))

    def rollback(self, by: str | None) -> Report:
        """Serve the edition before; raise NothingBeforeError and ReloadRunningError."""
        if (before := self._before) is None:
            raise NothingBeforeError
        return self._take_turn(by, lambda: before)

    def _take_turn(self, by: str | None, make: Callable[[], Edition]) -> Report:
        if not self._turn.acquire(blocking=False):
            raise ReloadRunningError(*self._running, "reading", 0, 0)
        try:
            self._running = by, datetime.now(UTC)
            return self._serve(make, by)
        finally:
            self._turn.release()

    def _serve(self, make: Callable[[], Edition], by: str | None) -> Report:
        started = time.perf_counter()
        old, edition = self._current, make()
        found = changes(old, edition)
        self._before, self._current = old, edition
        self.last = Report(
            found,
            old.fingerprint if old else None,
            edition.fingerprint,
            old is not None and old.fingerprint == edition.fingerprint,
            time.perf_counter() - started,
            by,
            datetime.now(UTC),
            None,
            len(edition.index),
            0,
            "",
        )
        return self.last
