from bot.ops.watchdog import RECOVERY, SILENCE, Finding, SessionWatch


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_sessions_that_come_back_in_time_are_well() -> None:
    watch = SessionWatch([0, 1], clock := Clock())
    clock.now = RECOVERY - 1
    watch.back(0)
    watch.back(1)
    clock.now = RECOVERY + 1
    assert watch.look() is Finding.WELL


def test_all_sessions_count() -> None:
    watch = SessionWatch([0, 1])
    states = [watch.all_back]
    for change in (watch.back, watch.lost):
        for session in (0, 1):
            change(session)
            states.append(watch.all_back)
    assert states == [False, False, True, False, False]


def test_a_session_that_never_begins_is_lost() -> None:
    watch = SessionWatch([0, 1], clock := Clock())
    watch.back(0)
    clock.now = RECOVERY + 1
    assert watch.look() is Finding.LOST


def test_a_swallowed_resume_is_lost_although_other_events_arrive() -> None:
    watch = SessionWatch([0], clock := Clock())
    watch.back(0)
    clock.now = 1000
    watch.lost(0)
    clock.now = 1000 + RECOVERY / 2
    watch.lost(0)  # a second try does not start the time over
    watch.heard()
    clock.now = 1000 + RECOVERY + 1
    assert watch.look() is Finding.LOST


def test_a_long_silence_is_reported_once() -> None:
    watch = SessionWatch([0], clock := Clock())
    watch.back(0)
    clock.now = SILENCE - 1
    watch.heard()
    clock.now = SILENCE + 1
    assert watch.look() is Finding.WELL
    clock.now = 2 * SILENCE + 1
    assert watch.look() is Finding.SILENT
    assert watch.look() is Finding.WELL
