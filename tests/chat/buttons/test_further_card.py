from datetime import date

import pytest

from bot.answering import MOST_CHARACTERS, Scope
from bot.chat.buttons.further_card import further_card
from bot.chat.card import Card
from bot.chat.cards import FOLLOWS, QUESTION, shown_question
from bot.texts import Texts
from tests.chat.measures import lines, within_limits
from tests.chat.samples import ARABIC, ENGLISH, answer, article

QUOTES = answer(*(article(f"مقالة {number}") for number in "١٢٣٤٥")).quotes


def turns(card: Card) -> list[tuple[str, bool]]:
    return [(button.custom_id, button.is_disabled) for row in card.rows for button in row]


def test_two_passages_stand_on_a_page_below_the_question() -> None:
    shown = lines(further_card("متى؟", None, QUOTES, 0, ARABIC))
    assert shown[:2] == ["السؤال: «متى؟»", "للقراءة حول سؤالك"]
    assert [line[9:16] for line in shown if line.startswith("المصدر")] == ["مقالة ١", "مقالة ٢"]
    assert shown[-1].startswith("الصفحة 1 من 3.")


@pytest.mark.parametrize(
    ("page", "back", "on"),
    [
        (0, ("b1:page:0", True), ("b1:page:1", False)),
        (1, ("b1:page:0", False), ("b1:page:2", False)),
        (2, ("b1:page:1", False), ("b1:page:2", True)),
        (9, ("b1:page:1", False), ("b1:page:2", True)),
    ],
)
def test_pages_are_turned_in_reading_direction(page: int, back: tuple[str, bool], on: tuple[str, bool]) -> None:
    assert turns(further_card("متى؟", None, QUOTES, page, ARABIC)) == [on, back]
    assert turns(further_card("متى؟", None, QUOTES, page, ENGLISH)) == [back, on]


def test_a_single_page_cannot_be_turned() -> None:
    assert not further_card("متى؟", None, QUOTES[:2], 0, ARABIC).rows


@pytest.mark.parametrize("page", [0, 3])
def test_where_there_is_no_more_that_is_said(page: int) -> None:
    assert further_card("متى؟", None, (), page, ARABIC).blocks == (ARABIC("further.nothing"),)


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_the_question_is_read_back_with_the_one_before_it(texts: Texts) -> None:
    long = article(words="كلمة *" * 2000)
    asked, before = "<@1>" * (MOST_CHARACTERS // 4), "من [افتتحها](x)؟"
    card = further_card(asked, before, answer(long, long).quotes, 0, texts)
    assert shown_question(card.texts, QUESTION, texts) == asked
    assert shown_question(card.texts, FOLLOWS, texts) == before
    assert within_limits(card)


def test_what_was_searched_stays_with_the_pages() -> None:
    card = further_card("متى؟", None, QUOTES, 0, ARABIC, scope=Scope(since=date(2026, 3, 1)))
    assert lines(card)[1] == "بحثتُ في ما نُشر منذ 1 مارس/آذار 2026 فقط."
    assert turns(card) == [("b1:page:1:20260301::", False), ("b1:page:0:20260301::", True)]
