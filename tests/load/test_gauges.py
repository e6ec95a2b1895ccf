"""Figures from the program's metrics, those of the time before the run left out."""

import pytest

from bot.ops.metrics import Metrics
from tests.load.gauges import Gauges, Reading


def test_a_histogram_counts_from_the_first_reading_on() -> None:
    metrics, gauges = Metrics(), Gauges("")
    for lags in ((0.7,), (0.003, 0.004, 0.06)):
        for lag in lags:
            metrics.note_lag(lag)
        gauges.readings.append(Reading.parse(metrics.text().decode()))
    assert gauges.slow("isnad_loop_lag_seconds") == 1
    assert gauges.bound("isnad_loop_lag_seconds") == pytest.approx(0.1)
    assert gauges.grown("isnad_loop_lag_seconds_sum") == pytest.approx(0.067)
