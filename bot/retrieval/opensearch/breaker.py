"""A circuit breaker before the search cluster."""

import threading
import time
from collections.abc import Callable


class Breaker:
    """Stops asking a cluster that failed several times in a row, but for one request now and then.

    Who asks meanwhile hears at once that it is away, rather than after all time-outs.
    """

    def __init__(self, failures: int = 5, seconds: float = 5.0, clock: Callable[[], float] = time.monotonic) -> None:
        """Stop after so many failures in a row, and let a request through every so many seconds."""
        self._most, self._seconds, self._clock = failures, seconds, clock
        self._failures, self._next = 0, 0.0
        self._lock = threading.Lock()

    @property
    def is_open(self) -> bool:
        """Whether requests are held up."""
        return self._failures >= self._most

    def may_ask(self) -> bool:
        """Tell whether a request may go out now: always, or where the last ones failed, once in a while."""
        with self._lock:
            if self._failures < self._most:
                return True
            now = self._clock()
            if now < self._next:
                return False
            self._next = now + self._seconds
            return True

    def note(self, *, is_there: bool) -> bool:
        """Note how a request went; tell whether this opened or closed the breaker."""
        with self._lock:
            was_open = self.is_open
            self._failures = 0 if is_there else self._failures + 1
            if self.is_open and not was_open:
                self._next = self._clock() + self._seconds
            return self.is_open != was_open
