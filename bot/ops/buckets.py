"""Fair turns: a bucket of tokens for each key, refilled evenly over a minute."""

import time
from collections import OrderedDict
from collections.abc import Callable

_MINUTE = 60.0
# More keys than ask within a minute; a full bucket is forgotten anyhow.
_CAPACITY = 10_000


class Buckets:
    """Token buckets of `per_minute` each; with none, nobody ever waits.

    Kept of a bucket is only the time at which it will be full again: each token taken puts that off by its share of
    a minute, and a bucket that is full needs no keeping.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic, capacity: int = _CAPACITY) -> None:
        self._refill = _MINUTE / per_minute if per_minute else 0.0
        self._clock = clock
        self._capacity = capacity
        self._full_at: OrderedDict[int, float] = OrderedDict()

    def __len__(self) -> int:
        return len(self._full_at)

    def wait(self, key: int, ahead: int = 0) -> float:
        """Return the seconds until the bucket of a key has a token and so many more `ahead`, 0 where it has them."""
        if not self._refill:
            return 0.0
        until_full = max(0.0, self._full_at.get(key, 0.0) - self._clock())
        # Sums of shares come to a minute up to their rounding.
        return max(0.0, round(until_full + (1 + ahead) * self._refill - _MINUTE, 6))

    def take(self, key: int) -> None:
        """Take a token out of the bucket of a key."""
        if not self._refill:
            return
        now = self._clock()
        self._full_at[key] = max(self._full_at.get(key, now), now) + self._refill
        self._full_at.move_to_end(key)
        while len(self._full_at) > self._capacity or next(iter(self._full_at.values())) <= now:
            self._full_at.popitem(last=False)

    def give_back(self, key: int) -> None:
        """Put a token back that was taken in vain."""
        if key in self._full_at:
            self._full_at[key] -= self._refill
