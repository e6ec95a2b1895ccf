import asyncio
import time

from hypothesis import given
from hypothesis import strategies as st

from bot.ops.lag import RecentMaximum, watch_loop
from tests.ops.clock import Clock


async def test_a_loop_that_is_held_up_is_late() -> None:
    lags: list[float] = []
    task = asyncio.create_task(watch_loop(lags.append, every=0.001))
    await asyncio.sleep(0.01)
    time.sleep(0.05)  # noqa: ASYNC251 (this is what holds it up)
    await asyncio.sleep(0.01)
    task.cancel()
    assert max(lags) > 0.04
    assert min(lags) >= 0


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(0, 10))), st.integers(1, 6), st.integers(0, 8))
def test_the_largest_of_the_last_seconds(steps: list[tuple[int, float]], span: int, rest: int) -> None:
    clock = Clock()
    maximum = RecentMaximum(span, clock)
    added = []
    for pause, value in steps:
        clock.now += pause
        maximum.add(value)
        added.append((clock.now, value))
    clock.now += rest
    assert maximum.value == max((value for at, value in added if at > clock.now - span), default=0.0)
