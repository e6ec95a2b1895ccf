import asyncio
from datetime import UTC, date, datetime
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Article
from bot.chat.cards.button_ids import parse_button_id
from bot.chat.cards.card import Card
from bot.chat.cards.source_list import SourceList
from bot.chat.news.new_articles import NewArticles, find_new_articles, new_articles_card
from bot.chat.request_handler import RequestHandler
from bot.edition import Edition
from bot.records import Records, RecordsAwayError
from bot.retrieval import Scope
from bot.texts import Texts
from tests.articles.far_articles import with_far_articles
from tests.chat.doubles import answerer, edition, editions
from tests.chat.measures import lines, within_limits
from tests.chat.samples import ARABIC, ENGLISH, answer, article

TODAY = date(2026, 11, 24)
NOON = int(datetime(2026, 11, 24, 12, tzinfo=UTC).timestamp())
DAY = 24 * 60 * 60


def dated(title: str, days_ago: int | None, outlet: str | None = "صحيفة الضفة") -> Article:
    published = None if days_ago is None else date.fromordinal(TODAY.toordinal() - days_ago)
    return article(title, published=published, outlet=outlet)


CURRENT = edition(dated("اليوم", 0), dated("أمس", 1), dated("قبل شهرين", 60), dated("بلا تاريخ", None))


def titles(current: Edition, times: dict[str, int], since: int, outlet: str | None = None) -> list[str]:
    return [one.title for one in find_new_articles(current, times, since, outlet)]


def test_what_was_there_before_counts_from_its_day() -> None:
    assert titles(CURRENT, {}, NOON - DAY) == ["اليوم", "أمس"]
    assert titles(CURRENT, {}, NOON) == ["اليوم"]


def test_what_arrived_counts_from_its_arrival_however_old_it_is() -> None:
    times = {"قبل شهرين": NOON, "بلا تاريخ": NOON, "أمس": NOON - 9 * DAY, "أخرى": NOON}
    assert titles(CURRENT, times, NOON - DAY) == ["اليوم", "قبل شهرين", "بلا تاريخ"]


def test_an_outlet_narrows_both() -> None:
    current = edition(dated("أ", 0, "إذاعة الساحل"), dated("ب", 0), dated("ج", 90, "إذاعة الساحل"))
    assert titles(current, {"ج": NOON + 5}, NOON - DAY, "اذاعة الساحل") == ["ج", "أ"]


@given(
    st.dictionaries(st.sampled_from(["اليوم", "أمس", "قبل شهرين", "بلا تاريخ"]), st.integers(0, NOON)),
    st.integers(0, NOON),
)
def test_an_arrival_is_listed_exactly_where_it_is_not_before_the_time(times: dict[str, int], since: int) -> None:
    found = titles(CURRENT, times, since)
    assert len(found) == len(set(found))
    for title, at in times.items():
        assert (title in found) is (at >= since)


def card(current: Edition, page: int = 0, outlet: str | None = None, *, is_known: bool = True) -> Card:
    asked = SourceList(Scope(outlet=outlet) if outlet else None, page=page, arrived_since=NOON - 7 * DAY)
    return new_articles_card(current, asked, {} if is_known else None, NOON - 30 * DAY, ARABIC)


def test_pages_and_the_menu_lead_back_to_the_list() -> None:
    shown = card(edition(*(dated(f"خبر {number}", 0) for number in range(20))), page=1)
    assert "وصلت 20 مقالةً منذ 17 نوفمبر 2026، الأحدث أولاً:" in lines(shown)
    assert shown.footnote == "الصفحة 2 من 3"
    assert shown.menu
    for identity in (shown.menu.custom_id, *(button.custom_id for row in shown.rows for button in row)):
        asked = SourceList.from_button(parse_button_id(identity)[1], CURRENT)
        assert (asked.arrived_since, asked.title, asked.scope) == (NOON - 7 * DAY, "", None)
        assert len(identity) <= 100


def test_a_page_of_articles_that_are_elsewhere_is_read_in_one_batch() -> None:
    near = edition(*(dated(f"خبر {number}", 0) for number in range(20)))
    far, store = with_far_articles(near)
    assert card(far, page=1) == card(near, page=1)
    assert [len(batch) for batch in store.batches] == [8]


def test_nothing_new_names_the_newest_day_and_the_month() -> None:
    current = edition(dated("قبل عشرة أيام", 10), dated("قبل شهرين", 60, "إذاعة الساحل"))
    assert lines(card(current))[1:] == [
        "لم تصل أي مقالة منذ 17 نوفمبر 2026.",
        "أحدث المقالات نُشرت في 14 نوفمبر 2026.",
        "ووصلت مقالة واحدة في آخر 30 يوماً.",
    ]
    assert lines(card(current, outlet="إذاعة الساحل"))[1:] == [
        "لم تصل أي مقالة منذ 17 نوفمبر 2026 في إذاعة الساحل.",
        "أحدث المقالات نُشرت في 25 سبتمبر 2026.",
        "ولم تصل أي مقالة في آخر 30 يوماً.",
    ]


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH], ids=["ar", "en"])
def test_long_titles_stay_within_the_limits(texts: Texts) -> None:
    long = (f"{'عنوان ' * 60}{number}" for number in range(9))
    current = edition(*(article(title, published=TODAY, url=f"https://news.example/{'x' * 500}") for title in long))
    shown = new_articles_card(current, SourceList(arrived_since=NOON), None, NOON, texts)
    assert within_limits(shown)


class Away:
    """A store that is away."""

    async def ask_within(self, *_: object) -> object:
        raise RecordsAwayError


async def test_a_store_that_is_away_is_told() -> None:
    found = answerer(lambda *_: answer(article()))
    handler = RequestHandler(editions(CURRENT), found, ARABIC, asyncio.Event())
    shown = NewArticles(handler, cast("Records", Away()), now=lambda: float(NOON))
    told = lines(await shown.card(SourceList(arrived_since=NOON - DAY), CURRENT))
    assert "سجلّ الوصول ليس في متناولي الآن، فاعتمدتُ يوم النشر." in told
    assert any("اليوم" in line for line in told)
