import asyncio

import pytest

from bot.ops.rate_queue import RatePass, RateQueue
from tests.ops.clock import Clock

# A token each tenth of a second.
QUICK = 600


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
