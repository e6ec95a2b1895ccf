"""A soak of under a minute, and its figures."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.soak.report import Report
from tests.soak.slopes import GROWTHS, least_squares, slope_of
from tests.soak.soak import Soak

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
    assert "memory, MB an hour: +4.0 (2 readings over 15.0 minutes), allowed" in text


def test_growth_is_judged_once_it_was_seen_for_long_enough() -> None:
    def verdict(seconds: float, grown: float) -> str:
        return slope_of(MEMORY, [0.0, seconds], [0.0, grown]).verdict

    assert verdict(900, 1e6) == "allowed"
    assert verdict(900, 1e8) == "too much"
    assert "not judged" in verdict(300, 1e8)
    assert "not judged" in slope_of(MEMORY, [], []).verdict


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=20, unique=True), st.integers(-50, 50), st.integers(-9, 9))
def test_the_slope_of_a_line_is_its_own(times: list[int], slope: int, start: int) -> None:
    values = [start + slope * time for time in times]
    assert least_squares(times, values) == pytest.approx(slope, abs=1e-6)
