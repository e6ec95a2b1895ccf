from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Article
from bot.chat.cards.article_card import article_key, article_menu, find_article
from bot.chat.cards.button_ids import ButtonKind, StaleButtonError, custom_id, parse_button_id
from bot.chat.cards.card import Card
from bot.chat.cards.card_text import size
from bot.chat.cards.source_list import SourceList, list_page_card, sources_card
from bot.edition import Edition
from bot.retrieval import Scope
from bot.texts import Texts
from tests.articles.far_articles import with_far_articles
from tests.chat.doubles import edition
from tests.chat.measures import within_limits
from tests.chat.samples import ARABIC, ENGLISH, article


def numbered(count: int, **about: Any) -> list[Article]:
    """Make articles, a day each, the last the newest."""
    first = date(2026, 1, 1)
    made = (article(f"خبر رقم {number}", published=first + timedelta(number), **about) for number in range(count))
    return list(made)


def shown(current: Edition, scope: Scope | None = None, title: str | None = None, texts: Texts = ARABIC) -> Card:
    return sources_card(current, SourceList.from_typed(scope, title), texts)


def leading(card: Card, sign: str) -> str:
    """Return the id of a button that can be pressed."""
    return next(
        button.custom_id for row in card.rows for button in row if button.emoji == sign and not button.is_disabled
    )


def turned(card: Card, sign: str, current: Edition) -> Card:
    kind, payload = parse_button_id(leading(card, sign))
    assert kind is ButtonKind.LIST
    return sources_card(current, SourceList.from_button(payload, current), ARABIC)


def test_pages_lead_from_the_newest_to_the_oldest_and_back() -> None:
    current = edition(*numbered(20))
    first = shown(current)
    assert first.blocks[0] == ARABIC("sources.all", count=20)
    second = turned(first, "◀️", current)
    third = turned(second, "◀️", current)
    listed = [line for card in (first, second, third) for line in card.blocks[-1].splitlines() if line[:2] == "**"]
    assert [int(line.split("رقم ")[1].split("]")[0]) for line in listed] == list(range(19, -1, -1))
    assert [card.footnote for card in (first, second, third)] == [f"الصفحة {n} من 3" for n in (1, 2, 3)]
    assert turned(turned(third, "▶️", current), "▶️", current) == first
    with pytest.raises(StopIteration):
        leading(third, "◀️")


def test_a_page_of_articles_that_are_elsewhere_is_read_in_one_batch() -> None:
    near = edition(*numbered(20))
    far, store = with_far_articles(near)
    card = shown(far, Scope(until=date(2026, 12, 1)))
    assert card == shown(near, Scope(until=date(2026, 12, 1)))
    assert card.menu
    assert [len(batch) for batch in store.batches] == [len(card.menu.choices)]


def test_a_page_that_a_reload_took_is_the_last_one() -> None:
    second = turned(shown(edition(*numbered(20))), "◀️", edition(*numbered(3)))
    assert second.footnote is None
    assert second.blocks[-1].count("خبر") == 3


def test_what_a_list_is_narrowed_to_stands_above_it() -> None:
    current = edition(*numbered(12), article("موسم الزيتون", outlet="إذاعة الساحل", published=date(2026, 1, 12)))
    card = shown(current, Scope(since=date(2026, 1, 11), outlet="صحيفة الضفة"), "خبر")
    assert card.blocks[0] == (
        "طلبتَ ما نُشر منذ 11 يناير 2026 في صحيفة الضفة.\nبحثتُ في العناوين عن: «خبر»\nوجدتُ مقالتين من أصل 13:"
    )
    assert card.blocks[1].count("خبر رقم") == 2


def test_a_title_that_was_chosen_is_that_article_alone() -> None:
    articles = numbered(12)
    card = shown(edition(*articles), None, article_key(articles[4]))
    assert "بحثتُ في العناوين عن: «خبر رقم 4»" in card.blocks[0]
    assert card.blocks[1].count("خبر") == 1


def test_the_best_of_a_title_comes_first() -> None:
    current = edition(*numbered(3), article("سوق الخبر رقم أربعة", published=date(2020, 1, 1)))
    assert "سوق" in shown(current, None, "سوق خبر").blocks[-1].splitlines()[0]


def test_where_nothing_is_found_the_coverage_is_told() -> None:
    card = shown(edition(*numbered(3)), Scope(until=date(2020, 1, 1)))
    assert card.blocks[1].splitlines() == [
        "لا توجد مقالة كهذه.",
        "نُشرت المقالات بين 1 يناير 2026 و3 يناير 2026.",
        "جهات النشر: صحيفة الضفة",
    ]
    assert not card.rows


