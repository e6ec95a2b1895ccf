"""The line in which work waits for its turn when there is much of it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from weakref import WeakValueDictionary


class Line:
    """Turns in the order of coming: one at a time in a place, and few at once in all places together.

    A place where sending is slow holds up itself alone: with `done`, a turn leaves the few and keeps its place.
    `waiting` and `at_work` say how many there are of both.
    """

    def __init__(self, at_once: int = 4, longest: int = 200) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._longest = longest
        # A place's lock lives as long as somebody stands there.
        self._places: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self.waiting = self.at_work = 0

    @property
    def is_full(self) -> bool:
        """Tell whether nobody should join the line any more."""
        return self.waiting >= self._longest

    @asynccontextmanager
    async def turn(self, place: int) -> AsyncIterator[Callable[[], None]]:
        """Wait for a turn in a place, and give `done`."""
        lock = self._places.setdefault(place, asyncio.Lock())
        with ExitStack() as waiting, ExitStack() as working:
            self.waiting += 1
            waiting.callback(self._leave)
            async with lock:
                await self._free.acquire()
                working.callback(self._make_room)
                self.at_work += 1
                waiting.close()
                yield working.close

    def _leave(self) -> None:
        self.waiting -= 1

    def _make_room(self) -> None:
        self.at_work -= 1
        self._free.release()
