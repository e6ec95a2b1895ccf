"""Hold the time limits of an interaction, and a clock that a test may push forward."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Deadlines:
    """Say how long, in seconds, an interaction may wait for its callback and its token stays valid."""

    acknowledgement: float = 3.0
    token: float = 15 * 60.0


def _still() -> float:
    return 0.0


class Clock:
    """Measure the age of interactions: it stands still until it is pushed, or goes by another clock.

    On a busy machine three seconds pass between two steps of a bot that is in no way slow.
    """

    def __init__(self, follows: Callable[[], float] = _still) -> None:
        self._follows = follows
        self._pushed = 0.0

    def now(self) -> float:
        """Return the present in seconds."""
        return self._follows() + self._pushed

    def advance(self, seconds: float) -> None:
        """Make everything that is open `seconds` older."""
        self._pushed += seconds
