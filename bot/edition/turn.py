"""Lets one reload run at a time, and tells the others how far it is."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.edition.building import Progress
from bot.edition.errors import ReloadCancelledError, ReloadRunningError

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
        self._cancelled: ReloadCancelledError | None = None

    def cancel(self, by: str | None) -> bool:
        """Have whoever has the turn end at the next step; tell whether anybody has it."""
        if self.running is None:
            return False
        self._cancelled = ReloadCancelledError(by)
        return True

    def check(self) -> None:
        """Raise ReloadCancelledError where whoever has the turn is to end."""
        if self._cancelled is not None:
            raise self._cancelled

    @contextmanager
    def taken(self, by: str | None, progress: Progress | None = None) -> Iterator[Progress]:
        """Take the turn, and give what notes progress and passes it on; raise ReloadRunningError where it is taken.

        Once it is cancelled, noting raises ReloadCancelledError, and so does the end of a body that failed by that.
        """
        if not self._lock.acquire(blocking=False):
            # Whoever has it may be about to say so, or to give it back.
            running = self.running or Running(by=None, since=datetime.now(UTC))
            raise ReloadRunningError(running.by, running.since, running.stage, running.done, running.total)
        try:
            self._cancelled = None
            begun = self.running = Running(by, datetime.now(UTC))

            def note(stage: str, done: int, total: int) -> None:
                self.running = replace(begun, stage=stage, done=done, total=total)
                self.check()
                if progress is not None:
                    progress(stage, done, total)

            yield note
        except ReloadCancelledError:
            raise
        except Exception as error:
            if self._cancelled is not None:
                raise self._cancelled from error
            raise
        finally:
            self.running = None
            self._lock.release()
