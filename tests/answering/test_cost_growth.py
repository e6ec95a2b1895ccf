"""The growth of costs as figures: slopes of times that are known, messages of a length, and a whole run."""

import pytest

from tests.answering.cost_growth import drawn_on, lines, of_length, slope
from tests.e2e.program import ROOT


@pytest.mark.parametrize("power", [0.0, 0.5, 1.0, 2.0])
def test_a_slope_is_the_power_that_a_time_grows_with(power: float) -> None:
    times = {size: 3.0 * size**power for size in (100, 200, 400, 1600)}
    assert slope(times) == pytest.approx(power)
    assert drawn_on(times, 10_000) == pytest.approx(3.0 * 10_000**power)


def test_messages_of_a_length_have_that_many_words_of_their_own() -> None:
    made = of_length(["ما قيمة الصفقة الجديدة؟", "متى وُقّعت؟"], 3)
    assert made == ["ما قيمة الصفقة", "الجديدة؟ متى وُقّعت؟"]


@pytest.mark.slow
def test_each_size_has_its_line_and_each_growth_its_slope() -> None:
    printed = list(lines(ROOT / "corpus", ["كم قيمة صفقة بالانتير مع وكالة الهجرة؟"] * 40))
    assert sum("passages:" in line for line in printed) == 5
    assert sum("to the power" in line for line in printed) == 2
    assert any(line.startswith("drawn on to ten million: ") for line in printed)
