from dataclasses import replace
from datetime import date

import pytest

from bot.articles import Article, CitedSource, Paragraph
from bot.chat.cards.article_card import article_card, article_key, find_article, is_article_key
from bot.chat.cards.button_ids import ButtonKind, parse_button_id
from bot.chat.cards.source_list import SourceList
from bot.texts import Texts
from tests.chat.doubles import edition
from tests.chat.measures import shown, within_limits
from tests.chat.samples import ARABIC, ENGLISH, article

PARAGRAPHS = tuple(Paragraph(f"الفقرة ذات الرقم {number}.", None if number < 3 else "الخلفية") for number in range(14))
LONG = replace(article(), paragraphs=PARAGRAPHS, author="سلمى الحداد")


def test_an_article_begins_with_what_is_known_about_it() -> None:
    assert shown(article_card(LONG, 0, ARABIC).blocks[0]).splitlines() == [
        f"## [{LONG.title}](https://news.example/library)",
        "الجهة: صحيفة الضفة · بقلم سلمى الحداد · نُشر في 9 مارس 2026",
        "-# فيها 14 فقرة · قسم واحد",
    ]


def test_an_article_says_what_it_rests_on() -> None:
    cited = replace(LONG, sources=(CitedSource("وكالة الأنباء", "https://agency.example/1", "2026-03"),))
    head = shown(article_card(cited, 0, ARABIC).blocks[0])
    assert head.splitlines()[-1] == "عن: [وكالة الأنباء](https://agency.example/1)، مارس 2026"


def test_what_is_not_known_is_left_out() -> None:
    bare = article(outlet=None, url=None, published=None)
    assert shown(article_card(bare, 0, ARABIC).blocks[0]).splitlines() == [f"## {bare.title}", "-# فيها فقرة واحدة"]


def test_its_paragraphs_are_all_there_in_order_each_section_under_its_heading() -> None:
    cards = [article_card(LONG, page, ARABIC) for page in range(3)]
    told = [line for card in cards for block in card.blocks[1:] for line in shown(block).splitlines() if line]
    paragraphs = [f"> الفقرة ذات الرقم {number}." for number in range(14)]
    heading, on = "### الخلفية", "-# تتمّة «الخلفية»"
    assert told == [*paragraphs[:3], heading, *paragraphs[3:6], on, *paragraphs[6:12], on, *paragraphs[12:]]
    assert cards[2] == article_card(LONG, 99, ARABIC)
    assert [shown(card.footnote or "") for card in cards] == [
        "الفقرات 1–6 من 14 · الصفحة 1 من 3",
        "الفقرات 7–12 من 14 · الصفحة 2 من 3",
        "الفقرات 13–14 من 14 · الصفحة 3 من 3",
    ]


def test_its_buttons_lead_to_it_by_its_key_and_back_to_its_list() -> None:
    [*turns, back] = article_card(LONG, 1, ARABIC, "3:::title").rows[-1]
    key = article_key(LONG)
    assert {parse_button_id(button.custom_id) for button in turns} == {
        (ButtonKind.ARTICLE, f"{page}:{key}") for page in ("0", "2")
    }
    assert parse_button_id(back.custom_id) == (ButtonKind.LIST, "3:::title")
    [[everything]] = article_card(article(), 0, ARABIC).rows
    assert SourceList.from_button(parse_button_id(everything.custom_id)[1], edition(LONG)) == SourceList()


@pytest.mark.parametrize(
    ("texts", "text"),
    [
        *((ARABIC, "كلمة " * 2000), (ENGLISH, "*_`" * 2000), (ARABIC, "- \n" * 500), (ENGLISH, "قصيرة")),
        pytest.param(ENGLISH, "كلمة " * 2000, marks=pytest.mark.slow),
        pytest.param(ARABIC, "*_`" * 2000, marks=pytest.mark.slow),
        pytest.param(ENGLISH, "- \n" * 500, marks=pytest.mark.slow),
    ],
)
def test_every_page_of_any_article_fits(texts: Texts, text: str) -> None:
    whole = Article(
        "ه" * 3000,
        "عنوان *طويل* " * 90,
        (Paragraph(text, "قسم " * 90),) * 5,
        "جهة " * 90,
        "https://news.example/" + "a" * 570,
        "كاتب " * 90,
        date(2026, 11, 24),
        sources=(CitedSource("مصدر " * 90, "https://news.example/" + "a" * 570, "2026-11"),) * 20,
    )
    for page in (0, 2, 4):
        card = article_card(whole, page, texts)
        assert within_limits(card)
        assert all(len(button.custom_id) <= 100 for row in card.rows for button in row)


def test_a_paragraph_longer_than_a_page_is_cut() -> None:
    huge = replace(LONG, paragraphs=(Paragraph("كلمة " * 2000), Paragraph("كلمة " * 100 + "بعدها.")))
    first, second = (article_card(huge, page, ARABIC) for page in (0, 1))
    assert first.blocks[1].endswith(f"كلمة\n-# {ARABIC('card.cut')}")
    assert second.blocks[1].endswith("بعدها.")


def test_an_article_is_found_by_its_key_while_it_is_there() -> None:
    key = article_key(LONG)
    assert is_article_key(key)
    assert not is_article_key(LONG.title)
    assert find_article(edition(article("آخر"), LONG), key) == LONG
    assert find_article(edition(article("آخر")), key) is None
    assert article_key(replace(LONG, title="غيره")) == key
