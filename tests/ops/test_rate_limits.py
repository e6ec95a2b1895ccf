import asyncio
from collections.abc import Callable

import pytest

from bot.ops.rate_limits import Buckets, Cooldown, FairQueue, RatePass, RateQueue
from tests.ops.clock import Clock

# A token each tenth of a second.
QUICK = 600


def drained(buckets: Buckets, key: int = 1) -> int:
    taken = 0
    while not buckets.wait(key) and taken < 1000:
        buckets.take(key)
        taken += 1
    return taken


@pytest.mark.parametrize("per_minute", [1, 6, 7, 30, 59])
def test_a_bucket_holds_a_minutes_tokens_and_refills_evenly(per_minute: int) -> None:
    clock = Clock()
    buckets = Buckets(per_minute, clock)
    assert drained(buckets) == per_minute
    assert buckets.wait(1) == pytest.approx(60 / per_minute, abs=1e-5)
    clock.now += 60 / per_minute
    assert drained(buckets) == 1
    clock.now += 60
    assert drained(buckets) == per_minute


def test_without_a_limit_nobody_waits() -> None:
    buckets = Buckets(0, Clock())
    assert drained(buckets) == 1000
    assert len(buckets._full_at) == 0


def test_keys_do_not_take_from_each_other() -> None:
    buckets = Buckets(2, Clock())
    assert drained(buckets, 1) == drained(buckets, 2) == 2


def test_a_token_taken_in_vain_is_given_back() -> None:
    buckets = Buckets(1, Clock())
    buckets.take(1)
    buckets.give_back(1)
    assert not buckets.wait(1)


def test_giving_back_what_was_forgotten_meanwhile_adds_nothing() -> None:
    clock = Clock()
    buckets = Buckets(2, clock)
    buckets.take(1)
    clock.now += 60
    buckets.take(2)
    buckets.give_back(1)
    assert drained(buckets) == 2


def test_only_buckets_that_are_not_full_are_kept() -> None:
    clock = Clock()
    buckets = Buckets(6, clock)
    for key in range(500):
        buckets.take(key)
    clock.now += 60
    buckets.take(500)
    assert len(buckets._full_at) == 1


def test_above_the_capacity_the_oldest_are_forgotten() -> None:
    buckets = Buckets(1, Clock(), capacity=3)
    for key in range(5):
        buckets.take(key)
    assert [key for key in range(5) if buckets.wait(key)] == [2, 3, 4]


def test_each_key_has_one_turn_within_its_time() -> None:
    clock = Clock()
    cooldown = Cooldown(clock)
    assert [cooldown.try_start(1, 10), cooldown.try_start(1, 10), cooldown.try_start(2, 10)] == [True, False, True]
    clock.now += 10
    assert cooldown.try_start(1, 10)


def test_what_is_over_is_forgotten() -> None:
    clock = Clock()
    cooldown = Cooldown(clock)
    for key in range(100):
        cooldown.try_start(key, 10)
    clock.now += 10
    cooldown.try_start(100, 10)
    assert len(cooldown._until) == 1


def test_above_the_capacity_the_oldest_cooldowns_are_forgotten() -> None:
    cooldown = Cooldown(Clock(), capacity=2)
    for key in range(3):
        cooldown.try_start(key, 10)
    assert [cooldown.try_start(key, 10) for key in (2, 1, 0)] == [False, False, True]


