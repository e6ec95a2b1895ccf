import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.news.news_cards import news_card
from bot.records.news.arrivals import Arrival
from bot.texts import Texts
from tests.chat.hostile_text import PIECES as HOSTILE_PIECES
from tests.chat.measures import lines, within_limits
from tests.chat.samples import ARABIC, ENGLISH

AT = int(datetime(2026, 11, 24, 12, tzinfo=UTC).timestamp())


def arrived(number: int, *, published: date | None = date(2026, 11, 24), outlet: str | None = "صحيفة الضفة") -> Arrival:
    return Arrival(f"a{number}", f"خبر رقم {number}", outlet, f"https://news.example/{number}", published, AT)


def test_titles_stand_with_outlet_day_and_link() -> None:
    card = news_card([arrived(1), arrived(2, published=None, outlet=None)], ARABIC)
    assert lines(card) == [
        "مقالات جديدة",
        "وصلت مقالتان:",
        "**[خبر رقم 1](https://news.example/1)**",
        "24 نوفمبر 2026 · صحيفة الضفة",
        "**[خبر رقم 2](https://news.example/2)**",
        "لترى كل جديد: \u2068`/الجديد`\u2069",
    ]


def test_of_more_titles_than_a_screen_has_the_rest_are_counted() -> None:
    told = lines(news_card([arrived(number) for number in range(40)], ARABIC))
    assert told[1] == "وصلت 40 مقالةً:"
    assert sum("خبر رقم" in line for line in told) == 15
    assert ARABIC("list.more", count=25) in told


def test_what_is_older_than_a_month_is_counted() -> None:
    old = [arrived(number, published=date(2026, 10, 24)) for number in range(2, 5)]
    told = lines(news_card([arrived(1), *old], ARABIC))
    assert "وصلت 4 مقالات:" in told
    assert "منها 3 مقالات أقدم من شهر لم أذكرها هنا." in told
    assert sum("خبر رقم" in line for line in told) == 1


def test_a_few_old_articles_alone_are_named_with_their_day() -> None:
    told = lines(news_card([arrived(1, published=date(2020, 1, 1))], ARABIC))
    assert told[1:4] == [
        "وصلت مقالة:",
        "**[خبر رقم 1](https://news.example/1)**",
        "1 يناير 2020 · صحيفة الضفة",
    ]
    assert not any("أقدم من شهر" in line for line in told)


def test_an_addition_to_the_archive_is_summed_up_by_outlet() -> None:
    old = [arrived(number, published=date(2020, 1, 1), outlet=f"جهة {number % 12}") for number in range(60)]
    told = lines(news_card([*old, *(replace(one, outlet=None) for one in old[:3])], ARABIC))
    assert not any("خبر" in line for line in told)
    assert "جهة 0: 5" in told
    assert "غير ذلك: 13" in told


def test_hundreds_at_once_are_summed_up() -> None:
    told = lines(news_card([arrived(number, outlet=("أ", None)[number % 3 == 0]) for number in range(300)], ENGLISH))
    assert told[1:4] == ["300 articles have come in:", "\u2068أ\u2069: 200", "outlet not given: 100"]


@given(
    st.lists(st.lists(st.sampled_from(HOSTILE_PIECES), max_size=30).map("".join), min_size=1, max_size=130),
    st.sampled_from([ARABIC, ENGLISH]),
)
def test_nothing_in_a_title_breaks_the_post(titles: list[str], texts: Texts) -> None:
    card = news_card([replace(arrived(number), title=title) for number, title in enumerate(titles)], texts)
    assert within_limits(card)
    assert not re.search(r"(?<!\\)@(?:everyone|here)|<@!?\d", "\n".join(card.texts))


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH], ids=["ar", "en"])
def test_long_titles_and_links_stay_within_the_limits(texts: Texts) -> None:
    long = [
        replace(arrived(number), title="عنوان طويل " * 90, url=f"https://news.example/{'x' * 550}", outlet="جهة " * 80)
        for number in range(20)
    ]
    assert within_limits(news_card(long, texts))
