"""What is being answered right now, so that a stop can wait for it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class InFlight:
    """A count of the work that has begun and not ended."""

    def __init__(self) -> None:
        self._count = 0
        self._idle = asyncio.Event()
        self._idle.set()

    @contextmanager
    def one(self) -> Iterator[None]:
        """Count the body as work in flight."""
        self._count += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._count -= 1
            if not self._count:
                self._idle.set()

    async def drain(self, within: float) -> bool:
        """Wait until nothing is in flight, at most this many seconds; tell whether it came to that."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), within)
        return self._idle.is_set()
