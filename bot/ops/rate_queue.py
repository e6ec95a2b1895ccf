"""Turns at a rate: who comes while the bucket of a key is empty waits for its next token, in the order of coming."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from weakref import WeakValueDictionary

from bot.ops.buckets import Buckets


class RateQueue:
    """A queue for each key, in front of its bucket of `per_minute` tokens; with none, nobody ever waits."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._buckets = Buckets(per_minute, clock)
        self._queued: Counter[int] = Counter()
        # A key's lock lives as long as somebody waits there.
        self._first: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._given_back: dict[int, asyncio.Event] = {}

    def __len__(self) -> int:
        return self._queued.total()

    def wait(self, key: int, ahead: int = 0) -> float:
        """Return the seconds until whoever joins now has a token, with so many more ahead than are queued."""
        return self._buckets.wait(key, self._queued[key] + ahead)

    def join(self, key: int) -> None:
        """Take the last place in the queue of a key."""
        self._queued[key] += 1

    def leave(self, key: int) -> None:
        """Give up a place in the queue of a key."""
        self._queued[key] -= 1
        if not self._queued[key]:
            del self._queued[key]

    async def take(self, key: int) -> None:
        """Wait for a token, having joined, and take it; no longer in the queue thereafter, whatever comes of it."""
        first = self._first.setdefault(key, asyncio.Lock())
        try:
            async with first:
                while seconds := self._buckets.wait(key):
                    await self._sleep(key, seconds)
                self._buckets.take(key)
        finally:
            self.leave(key)

    def give_back(self, key: int) -> None:
        """Put a token back that was taken in vain, for the first in the queue."""
        self._buckets.give_back(key)
        if given_back := self._given_back.get(key):
            given_back.set()

    async def _sleep(self, key: int, seconds: float) -> None:
        """Wait for some seconds, or until a token is given back."""
        given_back = self._given_back[key] = asyncio.Event()
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(given_back.wait(), seconds)
        finally:
            del self._given_back[key]


class RatePass:
    """The places of one request in several queues, and the tokens that it has had of them so far.

    `seconds` is how long it was to wait when it joined.
    """

    def __init__(self, *queues: tuple[RateQueue, int]) -> None:
        self.seconds = max((queue.wait(key) for queue, key in queues), default=0.0)
        self._ahead = list(queues)
        self._taken: list[tuple[RateQueue, int]] = []
        for queue, key in queues:
            queue.join(key)

    async def wait(self) -> None:
        """Take a token in one queue after the other."""
        while self._ahead:
            queue, key = self._ahead.pop(0)
            await queue.take(key)
            self._taken.append((queue, key))

    def give_back(self) -> None:
        """Give up the places, and give the tokens back."""
        places, tokens = self._ahead, self._taken
        self._ahead, self._taken = [], []
        for queue, key in places:
            queue.leave(key)
        for queue, key in tokens:
            queue.give_back(key)
