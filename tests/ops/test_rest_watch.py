from bot.ops.rest_watch import LOST_AFTER, UNWELL_AFTER, RestWatch
from tests.ops.clock import Clock


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


def test_a_fresh_client_has_time_of_its_own_and_is_well_no_sooner() -> None:
    watch = RestWatch(clock := Clock())
    watch.failed()
    clock.now += LOST_AFTER
    watch.renewed()
    assert (watch.is_well, watch.is_lost) == (False, False)
    clock.now += LOST_AFTER
    assert watch.is_lost
