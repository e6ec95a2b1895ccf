"""The newest of what a question asks for: of several passages that answer it, the last one is quoted first."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.answering import Answer, Mode, Statement
from bot.articles import Article
from bot.edition import Edition
from tests.answering.coverage import ANSWERER, BRIDGE, FISHING, LIBRARY, ORCHARD, TRAINING, article, edition

LAST = date(2025, 6, 30)
RISES = 40


def report(name: str, day: date | None, price: int) -> Article:
    text = f"بلغ سعر كيلو التونة في سوق المنارة {price} ديناراً، كما أفادت نقابة الصيادين يوم السوق الأسبوعي."
    return replace(article(name, f"أسعار التونة في سوق المنارة {name}", text), published=day)


def market(*days: date | None) -> Edition:
    """Return an edition with a report of a price for each day, the first of 21 dinars, each a dinar dearer."""
    reports = [report(f"r{number}", day, 21 + number) for number, day in enumerate(days)]
    return edition(*reports, *(replace(one, published=LAST) for one in (LIBRARY, BRIDGE, FISHING)), ORCHARD, TRAINING)


def answer(message: str, asked: Edition) -> Answer:
    outcome = ANSWERER.answer(message, asked)
    assert isinstance(outcome, Answer), outcome
    return outcome


@pytest.mark.parametrize(
    "message",
    [
        "كم آخر سعر لكيلو التونة في سوق المنارة؟",
        "بكام كيلو التونة دلوقتي في سوق المنارة؟",
        "قداش سوم الكيلو متاع التونة في سوق المنارة توا",
        "شكد سعر كيلو التونة في سوق المنارة حسب آخر رقم؟",
        "what is the latest price of tuna in the market of المنارة?",
    ],
)
def test_who_asks_for_the_last_price_reads_it_first_with_its_day(message: str) -> None:
    day = LAST - timedelta(days=3)
    outcome = answer(message, market(LAST - timedelta(days=90), day, LAST - timedelta(days=30)))
    assert (outcome.mode, outcome.statement, outcome.day) == (Mode.FACT, Statement.LATEST, day)
    assert "22 ديناراً" in outcome.quotes[0].text


def test_a_last_price_of_long_ago_is_called_old() -> None:
    outcome = answer("كم آخر سعر لكيلو التونة في سوق المنارة؟", market(LAST - timedelta(days=200)))
    assert outcome.statement is Statement.LATEST_OLD


def test_the_last_of_more_prices_than_search_weighs_is_found() -> None:
    days = [LAST - timedelta(days=200 + number) for number in range(RISES)]
    outcome = answer("كم آخر سعر لكيلو التونة في سوق المنارة؟", market(*days[:20], LAST, *days[20:]))
    assert (outcome.day, "41 ديناراً" in outcome.quotes[0].text) == (LAST, True)


@pytest.mark.parametrize("message", ["كم سعر كيلو التونة في سوق المنارة؟", "كم سعر كيلو التونة في مكان آخر؟"])
def test_who_asks_for_no_last_price_gets_no_word_of_it(message: str) -> None:
    assert answer(message, market(LAST)).statement in {None, Statement.DOUBTFUL}


def test_without_days_there_is_no_last_price() -> None:
    assert answer("كم آخر سعر لكيلو التونة في سوق المنارة؟", market(None, None)).statement is None
