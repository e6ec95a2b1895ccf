"""A watch over gateway sessions: each must come back in time after it was lost, and none may fall silent for ever.

A resume that the other side swallows looks healthy from below (heartbeats go on being acknowledged), so what
counts here is events: the session is back when one says so.
"""

import time
from collections.abc import Callable, Iterable
from enum import Enum, auto

# Identifying waits 5 s a shard, connecting up to 60 s: a session that is slow but well comes back before this.
RECOVERY = 180.0
# A quiet server may have no event for hours. A resume costs nothing, loses nothing, and must bring an event.
SILENCE = 1800.0


class Finding(Enum):
    """What the watch found."""

    WELL = auto()
    SILENT = auto()
    LOST = auto()


class SessionWatch:
    """Keeps when each session was lost and when the last event came; times are seconds of `clock`."""

    def __init__(self, sessions: Iterable[int], clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lost = dict.fromkeys(sessions, clock())
        self._heard = clock()

    def heard(self) -> None:
        """Note that an event came."""
        self._heard = self._clock()

    def lost(self, session: int) -> None:
        """Note that a session's connection ended."""
        self._lost.setdefault(session, self._clock())

    def back(self, session: int) -> None:
        """Note that a session began or was resumed."""
        self._lost.pop(session, None)

    @property
    def all_back(self) -> bool:
        """Tell whether every session is in place."""
        return not self._lost

    def look(self) -> Finding:
        """Judge the sessions as they are now; a silence is reported once, then counted anew."""
        now = self._clock()
        if any(now - since > RECOVERY for since in self._lost.values()):
            return Finding.LOST
        if now - self._heard > SILENCE:
            self._heard = now
            return Finding.SILENT
        return Finding.WELL