class Walker:
    """Takes turns and keeps who has one, in order."""

    def __init__(self, line: FairQueue) -> None:
        self.line = line
        self.begun: list[str] = []
        self._ends: dict[str, asyncio.Event] = {}
        self._done: dict[str, Callable[[], None]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def join(self, *names: str) -> None:
        """Join at the place that is the first letter of a name."""
        for name in names:
            self._ends[name] = asyncio.Event()
            self._tasks[name] = asyncio.create_task(self._walk(name))
        await self.settle()

    async def end(self, *names: str) -> None:
        for name in names:
            self._ends[name].set()
        await self.settle()

    async def done(self, name: str) -> None:
        self._done[name]()
        await self.settle()

    async def give_up(self, name: str) -> None:
        self._tasks[name].cancel()
        await self.settle()

    async def _walk(self, name: str) -> None:
        async with self.line.turn(ord(name[0])) as self._done[name]:
            self.begun.append(name)
            await self._ends[name].wait()

    @staticmethod
    async def settle() -> None:
        for _ in range(10):
            await asyncio.sleep(0)


async def test_turns_come_in_order_and_few_at_once() -> None:
    walker = Walker(FairQueue(at_once=2))
    await walker.join("a1", "b1", "c1", "d1")
    assert walker.begun == ["a1", "b1"]
    await walker.end("b1")
    assert walker.begun == ["a1", "b1", "c1"]
    await walker.end("a1", "c1", "d1")
    assert walker.begun == ["a1", "b1", "c1", "d1"]


async def test_a_place_has_one_turn_at_a_time_and_holds_up_no_other() -> None:
    walker = Walker(FairQueue(at_once=2))
    await walker.join("a1", "a2", "a3", "b1")
    assert walker.begun == ["a1", "b1"]
    await walker.end("a1")
    assert walker.begun == ["a1", "b1", "a2"]
    await walker.end("a2", "a3", "b1")


async def test_who_is_done_and_still_sends_leaves_room_for_other_places_alone() -> None:
    walker = Walker(FairQueue(at_once=1))
    await walker.join("a1", "a2", "b1")
    assert (walker.line.waiting, walker.line.at_work) == (2, 1)
    await walker.done("a1")
    assert walker.begun == ["a1", "b1"]
    assert (walker.line.waiting, walker.line.at_work) == (1, 1)
    await walker.end("a1", "b1", "a2")
    assert walker.begun == ["a1", "b1", "a2"]


async def test_the_line_is_full_with_the_longest_number_waiting_and_empties() -> None:
    line = FairQueue(at_once=1, longest=2)
    walker = Walker(line)
    found = []
    for step in (walker.join("a1", "b1"), walker.join("c1"), walker.give_up("b1")):
        await step
        found.append(line.is_full)
    assert found == [False, True, False]
    await walker.end("a1", "c1")
    await walker.join("a2")
    assert walker.begun == ["a1", "c1", "a2"]
    await walker.end("a2")


async def test_a_turn_that_fails_makes_room() -> None:
    walker = Walker(FairQueue(at_once=1))
    await walker.join("a1", "a2")
    await walker.give_up("a1")
    assert walker.begun == ["a1", "a2"]
    await walker.end("a2")


def drain(queue: RateQueue, tokens: int, key: int = 1) -> None:
    for _ in range(tokens):
        queue._buckets.take(key)


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_who_finds_a_token_does_not_wait() -> None:
    entered = RatePass((RateQueue(6, Clock()), 1), (RateQueue(0, Clock()), 2))
    assert entered.seconds == 0
    task = asyncio.create_task(entered.wait())
    await asyncio.sleep(0)
    assert task.done()


def test_each_that_joins_waits_for_its_own_token() -> None:
    queue = RateQueue(6, Clock())
    waits = [RatePass((queue, 1)).seconds for _ in range(9)]
    assert waits == [0, 0, 0, 0, 0, 0, 10, 20, 30]
    assert queue.wait(1, ahead=2) == 60
    assert queue.wait(2) == 0
    assert len(queue) == 9


async def test_those_who_wait_are_let_in_in_the_order_of_coming() -> None:
    queue, order = RateQueue(QUICK), []
    drain(queue, QUICK)

    async def wait(name: str) -> None:
        await RatePass((queue, 1)).wait()
        order.append(name)

    await asyncio.gather(*map(wait, "abc"))
    assert order == ["a", "b", "c"]
    assert len(queue) == 0


async def test_a_token_that_is_given_back_goes_to_the_first_who_waits() -> None:
    queue = RateQueue(1)
    used, first, second = (RatePass((queue, 1)) for _ in range(3))
    await used.wait()
    tasks = [asyncio.create_task(each.wait()) for each in (first, second)]
    await settle()
    used.give_back()
    await settle()
    assert [task.done() for task in tasks] == [True, False]
    tasks[1].cancel()
    await asyncio.wait(tasks)
    assert len(queue) == 0
    first.give_back()
    assert queue.wait(1) == 0


@pytest.mark.parametrize("is_waiting", [True, False])
async def test_who_gives_up_leaves_place_and_tokens(is_waiting: bool) -> None:
    members, channels = RateQueue(2), RateQueue(1)
    await RatePass((channels, 1)).wait()
    entered = RatePass((members, 1), (channels, 1))
    assert entered.seconds == pytest.approx(60, abs=1)
    if is_waiting:
        task = asyncio.create_task(entered.wait())
        await settle()
        task.cancel()
        await asyncio.wait([task])
    entered.give_back()
    entered.give_back()
    assert (len(members), len(channels)) == (0, 0)
    assert members.wait(1, ahead=1) == 0
