"""Lets one reload run at a time, and tells the others how far it is."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.edition.building import Progress
from bot.edition.errors import ReloadRunningError

_FIRST_STAGE = "fetching"


@dataclass(frozen=True, slots=True)
class Running:
    """A reload under way: who asked for it, since when, and how far it is."""

    by: str | None
    since: datetime
    stage: str = _FIRST_STAGE
    done: int = 0
    total: int = 0


class Turn:
    """The turn to change the edition: nobody waits for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.running: Running | None = None

    @contextmanager
    def taken(self, by: str | None, progress: Progress | None = None) -> Iterator[Progress]:
        """Take the turn, and give what notes progress and passes it on; raise ReloadRunningError where it is taken."""
        if not self._lock.acquire(blocking=False):
            # Whoever has it may be about to say so, or to give it back.
            running = self.running or Running(by=None, since=datetime.now(UTC))
            raise ReloadRunningError(running.by, running.since, running.stage, running.done, running.total)
        try:
            begun = self.running = Running(by, datetime.now(UTC))

            def note(stage: str, done: int, total: int) -> None:
                self.running = replace(begun, stage=stage, done=done, total=total)
                if progress is not None:
                    progress(stage, done, total)

            yield note
        finally:
            self.running = None
            self._lock.release()
