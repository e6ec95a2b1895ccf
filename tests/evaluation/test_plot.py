"""The picture is well-formed, holds what it should, and nothing in it lies on top of another."""

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from bot.evaluation import Curve, svg
from bot.evaluation.curve import Point

SVG = "{http://www.w3.org/2000/svg}"
POINTS = (Point(0.1, 1.0, 0.3), Point(0.3, 0.9, 0.1), Point(0.9, 0.2, 0.0))


def parts(curves: list[Curve], tag: str) -> list[ET.Element]:
    """Return the parts of a picture with a tag."""
    return list(ET.fromstring(svg(curves)).iter(SVG + tag))  # noqa: S314 - our own


def test_each_set_has_its_line_its_dot_and_its_name() -> None:
    curves = [Curve(name, POINTS, POINTS[1]) for name in ("arcd", "<b>&", "مجموعة")]
    lines, dots = parts(curves, "polyline"), parts(curves, "circle")
    assert [len((line.get("points") or "").split()) for line in lines] == [3, 3, 3]
    assert [line.get("stroke") for line in lines] == [dot.get("fill") for dot in dots]
    assert (dots[0].get("cx"), dots[0].get("cy")) == tuple((lines[0].get("points") or "").split()[1].split(","))
    texts = [text.text for text in parts(curves, "text")]
    assert {"arcd", "<b>&", "مجموعة"} < set(texts)
    assert any("0.3" in (text or "") for text in texts)


def test_names_of_curves_that_end_together_stand_apart() -> None:
    curves = [Curve(f"set {number}", POINTS, None) for number in range(5)]
    heights = [float(text.get("y") or 0) for text in parts(curves, "text") if (text.text or "").startswith("set ")]
    assert len(heights) == 5
    assert all(lower - upper >= 18 for upper, lower in pairwise(heights))


@pytest.mark.parametrize("risk", [0.0, 0.004, 0.05, 0.3, 0.31, 0.77, 1.0])
def test_every_risk_stays_within_the_axes(risk: float) -> None:
    curve = Curve("set", (Point(0.1, 1.0, risk), Point(0.5, 0.5, 0.0)), None)
    rules = [float(line.get("y1") or 0) for line in parts([curve], "line")]
    top, bottom = (float(point.split(",")[1]) for point in (parts([curve], "polyline")[0].get("points") or "").split())
    assert min(rules) <= top <= bottom <= max(rules)
    percentages = [text.text for text in parts([curve], "text") if (text.text or "").endswith("%")]
    assert 2 <= len(percentages) - 6 <= 6


def test_a_set_without_an_answer_has_an_empty_line() -> None:
    assert [line.get("points") for line in parts([Curve("set", (), None)], "polyline")] == [""]
