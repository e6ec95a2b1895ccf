from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.card import Card
from bot.chat.explanation_card import explanation_card
from bot.texts import Texts
from tests.answering.coverage import ANSWERER, TOWN, article, edition
from tests.chat.measures import within_limits
from tests.chat.samples import ARABIC, ENGLISH

QUESTION = "متى افتتحت بلدية المنارة المكتبة العامة؟"


def explain(question: str, *articles: Any, texts: Texts = ARABIC) -> Card:
    return explanation_card(ANSWERER.explain(question, edition(*articles) if articles else TOWN), texts)


def test_terms_passages_matches_and_signals_each_have_their_place() -> None:
    card = explain(QUESTION)
    assert card.title == "شرح الجواب"
    summary, terms, first, *_ = card.blocks
    assert summary.startswith(f"السؤال كما فُهم: \u2068{QUESTION}\u2069\n")
    assert terms.startswith("**كلمات البحث**\n")
    assert terms.count("\n") == 5
    assert first.startswith("**الفقرة 1 من «\u2068افتتاح المكتبة العامة في مدينة المنارة\u2069»**\n")
    assert "«\u2068بلدية\u2069» بكلمة «\u2068بلدية\u2069» 1.00" in first
    assert "إشارة التقدّم على المقالات الأخرى: " in first
    assert within_limits(card)


def test_words_of_either_direction_are_isolated_once_and_do_nothing() -> None:
    shown = explain("متى وصل Zorbax_ @everyone إلى [المكتبة](https://evil.example)؟").blocks[1]
    assert "كلمة «\u2068Zorbax\u2069»: " in shown
    assert "@everyone" not in shown
    summary = explain("متى وصل @everyone_ **المكتبة** <@&1> @here؟").blocks[0]
    assert "السؤال كما فُهم: \u2068متى وصل \\@everyone المكتبة ؟\u2069" in summary


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
@pytest.mark.parametrize("question", ["مرحبا", "ومتى؟", "😀", "", "كلمة " * 300, "المكتبة"])
def test_what_was_never_looked_for_is_explained_by_what_the_member_reads(question: str, texts: Texts) -> None:
    card = explain(question, texts=texts)
    assert texts("explain.decision", decision=texts("decision.not_asked")) in card.blocks[0]
    assert texts("explain.reply", text="") in card.blocks[0]
    assert within_limits(card)


def test_passages_that_do_not_fit_are_counted() -> None:
    title, words = "عنوان طويل جدا " * 40, "المكتبة العامة الكبيرة " * 9
    long = [article(f"a{number}", title, f"{words}{number}.") for number in range(5)]
    question = " ".join(f"مكتبة{letter}ة" for letter in "ابتثجحخدذرزسشصضطظعغفقك") + " المكتبة العامة الكبيرة؟"
    card = explain(question, *long)
    assert within_limits(card)
    shown = len(card.blocks) - 2
    assert 0 < shown < 5
    assert card.footnote == ARABIC("list.more", count=5 - shown)


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=500), st.text(min_size=1, max_size=600), st.text(max_size=600), st.sampled_from([ARABIC, ENGLISH])
)
def test_no_question_and_no_article_breaks_the_limits(question: str, title: str, words: str, texts: Texts) -> None:
    told = [article(f"a{number}", title, f"{words} المكتبة العامة {number}") for number in range(6)]
    card = explain(f"{question} متى افتتحت المكتبة العامة؟ {words}"[:500], *told, texts=texts)
    assert within_limits(card)
    for line in card.blocks[0].split("\n"):
        assert line[0].isalpha()
