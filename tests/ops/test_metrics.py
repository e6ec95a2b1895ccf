import asyncio
import threading
import time
from pathlib import Path

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ops.health import Health, health_server
from bot.ops.metrics import Metrics, ProcessState, RecentMaximum, resident_bytes, watch_loop
from bot.records import Fault, RecordsState
from tests.load.gauges import Reading
from tests.ops.clock import Clock
from tests.patience import eventually


def reading(metrics: Metrics) -> Reading:
    return Reading.parse(metrics.text().decode())


def test_what_happens_is_counted_by_its_kind() -> None:
    metrics = Metrics()
    metrics.note_outcome(None)
    metrics.note_outcome("off_topic")
    metrics.note_outcome("off_topic")
    metrics.declined.labels("member").inc()
    found = reading(metrics)
    assert found.sum("isnad_answers_total") == 1
    assert found.sum("isnad_refusals_total", reason="off_topic") == 2
    assert found.sum("isnad_declined_total", limit="member") == 1


async def test_how_late_the_loop_was_is_counted_and_the_longest_kept() -> None:
    metrics = Metrics()
    metrics.watch_state(lambda: ProcessState(True, 0, 0))
    for lag in (0.0004, 0.03, 0.2):
        metrics.note_lag(lag)
    found = reading(metrics)
    assert found.buckets("isnad_loop_lag_seconds")[0.05] == 2
    assert found.sum("isnad_loop_lag_longest_seconds") == pytest.approx(0.2)


async def test_how_things_stand_is_looked_at_when_it_is_read() -> None:
    state = ProcessState(True, 3, 4, "abc", 10, 20, sources_ill=2, outlets_stale=1)
    metrics, states = Metrics(), [ProcessState(False, 0, 0), state]
    metrics.watch_state(lambda: states.pop(0))
    before, after = reading(metrics), reading(metrics)
    assert before.sum("isnad_gateway_connected") == 0
    assert before.sum("isnad_edition_info") == 0
    assert after.sum("isnad_gateway_connected") == 1
    assert after.sum("isnad_edition_info", fingerprint="abc") == 1
    names = ("isnad_questions", "isnad_articles", "isnad_passages", "isnad_sources_ill", "isnad_outlets_stale")
    assert [after.sum(name) for name in names] == [7, 10, 20, 2, 1]
    assert after.sum("isnad_questions", state="waiting") == 3


async def test_tasks_of_the_loop_are_counted() -> None:
    metrics = Metrics()
    metrics.watch_state(lambda: ProcessState(True, 0, 0))
    before = reading(metrics).sum("isnad_tasks")
    task = asyncio.create_task(asyncio.sleep(60))
    assert reading(metrics).sum("isnad_tasks") == before + 1
    task.cancel()


async def test_threads_are_counted() -> None:
    metrics, end = Metrics(), threading.Event()
    metrics.watch_state(lambda: ProcessState(True, 0, 0))
    before = reading(metrics).sum("isnad_threads")
    thread = threading.Thread(target=end.wait)
    thread.start()
    assert reading(metrics).sum("isnad_threads") == before + 1
    end.set()
    thread.join()
    assert reading(metrics).sum("isnad_threads") == before


async def test_the_records_are_watched() -> None:
    metrics = Metrics()
    states = [RecordsState("SQLite", None, 0, 0), RecordsState("SQLite", Fault.BUSY, 5, 2)]
    metrics.watch_state(lambda: ProcessState(True, 0, 0, records=states.pop(0)))
    there, away = reading(metrics), reading(metrics)
    assert [found.sum("isnad_records_away") for found in (there, away)] == [0, 1]
    assert away.sum("isnad_records_changes", state="waiting") == 5
    assert away.sum("isnad_records_changes", state="dropped") == 2


async def test_metrics_are_served_beside_health(unused_tcp_port: int) -> None:
    async with (
        health_server(unused_tcp_port, lambda: Health(True, "abc", True), Metrics()),
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{unused_tcp_port}/metrics") as response,
    ):
        assert response.status == 200
        assert response.content_type == "text/plain"
        assert Reading.parse(await response.text()).sum("isnad_answers_total") == 0


async def test_a_loop_that_is_held_up_is_late() -> None:
    lags: list[float] = []
    task = asyncio.create_task(watch_loop(lags.append, every=0.001))
    await eventually(lambda: lags, "a look at the clock")
    time.sleep(0.05)  # noqa: ASYNC251 (this is what holds it up)
    await eventually(lambda: max(lags) > 0.04, "a look that is late")
    task.cancel()
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


def test_memory_is_told_apart_by_its_backing(tmp_path: Path) -> None:
    status = tmp_path / "status"
    status.write_text("Name:\tpython\nVmRSS:\t   80 kB\nRssAnon:\t   50 kB\nRssFile:\t   30 kB\nRssShmem:\t    0 kB\n")
    assert resident_bytes(status) == {"anonymous": 50 * 1024, "file": 30 * 1024}


def test_where_there_is_no_such_file_nothing_is_told(tmp_path: Path) -> None:
    assert resident_bytes(tmp_path / "status") == {}
