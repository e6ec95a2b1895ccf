"""What is done at most once in a while for each key."""

import time
from collections import OrderedDict
from collections.abc import Callable


class Once:
    """Notes until when each key has had its share; the oldest are forgotten above the capacity."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, capacity: int = 4096) -> None:
        self._until: OrderedDict[int, float] = OrderedDict()
        self._clock = clock
        self._capacity = capacity

    def __len__(self) -> int:
        return len(self._until)

    def first(self, key: int, seconds: float) -> bool:
        """Tell whether a key has its turn; then it has no other one for as many seconds."""
        now = self._clock()
        if self._until.get(key, now) > now:
            return False
        self._until[key] = now + seconds
        self._until.move_to_end(key)
        while len(self._until) > self._capacity or next(iter(self._until.values())) <= now:
            self._until.popitem(last=False)
        return True
