"""Work in flight, and work in threads of its own."""

import asyncio
import threading

import pytest

from bot.ops.inflight import InFlight
from bot.ops.threads import in_daemon_thread


async def test_draining_waits_for_what_runs() -> None:
    in_flight = InFlight()
    assert await in_flight.drain(0)

    async def work() -> None:
        with in_flight.one():
            await asyncio.sleep(0.05)

    tasks = [asyncio.create_task(work()) for _ in range(3)]
    await asyncio.sleep(0)
    assert not await in_flight.drain(0.01)
    assert await in_flight.drain(1)
    await asyncio.gather(*tasks)


async def test_a_thread_gives_its_result_or_its_error() -> None:
    assert await in_daemon_thread(lambda: threading.current_thread().daemon)
    with pytest.raises(ZeroDivisionError):
        await in_daemon_thread(lambda: 1 // 0)


async def test_waiting_for_a_thread_can_be_given_up() -> None:
    release = threading.Event()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(in_daemon_thread(release.wait), 0.01)
    release.set()
    await asyncio.sleep(0.05)
