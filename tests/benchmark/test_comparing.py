"""Ratios are stock's figures divided by an engine's, and scores are compared to the last bit."""

import math

import pytest

from bot.benchmark.comparing import compare
from bot.benchmark.timing import time_calls
from tests.benchmark.samples import searching

TOP = [3, 1, 2], [9.0, 5.0, 0.0]


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
