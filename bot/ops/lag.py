"""How late the event loop comes to a timer: what keeps it from one keeps it from every question and heartbeat."""

import asyncio
import time
from collections import deque
from collections.abc import Callable

# A block of the loop counts as up to this much shorter than it was.
_EVERY = 0.01
_MINUTE = 60


async def watch_loop(note: Callable[[float], None], every: float = _EVERY) -> None:
    """Set one timer after the other, and give `note` the seconds by which the loop was late for each."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + every
        await asyncio.sleep(every)
        note(max(0.0, loop.time() - due))


class RecentMaximum:
    """The largest of the values of the last seconds, 0 where there were none."""

    def __init__(self, seconds: int = _MINUTE, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        # One for each second in which there was a value.
        self._largest: deque[tuple[int, float]] = deque(maxlen=seconds)

    def add(self, value: float) -> None:
        """Take in a value."""
        now = int(self._clock())
        if self._largest and self._largest[-1][0] == now:
            value = max(value, self._largest.pop()[1])
        self._largest.append((now, value))

    @property
    def value(self) -> float:
        """The largest."""
        oldest = int(self._clock()) - (self._largest.maxlen or 0)
        return max((value for second, value in self._largest if second > oldest), default=0.0)
