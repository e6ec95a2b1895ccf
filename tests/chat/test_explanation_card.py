from typing import Any

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.explanation_card import explanation_card
from bot.texts import Texts
from tests.answering.coverage import ANSWERER, TOWN, article, edition
from tests.chat.samples import ARABIC, ENGLISH
from tests.chat.test_cards import utf16, within_limits

QUESTION = "متى افتتحت بلدية المنارة المكتبة العامة؟"


def explain(question: str, *articles: Any, texts: Texts = ARABIC) -> discord.Embed:
    return explanation_card(ANSWERER.explain(question, edition(*articles) if articles else TOWN), texts)


def fits(embed: discord.Embed) -> bool:
    fields = [(utf16(str(field.name)), utf16(str(field.value))) for field in embed.fields]
    return within_limits(embed) and all(0 < name <= 256 and 0 < value <= 1024 for name, value in fields)


def test_terms_passages_matches_and_signals_each_have_their_place() -> None:
    embed = explain(QUESTION)
    assert embed.title == "شرح الجواب"
    assert (embed.description or "").split("\n")[0] == f"السؤال كما فُهم: \u2068{QUESTION}\u2069"
    terms, first, *_ = embed.fields
    assert terms.name == "كلمات البحث"
    assert str(terms.value).count("\n") == 4
    assert first.name == "الفقرة 1 من «\u2068افتتاح المكتبة العامة في مدينة المنارة\u2069»"
    assert "«\u2068بلدية\u2069» بكلمة «\u2068بلدية\u2069» 1.00" in str(first.value)
    assert "إشارة التقدّم على المقالات الأخرى: " in str(first.value)
    assert fits(embed)


def test_words_of_either_direction_are_isolated_once_and_do_nothing() -> None:
    shown = str(explain("متى وصل Zorbax_ @everyone إلى [المكتبة](https://evil.example)؟").fields[0].value)
    assert "كلمة «\u2068Zorbax\u2069»: " in shown
    assert "@everyone" not in shown
    embed = explain("متى وصل @everyone **المكتبة** <@&1>؟")
    assert "السؤال كما فُهم: \u2068متى وصل \\@everyone المكتبة ؟\u2069" in (embed.description or "")


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
@pytest.mark.parametrize("question", ["مرحبا", "ومتى؟", "😀", "", "كلمة " * 300, "المكتبة"])
def test_what_was_never_looked_for_is_explained_by_what_the_member_reads(question: str, texts: Texts) -> None:
    embed = explain(question, texts=texts)
    assert texts("explain.decision", decision=texts("decision.not_asked")) in (embed.description or "")
    assert texts("explain.reply", text="") in (embed.description or "")
    assert fits(embed)


def test_passages_that_do_not_fit_are_counted() -> None:
    title, words = "عنوان طويل جدا " * 40, "المكتبة العامة الكبيرة " * 9
    long = [article(f"a{number}", title, f"{words}{number}.") for number in range(5)]
    question = " ".join(f"مكتبة{letter}ة" for letter in "ابتثجحخدذرزسشصضطظعغفقك") + " المكتبة العامة الكبيرة؟"
    embed = explain(question, *long)
    assert fits(embed)
    shown = len(embed.fields) - 1
    assert 0 < shown < 5
    assert embed.footer.text == ARABIC("list.more", count=5 - shown)


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=500), st.text(min_size=1, max_size=600), st.text(max_size=600), st.sampled_from([ARABIC, ENGLISH])
)
def test_no_question_and_no_article_breaks_the_limits(question: str, title: str, words: str, texts: Texts) -> None:
    told = [article(f"a{number}", title, f"{words} المكتبة العامة {number}") for number in range(6)]
    embed = explain(f"{question} متى افتتحت المكتبة العامة؟ {words}"[:500], *told, texts=texts)
    assert fits(embed)
    for line in filter(None, (embed.description or "").split("\n")):
        assert line[0].isalpha()