def test_where_nothing_is_found_in_a_coverage_without_dates_and_outlets_that_is_all() -> None:
    card = shown(edition(article(outlet=None, published=None)), None, "كوكبان")
    assert card.blocks[1] == "لا توجد مقالة كهذه."


@pytest.mark.parametrize("texts", [ARABIC, pytest.param(ENGLISH, marks=pytest.mark.slow)], ids=["ar", "en"])
@pytest.mark.parametrize("url", [None, "https://news.example/a", "https://news.example/" + "%D8%B1" * 90])
def test_the_longest_lists_fit(texts: Texts, url: str | None) -> None:
    long = [replace(one, title="*" * 40 + "كلمة " * 90 + one.title) for one in numbered(100, url=url, outlet="و" * 200)]
    card = shown(edition(*long), Scope(date(2000, 1, 1), date(2030, 1, 1), "و" * 200), "*" * 300, texts)
    listed = shown(edition(*long), texts=texts)
    assert within_limits(card)
    assert within_limits(listed)
    assert listed.blocks[1].count("**\n-# ") == 8
    assert within_limits(list_page_card(None, texts("article.several"), long[:8], texts, SourceList()))


def test_lines_keep_their_links_while_there_is_room() -> None:
    addresses = [f"https://news.example/{number}/" + "a" * 500 for number in range(8)]
    listed = shown(edition(*(replace(one, url=url) for one, url in zip(numbered(8), addresses, strict=True))))
    assert 4 <= listed.blocks[1].count("](https://") < 8
    assert within_limits(listed)


@given(st.text(), st.integers(0, 99_999), st.dates(), st.sampled_from([None, "صحيفة الضفة"]))
def test_an_id_holds_any_list(title: str, page: int, day: date, outlet: str | None) -> None:
    current = edition(article())
    asked = SourceList.from_typed(Scope(day, None, outlet), title)
    identity = custom_id(ButtonKind.LIST, asked.payload(page))
    assert size(identity) <= 100
    assert SourceList.from_button(parse_button_id(identity)[1], current) == replace(asked, page=page)


@pytest.mark.parametrize("payload", ["", "1", "1:::", "x::::", "1:2026::::", "1:20269999:::", "1:::xyz:", "-1::::"])
def test_what_is_no_list_is_stale(payload: str) -> None:
    with pytest.raises(StaleButtonError):
        SourceList.from_button(payload, edition(article()))


def test_an_entry_begins_with_its_title_and_small_print_is_below() -> None:
    card = shown(edition(article()))
    assert card.blocks[1].replace("\u00a0", " ").splitlines() == [
        "**[افتتاح المكتبة العامة في المدينة القديمة](https://news.example/library)**",
        "-# 9 مارس 2026 · صحيفة الضفة",
    ]
    assert shown(edition(article(outlet=None, published=None))).blocks[1].splitlines()[1:] == []


def test_the_menu_opens_the_articles_of_its_page_and_knows_the_way_back() -> None:
    current = edition(*numbered(20))
    card = turned(shown(current, None, "خبر"), "◀️", current)
    menu = card.menu
    assert menu is not None
    kind, back = parse_button_id(menu.custom_id)
    assert (kind, SourceList.from_button(back, current)) == (ButtonKind.OPEN, SourceList(None, "خبر", 1))
    opened = [find_article(current, choice.value) for choice in menu.choices]
    assert [one.title for one in opened if one] == [
        line.removeprefix("**[").split("](")[0] for line in card.blocks[1].splitlines() if line.startswith("**")
    ]


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH], ids=["ar", "en"])
@pytest.mark.parametrize("words", ["كلمة " * 90, "*" * 300, "404 Media " * 50, "\u202e\n" * 200 + "خبر", "𝒂" * 200])
def test_every_menu_keeps_to_what_discord_allows(texts: Texts, words: str) -> None:
    long = [replace(one, title=words, outlet=words) for one in numbered(30)]
    menu = article_menu(long, texts, SourceList(None, "ع" * 56).payload(99_999))
    assert size(menu.custom_id) <= 100
    assert len(menu.choices) == len({choice.value for choice in menu.choices}) == 25
    assert all(0 < size(one.label) <= 100 and size(one.description or "") <= 100 for one in menu.choices)
