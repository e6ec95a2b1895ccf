"""The value asked for, told alone before its quote where it is sure enough; else the quote alone has it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from bot.answering import Answer, Answerer, Risk
from bot.edition import Edition
from tests.answering.coverage import ANSWERER, BRIDGE, FISHING, LIBRARY, ORCHARD, TRAINING, article, edition
from tests.answering.drawing import EDITION, QUESTION
from tests.answering.modes.test_newest import market
from tests.examples import examples

MILL = article(
    "mill",
    "مطحنة الوادي",
    "كلفت مطحنة الوادي البلدية تسعة ملايين دينار. ويعمل في مطحنة الوادي 32 عاملا.",
    "يبلغ ارتفاع مطحنة الوادي 14 مترا، ودامت أشغال مطحنة الوادي سبعة أشهر.",
)
COVERAGE = edition(MILL, LIBRARY, BRIDGE, TRAINING, FISHING, ORCHARD)


def answer(message: str, coverage: Edition = COVERAGE) -> Answer:
    outcome = ANSWERER.answer(message, coverage)
    assert isinstance(outcome, Answer), outcome
    return outcome


@pytest.mark.parametrize(
    ("message", "value"),
    [
        ("كم كلفت مطحنة الوادي؟", "تسعة ملايين دينار"),
        ("بكام اتكلفت مطحنة الوادي؟", "تسعة ملايين دينار"),
        ("كم يبلغ ارتفاع مطحنة الوادي؟", "14 مترا"),
        ("قداش دامت أشغال مطحنة الوادي؟", "سبعة أشهر"),
        ("How much did مطحنة الوادي cost?", "تسعة ملايين دينار"),
    ],
)
def test_a_sure_value_is_told_in_the_words_of_the_quote(message: str, value: str) -> None:
    found = answer(message)
    assert found.direct == value
    assert value in found.quotes[0].text


@pytest.mark.parametrize(
    "message",
    [
        "كم عاملا يعمل في مطحنة الوادي؟",
        "من دفع كلفة مطحنة الوادي؟",
        "صحيح أن مطحنة الوادي كلفت تسعة ملايين دينار؟",
        "مطحنة الوادي",
    ],
)
def test_of_other_kinds_and_modes_no_value_stands_alone(message: str) -> None:
    assert answer(message).direct is None


def test_what_is_less_sure_stands_in_its_quote_alone() -> None:
    knowledge = ANSWERER.knowledge
    thresholds = {**knowledge.model.thresholds, Risk.LOW: 0.999}
    careful = Answerer(replace(knowledge, model=replace(knowledge.model, thresholds=thresholds)))
    outcome = careful.answer("كم كلفت مطحنة الوادي؟", COVERAGE)
    assert isinstance(outcome, Answer)
    [mark] = outcome.quotes[0].highlights
    assert (outcome.direct, outcome.quotes[0].text[mark.start : mark.end]) == (None, "تسعة ملايين دينار")


def test_the_last_price_is_told_alone_as_well() -> None:
    found = answer("كم آخر سعر لكيلو التونة في سوق المنارة؟", market(date(2025, 6, 1), date(2025, 6, 9)))
    assert found.direct == "22 ديناراً"


def test_of_two_questions_none_is_told_alone() -> None:
    assert answer("كم كلفت مطحنة الوادي وكم يبلغ ارتفاعها؟").direct is None


@examples(40)
@given(EDITION, QUESTION)
def test_what_is_told_alone_is_marked_in_the_first_quote(coverage: Edition, question: str) -> None:
    outcome = ANSWERER.answer(question, coverage)
    if isinstance(outcome, Answer) and outcome.direct is not None:
        first = outcome.quotes[0]
        assert outcome.direct in [first.text[mark.start : mark.end] for mark in first.highlights]


@pytest.mark.parametrize("message", ["كم مرة فاز نادي الوادي بالكأس؟", "قداش من مرة ربح نادي الوادي الكأس"])
def test_neither_a_score_nor_a_number_of_people_tells_how_often(message: str) -> None:
    score = article("score", "نادي الوادي", "فاز نادي الوادي بالكأس بنتيجة 3-1 أمام 500 متفرج.")
    often = article("often", "نادي الوادي في الكأس", "فاز نادي الوادي بالكأس 7 مرات.")
    assert "7" in answer(message, edition(score, often)).quotes[0].text
    assert not isinstance(ANSWERER.answer(message, edition(score)), Answer)
