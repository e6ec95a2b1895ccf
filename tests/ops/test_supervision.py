import asyncio
import os
import signal
import threading

import pytest

from bot.ops.supervision import (
    LONGEST_PAUSE,
    Backoff,
    InFlight,
    done_before_stop,
    in_background,
    keep_running,
    stop_on_signals,
)
from tests.patience import PATIENCE, waiting_for


class FinalError(Exception):
    pass


def no_pause() -> Backoff:
    class Immediate(Backoff):
        def next_pause(self, lasted: float) -> float:
            return super().next_pause(lasted) * 0

    return Immediate()


def test_pauses_double_up_to_a_longest_and_keep_half_of_their_length() -> None:
    longest, shortest = Backoff(draw=lambda: 1.0), Backoff(draw=lambda: 0.0)
    assert [longest.next_pause(1) for _ in range(4)] == [1, 2, 4, 8]
    assert [shortest.next_pause(1) for _ in range(4)] == [0.5, 1, 2, 4]
    assert [longest.next_pause(1) for _ in range(100)][-1] == LONGEST_PAUSE


def test_a_long_healthy_run_starts_the_pauses_over() -> None:
    backoff = Backoff(draw=lambda: 1.0)
    for _ in range(5):
        backoff.next_pause(1)
    assert backoff.next_pause(3600) == 1


async def test_what_ends_is_started_again_until_the_stop() -> None:
    stop = asyncio.Event()
    attempts: list[None] = []

    async def attempt() -> None:
        attempts.append(None)
        if len(attempts) == 3:
            stop.set()
        if len(attempts) < 3:
            raise AttributeError("the first connection failed")

    await keep_running(attempt, stop=stop, is_final=lambda _: False, backoff=no_pause())
    assert len(attempts) == 3


async def test_a_final_error_is_not_tried_again() -> None:
    async def attempt() -> None:
        raise FinalError

    with pytest.raises(FinalError):
        await keep_running(
            attempt,
            stop=asyncio.Event(),
            is_final=lambda error: isinstance(error, FinalError),
            backoff=no_pause(),
        )


@pytest.mark.parametrize("error", [ConnectionResetError("cut\noff"), AttributeError("nobody expects this")])
async def test_a_failure_is_one_line_and_has_a_traceback_only_where_nobody_expects_it(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    stop = asyncio.Event()

    async def attempt() -> None:
        if stop.is_set() or caplog.records:
            stop.set()
            return
        raise error

    await keep_running(
        attempt,
        stop=stop,
        is_final=lambda _: False,
        is_expected=lambda error: isinstance(error, OSError),
        backoff=no_pause(),
    )
    [record] = caplog.records
    said = " ".join(str(error).split())
    assert record.getMessage() == f"The session ended by {type(error).__name__}: {said}; the next begins in 0.0 s"
    assert bool(record.exc_info) == isinstance(error, AttributeError)


async def test_a_stop_cuts_the_pause_short() -> None:
    stop = asyncio.Event()

    async def attempt() -> None:
        asyncio.get_running_loop().call_later(0.05, stop.set)

    class Endless(Backoff):
        def next_pause(self, lasted: float) -> float:
            return super().next_pause(lasted) + 10 * PATIENCE

    async with waiting_for("the end of a pause"):
        await keep_running(attempt, stop=stop, is_final=lambda _: False, backoff=Endless())


async def test_work_is_done_before_a_stop_or_raises_or_is_cancelled() -> None:
    stop, go = asyncio.Event(), threading.Event()
    assert await done_before_stop(lambda: None, stop, go.set)
    with pytest.raises(ZeroDivisionError):
        await done_before_stop(lambda: 1 // 0, stop, go.set)
    assert not go.is_set()
    asyncio.get_running_loop().call_later(0.05, stop.set)
    async with waiting_for("a stop before the work is done"):
        assert not await done_before_stop(go.wait, stop, go.set)
    assert go.is_set()
    assert not await done_before_stop(lambda: None, stop, go.set)


async def test_a_stop_leaves_work_behind_that_does_not_end() -> None:
    stop, go = asyncio.Event(), threading.Event()
    stop.set()
    async with waiting_for("a stop that leaves the work behind"):
        assert not await done_before_stop(go.wait, stop, lambda: None)
    go.set()


async def test_what_fails_in_the_background_is_named(caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        raise ZeroDivisionError

    async def last() -> None:
        await asyncio.Event().wait()

    async with in_background(fail(), "Nothing is divided any more"), in_background(last(), "It lasts no more"):
        await asyncio.sleep(0)
    assert [record.getMessage() for record in caplog.records] == ["Nothing is divided any more"]


async def test_signals_ask_for_a_stop() -> None:
    stop = asyncio.Event()
    stop_on_signals(stop)
    os.kill(os.getpid(), signal.SIGTERM)
    async with waiting_for("the signal"):
        await stop.wait()
    asyncio.get_running_loop().remove_signal_handler(signal.SIGINT)


async def test_draining_waits_for_what_runs() -> None:
    in_flight, go = InFlight(), asyncio.Event()
    assert await in_flight.drain(0)

    async def work() -> None:
        with in_flight.track():
            await go.wait()

    tasks = [asyncio.create_task(work()) for _ in range(3)]
    await asyncio.sleep(0)
    assert not await in_flight.drain(0.01)
    go.set()
    assert await in_flight.drain(PATIENCE)
    await asyncio.gather(*tasks)
