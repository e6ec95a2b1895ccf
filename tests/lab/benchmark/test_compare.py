"""Ratios are stock's figures divided by an engine's, and scores are compared to the last bit."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lab.benchmark.compare import compare, svg
from bot.lab.benchmark.measurements import time_calls
from tests.lab.benchmark.samples import searching
from tests.lab.drawings import parts, places, stay_within

TOP = [3, 1, 2], [9.0, 5.0, 0.0]

TIMES = {"rank-bm25": 900.0, "isnad": 9.0}
SIZES = (1000, 10_000, 100_000)


def test_ratios_say_how_many_times_less_an_engine_takes() -> None:
    compared = compare("isnad", 100, searching(4.0, TOP), searching(1000.0, TOP))
    assert compared.ratios["microseconds_p50"] == compared.ratios["microseconds_p99"] == 250
    assert compared.ratios["build_seconds"] == compared.ratios["megabytes_peak"] == 1
    assert (compared.shared_top, compared.equal_scores, compared.largest_difference) == (1, True, 0)


def test_a_bit_is_a_difference() -> None:
    off = [3, 1, 2], [9.0, math.nextafter(5.0, 6.0), 0.0]
    compared = compare("isnad", 100, searching(1.0, TOP, off), searching(1.0, TOP, TOP))
    assert not compared.equal_scores
    assert compared.largest_difference == pytest.approx(0, abs=1e-12)
    assert compared.largest_difference


def test_passages_that_score_nothing_need_not_be_shared() -> None:
    found = [1, 7, 8], [2.0, 1.0, 1.0]
    assert compare("tantivy", 100, searching(1.0, found), searching(1.0, TOP)).shared_top == 0.5
    nothing = [3, 1], [0.0, 0.0]
    assert compare("tantivy", 100, searching(1.0, ([], [])), searching(1.0, nothing)).shared_top == 1


def test_without_stock_there_are_figures_and_no_ratios() -> None:
    record = compare("isnad", 100, searching(4.0, TOP), None).record()
    assert set(record["ratios"].values()) == {None}
    assert record["microseconds_p50"] == 4
    assert record["shared_top"] is None
    assert "tops" not in record


def test_calls_are_made_until_all_are_asked_or_time_is_over() -> None:
    asked: list[int] = []

    def call(number: int) -> int:
        asked.append(number)
        return number * 2

    timed = time_calls(call, range(100), budget=60, keep=3)
    assert (timed.calls, list(timed.first)) == (100, [0, 2, 4])
    assert 0 <= timed.p50 <= timed.p99 <= timed.most
    assert asked[-100:] == list(range(100))
    assert time_calls(call, range(100), budget=0).calls == 10
    assert time_calls(call, range(3), budget=0).calls == 3


def draw(times: dict[str, float], sizes: tuple[int, ...]) -> str:
    """Draw engines whose time grows as passages do."""
    compared = [
        compare(engine, size, searching(time * size / sizes[0]), None)
        for size in sizes
        for engine, time in times.items()
    ]
    return svg(compared, "a <machine>")


def test_each_engine_has_a_line_that_is_straight_where_time_grows_as_passages_do() -> None:
    drawn = draw(TIMES, SIZES)
    lines = [places(line) for line in parts(drawn, "polyline")]
    assert [len(line) for line in lines] == [3, 3]
    for line in lines:
        steps = [(round(right - left), round(low - high)) for (left, low), (right, high) in pairwise(line)]
        assert steps[0] == steps[1]
        assert steps[0][1] > 0
    # A hundred times the time is two powers of ten higher, as is a hundred times the passages on the line.
    assert round(lines[1][0][1] - lines[0][0][1]) == round(lines[0][0][1] - lines[0][2][1])
    texts = {text.text for text in parts(drawn, "text")}
    assert {"rank-bm25", "isnad", "a <machine>", "1,000", "10,000", "100,000", "1 µs", "1 ms", "100 ms"} <= texts


@given(st.floats(0.01, 1e8), st.lists(st.integers(20, 10**7), min_size=1, max_size=4, unique=True))
def test_every_point_stays_within_the_axes(time: float, sizes: list[int]) -> None:
    assert stay_within(draw({"isnad": time}, tuple(sorted(sizes))))


def test_nothing_measured_is_an_empty_plot() -> None:
    assert parts(svg([], ""), "polyline") == []
