"""The curve says of each threshold what the answerer does at it."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bot.answering import Answerer
from bot.articles import BoilerplatePhrases
from bot.edition import Edition, make_edition
from bot.lab.evaluation.curve import Curve, Point, risk_coverage, svg
from bot.lab.evaluation.quality_metrics import score_answers
from bot.lab.evaluation.question_sets import EvaluationSet, read_set
from bot.settings import CONFIG
from tests.answering.coverage import ANALYSER, KNOWLEDGE, MODEL

SVG = "{http://www.w3.org/2000/svg}"
POINTS = (Point(0.1, 1.0, 0.3), Point(0.3, 0.9, 0.1), Point(0.9, 0.2, 0.0))


@pytest.fixture
def read(folder: Path) -> tuple[EvaluationSet, Edition]:
    found = read_set(folder, BoilerplatePhrases.read(CONFIG / "marks.toml"))
    return found, make_edition(found.articles, [], ANALYSER)


@pytest.fixture
def curve(read: tuple[EvaluationSet, Edition]) -> Curve:
    return risk_coverage("bridge", read[0].cases, read[1], KNOWLEDGE)


def test_a_higher_threshold_answers_less(curve: Curve) -> None:
    thresholds = [point.threshold for point in curve.points]
    coverages = [point.coverage for point in curve.points]
    assert thresholds == sorted(thresholds)
    assert coverages == sorted(coverages, reverse=True)
    assert coverages[0] == 1


def test_the_points_are_what_the_answerer_does(read: tuple[EvaluationSet, Edition], curve: Curve) -> None:
    found, edition = read
    for point in curve.points[::4]:
        knowledge = replace(KNOWLEDGE, model=replace(MODEL, threshold=point.threshold))
        figures = score_answers(found.cases, edition, Answerer(knowledge).answer)
        assert point.coverage == pytest.approx(1 - figures.false_refusals)
        unsupported = (1 - figures.refused["near"]) * 1 + (1 - figures.refused["foreign"]) * 2
        answers = point.coverage * 3 + unsupported
        assert point.risk == pytest.approx((figures.wrong * 3 + unsupported) / answers)


def test_the_shipped_threshold_is_one_of_the_points(curve: Curve) -> None:
    assert curve.shipped in curve.points
    assert curve.shipped is not None
    assert curve.shipped.threshold == MODEL.threshold
    assert any(point.risk > 0 for point in curve.points)


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
