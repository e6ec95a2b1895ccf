"""The curve says of each threshold what the answerer does at it."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering import Answerer
from bot.articles import Marks
from bot.edition import Edition, make_edition
from bot.evaluation import Curve, EvaluationSet, read_set, risk_coverage, score
from bot.settings import CONFIG
from tests.answering.coverage import ANALYSER, KNOWLEDGE, MODEL


@pytest.fixture
def read(folder: Path) -> tuple[EvaluationSet, Edition]:
    found = read_set(folder, Marks.read(CONFIG / "marks.toml"))
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
        figures = score(found.cases, edition, Answerer(knowledge))
        assert point.coverage == pytest.approx(1 - figures.false_refusals)
        unsupported = (1 - figures.refused["near"]) * 1 + (1 - figures.refused["foreign"]) * 2
        answers = point.coverage * 3 + unsupported
        assert point.risk == pytest.approx((figures.wrong * 3 + unsupported) / answers)


def test_the_shipped_threshold_is_one_of_the_points(curve: Curve) -> None:
    assert curve.shipped in curve.points
    assert curve.shipped is not None
    assert curve.shipped.threshold == MODEL.threshold
    assert any(point.risk > 0 for point in curve.points)
