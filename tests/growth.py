"""How fast the time that a work takes grows with what it works on, so that no test asserts a time."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

# Twice as much takes twice as long, a little more with a logarithm or beyond the caches; by its square, four times.
_TOO_FAST, _DOUBTFUL = 3.0, 2.0
_TRIES = 4
# What takes so many times as long for each part of its size as it once did is judged before it takes hours.
_RUNS_AWAY = 7.5
# Below what counting so far takes here, a time is that of the clock and of the machine's memory, not of the work.
_SHORTEST = 10_000


def grows_too_fast(
    work: Callable[[T], object],
    make: Callable[[int], T],
    *,
    first: int,
    last: int,
    clock: Callable[[], float] = time.thread_time,
) -> bool:
    """Tell whether work takes more than three times as long for twice the size, up to the largest size.

    The size doubles from `first` to `last`: what grows faster only up to some bound is let pass. Nothing but times of
    this machine and moment is compared. The clock is that of this thread alone; whatever else the machine does makes
    single measures longer, so the shortest of several count, and they are taken anew before work is said to grow too
    fast.
    """

    def seconds(made: T) -> float:
        began = clock()
        work(made)
        return clock() - began

    def is_too_fast(small: T, large: T) -> bool:
        # In turn, so that what slows the machine for a while slows both.
        pairs = [(seconds(small), seconds(large)) for _ in range(_TRIES)]
        shorter, longer = min(one for one, _ in pairs), min(other for _, other in pairs)
        return longer > max(_TOO_FAST * shorter, _shortest(clock))

    size, took = first, seconds(make(first))
    least = took / size
    while (larger := 2 * size) <= last:
        took_before, took = took, seconds(make(larger))
        is_judged = 2 * larger > last or took > _RUNS_AWAY * least * larger
        is_doubtful = is_judged and took > _DOUBTFUL * took_before
        if is_doubtful and all(is_too_fast(make(size), make(larger)) for _ in range(2)):
            return True
        size, least = larger, min(least, took / larger)
    return False


def _shortest(clock: Callable[[], float]) -> float:
    """Return how long it takes to count to a fixed number."""
    began = clock()
    for _ in range(_SHORTEST):
        pass
    return clock() - began
