"""Rate limits: token buckets, cooldowns, a fair queue of turns, and queues in front of the buckets."""

import asyncio
import math
import time
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager, suppress
from weakref import WeakValueDictionary

from cachetools import TLRUCache

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
        self._full_at: TLRUCache[int, float] = TLRUCache(capacity, lambda _, full_at, __: full_at, clock)

    def wait(self, key: int, ahead: int = 0) -> float:
        """Return the seconds until the bucket of a key has a token and so many more `ahead`, 0 where it has them."""
        if not self._refill:
            return 0.0
        until_full = max(0.0, self._full_at.get(key, 0.0) - self._clock())
        # Sums of shares come to a minute up to their rounding.
        return max(0.0, round(until_full + (1 + ahead) * self._refill - _MINUTE, 6))

    def take(self, key: int) -> None:
        if not self._refill:
            return
        self._full_at[key] = self._full_at.get(key, self._clock()) + self._refill

    def give_back(self, key: int) -> None:
        """Put a token back that was taken in vain."""
        if full_at := self._full_at.pop(key, 0.0):
            self._full_at[key] = full_at - self._refill


class Cooldown:
    """A cooldown for each key; above the capacity the oldest are forgotten."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, capacity: int = 4096) -> None:
        # The value of a key is the time at which its cooldown ends.
        self._until: TLRUCache[int, float] = TLRUCache(capacity, lambda _, until, __: until, clock)
        self._clock = clock

    def try_start(self, key: int, seconds: float) -> bool:
        """Start the cooldown of a key, for so many seconds; return False where one is still running."""
        if key in self._until:
            return False
        self._until[key] = self._clock() + seconds
        return True


class FairQueue:
    """A first-come queue: one turn at a time in each channel, and `at_once` turns in all channels together.

    A channel where sending is slow holds up only itself: calling `done` frees the slot among all, and keeps that of the
    channel. `waiting` and `at_work` count the turns.
    """

    def __init__(self, at_once: int = 4, longest: int = 200) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._longest = longest
        # A channel's lock lives as long as anybody waits for it.
        self._channels: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self.waiting = self.at_work = 0

    @property
    def is_full(self) -> bool:
        """Whether the queue is as long as it may be."""
        return self.waiting >= self._longest

    @asynccontextmanager
    async def turn(self, channel: int) -> AsyncIterator[Callable[[], None]]:
        """Wait for a turn in a channel; yield `done`, which frees the slot among all channels."""
        lock = self._channels.setdefault(channel, asyncio.Lock())
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


class RateQueue:
    """A queue for each key, in front of its bucket of `per_minute` tokens; with none, nobody ever waits."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._buckets = Buckets(per_minute, clock)
        self._queued: Counter[int] = Counter()
        # A key's lock lives as long as a request waits there.
        self._first: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._given_back: dict[int, asyncio.Event] = {}

    def __len__(self) -> int:
        return self._queued.total()

    def wait(self, key: int, ahead: int = 0) -> float:
        """Return the seconds until a request that joins now has a token, with so many more ahead than are queued."""
        return self._buckets.wait(key, self._queued[key] + ahead)

    def join(self, key: int) -> None:
        self._queued[key] += 1

    def leave(self, key: int) -> None:
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


class Reservations:
    """Times at which askers were told to come back to a channel, where they are then answered at once or soon.

    Later askers are admitted only as far as these reservations can be kept.
    """

    def __init__(self, patience: float, clock: Callable[[], float]) -> None:
        """Keep each for so many seconds before and after its time."""
        self._patience, self._clock = patience, clock
        self._due: dict[int, OrderedDict[int, float]] = {}

    def reserve(self, place: int, asker: int, seconds: float) -> float:
        """Reserve a turn for an asker in so many seconds, unless one is reserved; return the seconds until then."""
        # Nobody may ever ask again in a channel that was crowded once, as in threads.
        for other in [*self._due]:
            self.still_open(other)
        due = self._due.setdefault(place, OrderedDict()).setdefault(asker, self._clock() + seconds)
        return due - self._clock()

    def redeem(self, place: int, asker: int) -> bool:
        """Use up an asker's reservation if it is due; return whether it was."""
        promised = self.still_open(place)
        is_due = promised.get(asker, math.inf) - self._patience <= self._clock()
        if is_due:
            del promised[asker]
        return is_due

    def still_open(self, place: int) -> OrderedDict[int, float]:
        promised = self._due.get(place, OrderedDict())
        while promised and next(iter(promised.values())) < self._clock() - self._patience:
            promised.popitem(last=False)
        if not promised:
            self._due.pop(place, None)
        return promised
