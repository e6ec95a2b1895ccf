"""The curve says of each threshold what the answerer does at it."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering import Answerer
from bot.articles import BoilerplatePhrases
from bot.edition import Edition, make_edition
from bot.lab.evaluation.curve import Curve, Point, risk_coverage, svg
from bot.lab.evaluation.quality_metrics import score_answers
from bot.lab.evaluation.question_sets import EvaluationSet, read_set
from bot.settings import CONFIG
from tests.answering.coverage import ANALYSER, KNOWLEDGE, MODEL
from tests.lab.drawings import parts, places, stay_within

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


def test_each_set_has_its_line_and_the_dot_says_at_which_threshold() -> None:
    drawn = svg([Curve(name, POINTS, POINTS[1]) for name in ("arcd", "مجموعة")])
    assert [len(places(line)) for line in parts(drawn, "polyline")] == [3, 3]
    texts = [text.text or "" for text in parts(drawn, "text")]
    assert {"arcd", "مجموعة"} < set(texts)
    assert any("0.3" in text for text in texts)


@pytest.mark.parametrize("risk", [0.0, 0.004, 0.05, 0.3, 0.31, 0.77, 1.0])
def test_every_risk_stays_within_the_axes(risk: float) -> None:
    drawn = svg([Curve("set", (Point(0.1, 1.0, risk), Point(0.5, 0.5, 0.0)), None), Curve("none", (), None)])
    assert stay_within(drawn)
    percentages = [text.text for text in parts(drawn, "text") if (text.text or "").endswith("%")]
    assert 2 <= len(percentages) - 6 <= 6
