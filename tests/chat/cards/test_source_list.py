from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Article
from bot.chat.cards import (
    ButtonKind,
    Card,
    SourceList,
    StaleButtonError,
    article_key,
    article_list_card,
    parse_button_id,
    size,
    sources_card,
)
from bot.edition import Edition
from bot.retrieval import Scope
from bot.texts import Texts
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


def leading(card: Card, label: str) -> str:
    """Return the id of a button that can be pressed."""
    return next(
        button.custom_id for row in card.rows for button in row if button.label == label and not button.is_disabled
    )


def turned(card: Card, label: str, current: Edition) -> Card:
    kind, payload = parse_button_id(leading(card, label))
    assert kind is ButtonKind.LIST
    return sources_card(current, SourceList.from_button(payload, current), ARABIC)


def test_pages_lead_from_the_newest_to_the_oldest_and_back() -> None:
    current = edition(*numbered(20))
    first = shown(current)
    second = turned(first, "التالي", current)
    third = turned(second, "التالي", current)
    listed = [line for card in (first, second, third) for line in card.blocks[-1].splitlines()]
    assert [int(line.split("رقم ")[1].split("]")[0]) for line in listed] == list(range(19, -1, -1))
    assert [card.footnote for card in (first, second, third)] == [f"الصفحة {n} من 3" for n in (1, 2, 3)]
    assert turned(turned(third, "السابق", current), "السابق", current) == first
    with pytest.raises(StopIteration):
        leading(third, "التالي")


def test_a_page_that_a_reload_took_is_the_last_one() -> None:
    second = turned(shown(edition(*numbered(20))), "التالي", edition(*numbered(3)))
    assert second.footnote is None
    assert second.blocks[-1].count("خبر") == 3


@pytest.mark.parametrize(
    ("count", "intro"),
    [
        (1, "أجيب من هذه المقالة وحدها:"),
        (2, "أجيب من هاتين المقالتين وحدهما، الأحدث أولاً:"),
        (3, "أجيب من هذه المقالات وحدها، وهي 3 مقالات، الأحدث أولاً:"),
        (11, "أجيب من هذه المقالات وحدها، وهي 11 مقالة، الأحدث أولاً:"),
        (100, "أجيب من هذه المقالات وحدها، وهي 100 مقالة، الأحدث أولاً:"),
    ],
)
def test_articles_are_counted_as_the_language_does(count: int, intro: str) -> None:
    assert shown(edition(*numbered(count))).blocks[0] == intro


def test_what_a_list_is_narrowed_to_stands_above_it() -> None:
    current = edition(*numbered(12), article("موسم الزيتون", outlet="إذاعة الساحل", published=date(2026, 1, 12)))
    card = shown(current, Scope(since=date(2026, 1, 11), outlet="صحيفة الضفة"), "خبر")
    assert card.blocks[0] == (
        "طلبتَ ما نُشر منذ 11 يناير/كانون الثاني 2026 في صحيفة الضفة بعنوان فيه «خبر».\nوجدتُ مقالتين من 13 مقالة، وهي:"
    )
    assert card.blocks[1].count("خبر رقم") == 2


def test_a_title_that_was_chosen_is_that_article_alone() -> None:
    articles = numbered(12)
    card = shown(edition(*articles), None, article_key(articles[4]))
    assert "بعنوان فيه «خبر رقم 4»" in card.blocks[0]
    assert card.blocks[1].count("خبر") == 1


def test_the_best_of_a_title_comes_first() -> None:
    current = edition(*numbered(3), article("سوق الخبر رقم أربعة", published=date(2020, 1, 1)))
    assert "سوق" in shown(current, None, "سوق خبر").blocks[-1].splitlines()[0]


def test_where_nothing_is_found_the_coverage_is_told() -> None:
    card = shown(edition(*numbered(3)), Scope(until=date(2020, 1, 1)))
    assert card.blocks[1].splitlines() == [
        "لا توجد في التغطية مقالة كهذه.",
        "نُشرت مقالات التغطية في المدة من 1 يناير/كانون الثاني 2026 إلى 3 يناير/كانون الثاني 2026.",
        "جهات النشر فيها: صحيفة الضفة",
    ]
    assert not card.rows


def test_where_nothing_is_found_in_a_coverage_without_dates_and_outlets_that_is_all() -> None:
    card = shown(edition(article(outlet=None, published=None)), None, "كوكبان")
    assert card.blocks[1] == "لا توجد في التغطية مقالة كهذه."


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH], ids=["ar", "en"])
@pytest.mark.parametrize("url", [None, "https://news.example/a", "https://news.example/" + "%D8%B1" * 90])
def test_the_longest_lists_fit(texts: Texts, url: str | None) -> None:
    long = [replace(one, title="*" * 40 + "كلمة " * 90 + one.title) for one in numbered(500, url=url, outlet="و" * 200)]
    card = shown(edition(*long), Scope(date(2000, 1, 1), date(2030, 1, 1), "و" * 200), "*" * 300, texts)
    listed = shown(edition(*long), texts=texts)
    assert within_limits(card)
    assert within_limits(listed)
    assert len(listed.blocks[1].splitlines()) == 8
    assert within_limits(article_list_card(texts("article.several"), long[:8], texts))


def test_lines_keep_their_links_while_there_is_room() -> None:
    addresses = [f"https://news.example/{number}/" + "a" * 500 for number in range(8)]
    listed = shown(edition(*(replace(one, url=url) for one, url in zip(numbered(8), addresses, strict=True))))
    assert 4 <= listed.blocks[1].count("](https://") < 8
    assert within_limits(listed)


@given(st.text(), st.integers(0, 99_999), st.dates(), st.sampled_from([None, "صحيفة الضفة"]))
def test_an_id_holds_any_list(title: str, page: int, day: date, outlet: str | None) -> None:
    current = edition(article())
    asked = SourceList.from_typed(Scope(day, None, outlet), title)
    identity = asked.button_id(page)
    assert size(identity) <= 100
    assert SourceList.from_button(parse_button_id(identity)[1], current) == replace(asked, page=page)


@pytest.mark.parametrize("payload", ["", "1", "1:::", "x::::", "1:2026::::", "1:20269999:::", "1:::xyz:", "-1::::"])
def test_what_is_no_list_is_stale(payload: str) -> None:
    with pytest.raises(StaleButtonError):
        SourceList.from_button(payload, edition(article()))
