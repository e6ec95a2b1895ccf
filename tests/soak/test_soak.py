"""A soak of under a minute, and its figures."""

import math
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.load.gauges import Gauges, Reading
from tests.soak.report import Report
from tests.soak.slopes import GROWTHS, slope_of, theil_sen
from tests.soak.soak import Soak
from tests.soak.troubles import mistakes

MEMORY = GROWTHS[0]


@pytest.mark.slow
async def test_nothing_is_lost_or_doubled_through_faults_and_restarts() -> None:
    report = await Soak(seconds=40, seed=3, rate=3, between=2).run()
    assert report.is_good, report.as_text()
    assert report.asked > 80
    assert report.answered + report.told + report.unheard == report.asked
    assert report.answered > report.told + report.unheard
    assert len(report.troubles) > 3
    assert all(slope.readings > 2 for slope in report.slopes)


def reported(lost: list[str], doubled: list[str], mistakes: Sequence[str] = ()) -> Report:
    slopes = [slope_of(MEMORY, [0.0, 900.0], [0.0, 1e6])]
    return Report(1, 900, 10, 8, 1, 1, 2, 2, lost, doubled, mistakes, 0, {"kill -9": 2}, slopes)


def test_what_is_lost_doubled_or_mistaken_fails_and_is_named() -> None:
    assert reported([], []).is_good
    assert not reported(["message 7, in a channel"], []).is_good
    assert not reported([], ["message 8, directly"]).is_good
    assert not reported([], [], mistakes=["ERROR bot: x"]).is_good
    text = reported(["message 7, in a channel"], []).as_text()
    assert "lost: message 7, in a channel" in text
    assert "kill -9 ×2" in text
    assert "memory, MB: +4.0 an hour (+4.0 to +4.0, 95%), allowed; quarters 0.0, 1.0, the last +1.0; 2 readings" in text


def test_a_mistake_is_told_with_its_traceback() -> None:
    log = (
        "2026-03-01 10:00:00,000 INFO     bot: all is well, no ERROR here\n"
        "2026-03-01 10:00:01,000 ERROR    bot.chat: abc: KeyError: x\nTraceback (most recent call last):\n  File\n"
        "2026-03-01 10:00:02,000 WARNING  bot: slow\n2026-03-01 10:00:03,000 CRITICAL bot: no token\n"
    )
    first, second = mistakes(log)
    assert first.splitlines()[1:] == ["Traceback (most recent call last):", "  File"]
    assert second.endswith("no token")


def test_growth_is_judged_once_it_was_seen_for_long_enough() -> None:
    def verdict(seconds: float, grown: float) -> str:
        return slope_of(MEMORY, [0.0, seconds], [0.0, grown]).verdict

    assert verdict(900, 1e6) == "allowed"
    assert verdict(900, 1e8) == "too much"
    assert "not judged" in verdict(300, 1e8)
    assert "not judged" in slope_of(MEMORY, [], []).verdict


def test_what_a_start_takes_is_not_growth() -> None:
    times = [5.0 * number for number in range(300)]
    warmed = [min(time, 450.0) * 1e6 for time in times]
    slope = slope_of(MEMORY, times, warmed)
    assert (slope.line.slope, slope.gain, slope.verdict) == (0.0, 0.0, "allowed")
    leaking = [value + 0.05e6 * time for time, value in zip(times, warmed, strict=True)]
    slope = slope_of(MEMORY, times, leaking)
    assert slope.line.slope == pytest.approx(180)
    assert slope.gain == pytest.approx(18.75)
    assert slope.verdict == "too much"


def test_a_slope_that_is_not_sure_is_called_so() -> None:
    times = [5.0 * number for number in range(300)]
    swinging = [1e7 * math.sin(time / 60) + MEMORY.allowed * 1e6 / 3600 * time for time in times]
    slope = slope_of(MEMORY, times, swinging)
    assert slope.line.low < MEMORY.allowed < slope.line.high
    assert "unclear" in slope.verdict


async def test_what_is_read_is_written_down_as_it_is_read(tmp_path: Path) -> None:
    soak = Soak(60, series=tmp_path / "series")
    readings = [(100.0, gauges(1e8)), (105.0, gauges(2e8))]
    for count in (1, 2):
        soak._write(readings[:count])
    head, *rows = [line.split("\t") for line in (tmp_path / "series").read_text().splitlines()]
    assert head[:3] == ["seconds", "process", MEMORY.name]
    assert [row[:3] for row in rows] == [["0", "80", "100.00"], ["5", "80", "200.00"]]
    assert {len(row) for row in rows} == {len(head)}


def gauges(memory: float) -> Gauges:
    return Gauges("http://127.0.0.1:80", [Reading({(MEMORY.metric, ()): memory})])


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=20, unique=True), st.integers(-50, 50), st.integers(-9, 9))
def test_the_slope_of_a_line_is_its_own(times: list[int], slope: int, start: int) -> None:
    line = theil_sen(times, [start + slope * time for time in times])
    assert [line.low, line.slope, line.high] == pytest.approx([slope] * 3, abs=1e-6)


@given(
    st.lists(st.integers(0, 1000), min_size=2, max_size=20, unique=True),
    st.lists(st.integers(-99, 99), min_size=20, max_size=20),
)
def test_an_interval_holds_its_slope(times: list[int], values: list[int]) -> None:
    line = theil_sen(times, values[: len(times)])
    assert line.low <= line.slope <= line.high


def test_one_reading_has_no_slope() -> None:
    assert theil_sen([1.0], [5.0]).slope == 0
