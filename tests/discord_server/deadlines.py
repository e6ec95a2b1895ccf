"""Hold the time limits of an interaction, and a clock that a test may push forward."""

import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Deadlines:
    """Say how long, in seconds, an interaction may wait for its callback and its token stays valid."""

    acknowledgement: float = 3.0
    token: float = 15 * 60.0


class Clock:
    """Measure the age of interactions, without anybody having to wait."""

    def __init__(self) -> None:
        self._pushed = 0.0

    def now(self) -> float:
        """Return the present in seconds."""
        return time.monotonic() + self._pushed

    def advance(self, seconds: float) -> None:
        """Make everything that is open `seconds` older."""
        self._pushed += seconds
