"""How long a test waits for what must come, and what it says where that never does.

A wait ends when its event comes. Its time-out only ends what hangs: it takes minutes, and more of them on a machine
that is slow or busy when the tests begin. Each wait names what it waits for.
"""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

# How long a wait is on an idle machine, and how many times longer at most elsewhere.
_IDLE_SECONDS = 300.0
_MOST_SLOWNESS = 10.0
# A fixed work and the seconds that it takes on an idle core of 2026.
_STEPS, _STEPS_TAKE = 200_000, 0.03
_LOOK_EVERY = 0.02


def slowness() -> float:
    """Return how many times longer work takes here and now than on an idle machine, from 1 to 10."""
    began = time.perf_counter()
    value = 0
    for step in range(_STEPS):
        value = (value * 31 + step) % 1_000_003
    took = (time.perf_counter() - began) / _STEPS_TAKE
    # What queues for each core; a work as short as this one may find a core free by luck.
    queued = os.getloadavg()[0] / (os.cpu_count() or 1)
    return min(max(1.0, took, queued), _MOST_SLOWNESS)


PATIENCE = _IDLE_SECONDS * slowness()


def in_vain(what: str, seconds: float = PATIENCE) -> TimeoutError:
    """Make the error of a wait that has run out."""
    return TimeoutError(f"{what}: not within {seconds:.0f} s")


@asynccontextmanager
async def waiting_for(what: str) -> AsyncIterator[None]:
    """End what waits in this block where it hangs.

    Raises:
        TimeoutError: it does; the message names what was waited for.
    """
    try:
        async with asyncio.timeout(PATIENCE) as limit:
            yield
    except TimeoutError as error:
        if limit.expired():
            raise in_vain(what) from error
        raise


async def eventually(holds: Callable[[], object], what: str) -> None:
    """Wait until something holds that nobody tells of.

    Raises:
        TimeoutError: it never does.
    """
    async with waiting_for(what):
        while not holds():  # noqa: ASYNC110 (nobody tells of it)
            await asyncio.sleep(_LOOK_EVERY)


def wait_until(holds: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
    """Wait in the same way where there is no loop."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            raise in_vain(what, seconds)
        time.sleep(_LOOK_EVERY)
