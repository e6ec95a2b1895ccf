"""Make the ids of Discord: a time in milliseconds, then a counter."""

import itertools
import time

EPOCH_MILLISECONDS = 1_420_070_400_000
_COUNTER_BITS = 22


class Snowflakes:
    """Give out ids that rise with time and never repeat."""

    def __init__(self) -> None:
        self._counter = itertools.count()
        self._latest_moment = 0
        self.ahead = 0.0
        """How many seconds Discord's clock is ahead of this machine's."""

    @property
    def now(self) -> float:
        """The present by Discord's clock, in seconds since 1970."""
        return time.time() + self.ahead

    def next(self) -> int:
        """Return a new id, stamped with the present."""
        # Ids order a channel's messages, so a clock that steps back must not make them fall.
        self._latest_moment = max(self._latest_moment, int(self.now * 1000) - EPOCH_MILLISECONDS)
        return (self._latest_moment << _COUNTER_BITS) | (next(self._counter) % (1 << _COUNTER_BITS))
