from dataclasses import replace
from datetime import date

import pytest

from bot.articles import Article, CitedSource, Paragraph
from bot.chat.cards import ButtonKind, article_card, article_key, find_article, is_article_key, parse_button_id
from bot.texts import Texts
from tests.chat.doubles import edition
from tests.chat.measures import shown, within_limits
from tests.chat.samples import ARABIC, ENGLISH, article

PARAGRAPHS = tuple(Paragraph(f"الفقرة ذات الرقم {number}.", None if number < 3 else "الخلفية") for number in range(14))
LONG = replace(article(), paragraphs=PARAGRAPHS, author="سلمى الحداد")


def test_an_article_begins_with_what_is_known_about_it() -> None:
    newer = article("أحدث", published=date(2026, 5, 1))
    assert shown(article_card(edition(LONG, newer), LONG, 0, ARABIC).blocks[0]).splitlines() == [
        f"**المقالة: [{LONG.title}](https://news.example/library)**",
        "الجهة: صحيفة الضفة · بقلم سلمى الحداد · نُشر في 9 مارس/آذار 2026",
        "فيها 14 فقرة · قسم واحد · المقالة 2 من مقالتين، من الأحدث إلى الأقدم",
    ]


def test_an_article_says_what_it_rests_on() -> None:
    cited = replace(LONG, sources=(CitedSource("وكالة الأنباء", "https://agency.example/1", "2026-03"),))
    head = shown(article_card(edition(cited), cited, 0, ARABIC).blocks[0])
    assert head.splitlines()[-1] == "عن: [وكالة الأنباء](https://agency.example/1)، مارس/آذار 2026"


def test_what_is_not_known_is_left_out() -> None:
    bare = article(outlet=None, url=None, published=None)
    head = shown(article_card(edition(bare), bare, 0, ARABIC).blocks[0])
    assert head.splitlines() == [f"**المقالة: {bare.title}**", "فيها فقرة واحدة · المقالة الوحيدة في التغطية"]


def test_its_paragraphs_are_all_there_in_order_with_their_places() -> None:
    current = edition(LONG)
    cards = [article_card(current, LONG, page, ARABIC) for page in range(3)]
    blocks = [shown(block) for card in cards for block in card.blocks[1:]]
    assert blocks[0] == "-# الفقرة 1 من 14\n> الفقرة ذات الرقم 0."
    assert blocks[13] == "-# الفقرة 14 من 14 · تحت عنوان «الخلفية»\n> الفقرة ذات الرقم 13."
    assert len(blocks) == 14
    assert cards[2] == article_card(current, LONG, 99, ARABIC)
    assert [card.footnote for card in cards] == [f"الصفحة {number} من 3" for number in (1, 2, 3)]


def test_its_buttons_lead_to_it_by_its_key() -> None:
    [row] = article_card(edition(LONG), LONG, 1, ARABIC).rows
    key = article_key(LONG)
    assert {parse_button_id(button.custom_id) for button in row} == {
        (ButtonKind.ARTICLE, f"0:{key}"),
        (ButtonKind.ARTICLE, f"2:{key}"),
    }


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH], ids=["ar", "en"])
@pytest.mark.parametrize("text", ["كلمة " * 2000, "*_`" * 2000, "- \n" * 500, "قصيرة"])
def test_every_page_of_any_article_fits(texts: Texts, text: str) -> None:
    whole = Article(
        "ه" * 3000,
        "عنوان *طويل* " * 90,
        (Paragraph(text, "قسم " * 90),) * 9,
        "جهة " * 90,
        "https://news.example/" + "a" * 570,
        "كاتب " * 90,
        date(2026, 11, 24),
        sources=(CitedSource("مصدر " * 90, "https://news.example/" + "a" * 570, "2026-11"),) * 20,
    )
    current = edition(whole)
    for page in range(9):
        card = article_card(current, whole, page, texts)
        assert within_limits(card)
        assert all(len(button.custom_id) <= 100 for row in card.rows for button in row)


def test_a_paragraph_longer_than_a_page_is_cut() -> None:
    huge = replace(LONG, paragraphs=(Paragraph("كلمة " * 2000), Paragraph("كلمة " * 100 + "بعدها.")))
    first, second = (article_card(edition(huge), huge, page, ARABIC) for page in (0, 1))
    assert first.blocks[1].endswith(f"كلمة\n-# {ARABIC('card.cut')}")
    assert second.blocks[1].endswith("بعدها.")


def test_an_article_is_found_by_its_key_while_it_is_there() -> None:
    key = article_key(LONG)
    assert is_article_key(key)
    assert not is_article_key(LONG.title)
    assert find_article(edition(article("آخر"), LONG), key) == LONG
    assert find_article(edition(article("آخر")), key) is None
    assert article_key(replace(LONG, title="غيره")) == key
