import asyncio
import threading

import pytest

from bot.ops.watchdog import (
    LOST_AFTER,
    RECOVERY,
    SILENCE,
    STUCK_AFTER,
    UNWELL_AFTER,
    RestWatch,
    SessionHealth,
    SessionWatch,
    WorkerWatch,
)
from bot.workers.threads import Worker
from tests.ops.clock import Clock
from tests.patience import waiting_for


def test_sessions_that_come_back_in_time_are_well() -> None:
    watch = SessionWatch([0, 1], clock := Clock(0.0))
    clock.now = RECOVERY - 1
    watch.back(0)
    watch.back(1)
    clock.now = RECOVERY + 1
    assert watch.look() is SessionHealth.WELL


def test_all_sessions_count() -> None:
    watch = SessionWatch([0, 1])
    states = [watch.all_back]
    for change in (watch.back, watch.lost):
        for session in (0, 1):
            change(session)
            states.append(watch.all_back)
    assert states == [False, False, True, False, False]


def test_a_session_that_never_begins_is_lost() -> None:
    watch = SessionWatch([0, 1], clock := Clock(0.0))
    watch.back(0)
    clock.now = RECOVERY + 1
    assert watch.look() is SessionHealth.LOST


def test_a_swallowed_resume_is_lost_although_other_events_arrive() -> None:
    watch = SessionWatch([0], clock := Clock(0.0))
    watch.back(0)
    clock.now = 1000
    watch.lost(0)
    clock.now = 1000 + RECOVERY / 2
    watch.lost(0)  # a second try does not start the time over
    watch.heard()
    clock.now = 1000 + RECOVERY + 1
    assert watch.look() is SessionHealth.LOST


def test_a_long_silence_is_reported_once() -> None:
    watch = SessionWatch([0], clock := Clock(0.0))
    watch.back(0)
    clock.now = SILENCE - 1
    watch.heard()
    clock.now = SILENCE + 1
    assert watch.look() is SessionHealth.WELL
    clock.now = 2 * SILENCE + 1
    assert watch.look() is SessionHealth.SILENT
    assert watch.look() is SessionHealth.WELL


def test_a_watch_that_has_seen_nothing_fail_is_well_for_ever() -> None:
    watch = RestWatch(clock := Clock())
    clock.now += 10 * LOST_AFTER
    assert watch.is_well
    assert not watch.is_failing
    assert not watch.is_lost


def test_failures_count_from_the_first_until_an_answer_comes() -> None:
    watch = RestWatch(clock := Clock())
    found = []
    for seconds in (0.0, UNWELL_AFTER - 1, 1.0, LOST_AFTER - UNWELL_AFTER):
        clock.now += seconds
        watch.failed()
        found.append((watch.is_failing, watch.is_well, watch.is_lost))
    assert found == [(True, True, False), (True, True, False), (True, False, False), (True, False, True)]
    watch.answered()
    found.append((watch.is_failing, watch.is_well, watch.is_lost))
    assert found[-1] == (False, True, False)


def test_what_fails_while_discord_takes_nothing_says_nothing() -> None:
    watch = RestWatch(clock := Clock())
    watch.limited(LOST_AFTER)
    watch.limited(1)
    watch.failed()
    assert watch.limit_left == LOST_AFTER
    clock.now += LOST_AFTER
    assert not watch.is_failing
    assert not watch.limit_left
    watch.failed()
    assert watch.is_failing


def test_a_fresh_client_has_time_of_its_own_and_is_well_no_sooner() -> None:
    watch = RestWatch(clock := Clock())
    watch.failed()
    clock.now += LOST_AFTER
    watch.renewed()
    assert (watch.is_well, watch.is_lost) == (False, False)
    clock.now += LOST_AFTER
    assert watch.is_lost


async def test_a_worker_that_is_stuck_is_not_well_until_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.ops.watchdog._ASK_EVERY", 0.01)
    worker, clock, go = Worker(), Clock(0.0), threading.Event()
    watch = WorkerWatch(worker, clock)
    watching = asyncio.create_task(watch.run())
    for stuck in (False, True, False):
        go.clear()
        if stuck:
            worker.begin(go.wait)
        async with waiting_for("a watch that finds the worker " + ("stuck" if stuck else "well")):
            # A job may be on its way whenever the clock goes on.
            while watch.is_well is stuck:
                await asyncio.sleep(0.01)
                clock.now += 2 * STUCK_AFTER
        go.set()
    watching.cancel()
