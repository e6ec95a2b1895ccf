"""A watch over Discord's REST API: a bot that hears questions and cannot write is of no use, however well it looks."""

import math
import time
from collections.abc import Callable

# discord.py's own five tries at a request take 25 s.
UNWELL_AFTER = 60.0
# A fresh client may help where the fault is this side's; where it is Discord's, it does no harm by then.
LOST_AFTER = 300.0


class RestWatch:
    """Keeps since when Discord has taken no request; times are seconds of `clock`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failing_since = math.inf
        self._client_began = clock()

    def answered(self) -> None:
        """Note that Discord took a request, or said why not."""
        self._failing_since = math.inf

    def failed(self) -> None:
        """Note that a request came to nothing."""
        self._failing_since = min(self._failing_since, self._clock())

    def renewed(self) -> None:
        """Note that a fresh client begins, which has its own time to fail in."""
        self._client_began = self._clock()

    @property
    def is_failing(self) -> bool:
        """Tell whether the last requests came to nothing."""
        return self._failing_since < math.inf

    @property
    def is_well(self) -> bool:
        """Tell whether requests are taken, as far as is known."""
        return self._clock() - self._failing_since < UNWELL_AFTER

    @property
    def is_lost(self) -> bool:
        """Tell whether a fresh client is due."""
        return self._clock() - max(self._failing_since, self._client_began) >= LOST_AFTER
