"""Watches over gateway sessions, Discord's REST API and workers: what is lost, silent, failing or stuck for too long.

A resume that the other side swallows looks healthy from below (heartbeats go on being acknowledged), so what
counts here is events: the session is back when one says so.
"""

import asyncio
import math
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from enum import Enum, auto

from bot.workers.threads import Worker

# Identifying waits 5 s a shard, connecting up to 60 s: a session that is slow but well comes back before this.
RECOVERY = 180.0
# A quiet server may have no event for hours. A resume costs nothing, loses nothing, and must bring an event.
SILENCE = 1800.0
# discord.py's own five tries at a request take 25 s.
UNWELL_AFTER = 60.0
# A fresh client may help where the fault is this side's; where it is Discord's, it does no harm by then.
LOST_AFTER = 300.0
# An answer takes milliseconds, and those that wait together less than a second.
STUCK_AFTER = 10.0
_ASK_EVERY = 2.0


class SessionHealth(Enum):
    """The health of all gateway sessions."""

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
        self._heard = self._clock()

    def lost(self, session: int) -> None:
        self._lost.setdefault(session, self._clock())

    def back(self, session: int) -> None:
        self._lost.pop(session, None)

    @property
    def all_back(self) -> bool:
        return not self._lost

    def look(self) -> SessionHealth:
        """Judge the sessions as they are now; a silence is reported once, then counted anew."""
        now = self._clock()
        if any(now - since > RECOVERY for since in self._lost.values()):
            return SessionHealth.LOST
        if now - self._heard > SILENCE:
            self._heard = now
            return SessionHealth.SILENT
        return SessionHealth.WELL


class RestWatch:
    """Keeps since when Discord has taken no request; times are seconds of `clock`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failing_since = math.inf
        self._client_began = clock()
        self._limited_until = -math.inf
        self.clock_ahead = timedelta(0)
        """How far Discord's clock was ahead of this machine's at the last response."""

    def answered(self) -> None:
        """Note that Discord took a request, or said why not."""
        self._failing_since = math.inf

    def failed(self) -> None:
        """Note that a request came to nothing; while Discord takes none, that says nothing."""
        if not self.limit_left:
            self._failing_since = min(self._failing_since, self._clock())

    def limited(self, seconds: float) -> None:
        """Note that Discord takes no request of this bot for so many seconds, whatever its client."""
        self._limited_until = max(self._limited_until, self._clock() + seconds)

    @property
    def limit_left(self) -> float:
        return max(0.0, self._limited_until - self._clock())

    def renewed(self) -> None:
        """Note that a fresh client begins, which has its own time to fail in."""
        self._client_began = self._clock()

    @property
    def is_failing(self) -> bool:
        """Whether the last requests came to nothing."""
        return self._failing_since < math.inf

    @property
    def is_well(self) -> bool:
        """Whether requests are taken, as far as is known."""
        return self._clock() - self._failing_since < UNWELL_AFTER

    @property
    def is_lost(self) -> bool:
        """Whether a fresh client is due."""
        return self._clock() - max(self._failing_since, self._client_began) >= LOST_AFTER


class WorkerWatch:
    """Gives a worker a tiny job every few seconds, and keeps since when one waits; times are seconds of `clock`."""

    def __init__(self, worker: Worker, clock: Callable[[], float] = time.monotonic) -> None:
        self._worker, self._clock = worker, clock
        self._waits_since = math.inf

    async def run(self) -> None:
        while True:
            self._waits_since = self._clock()
            await self._worker.run(int)
            self._waits_since = math.inf
            await asyncio.sleep(_ASK_EVERY)

    @property
    def is_well(self) -> bool:
        """Whether the worker does its work, as far as is known."""
        return self._clock() - self._waits_since < STUCK_AFTER
