"""Articles and outlets found by what a person types: in part, misspelled, in another order."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import Analyser
from bot.articles import Article
from bot.edition import make_edition
from bot.retrieval import TitleIndex, choose_outlet, search_outlets
from tests.articles.far_articles import with_far_articles
from tests.examples import examples

LIBRARY = "افتتاح المكتبة العامة في مدينة المنارة"
BRIDGE = "إغلاق الجسر القديم لأعمال الصيانة في 2026"
TRAINING = "المغرب ومايكروسوفت يتفقان على تدريب المعلمين"
FISHING = "موسم صيد السردين يبدأ متأخرا في المنارة"
MARKET = "سوق المدينة يفتح أبوابه ليلا"
ZOO = "زرافة جديدة بحديقة الحيوان"
TITLES = [LIBRARY, BRIDGE, TRAINING, FISHING, MARKET, ZOO]


def published(*titles: str) -> list[Article]:
    """Make an article a day, the first title the newest."""
    return [
        Article(str(number), title, (), published=date(2026, 3, 31) - timedelta(days=number))
        for number, title in enumerate(titles)
    ]


def index_of(articles: Sequence[Article]) -> TitleIndex:
    catalogue = make_edition(articles, (), Analyser()).catalogue
    assert isinstance(catalogue, TitleIndex)
    return catalogue


def found(text: str, titles: Sequence[str] = TITLES, limit: int = 10) -> list[str]:
    return [article.title for article in index_of(published(*titles)).search(text, limit)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("المكتبة العامة", LIBRARY),
        ("العامة المكتبة", LIBRARY),
        ("مدينة منارة افتتاح", LIBRARY),
        ("اِفْتِتَاحُ المَكْتَبَةِ", LIBRARY),
        ("افتتاح المكتبه", LIBRARY),
        ("إفتتاح مكتبة", LIBRARY),
        ("افتتـــاح", LIBRARY),
        ("مكتبات", LIBRARY),
        ("اغلاق الجسر", BRIDGE),
        ("٢٠٢٦", BRIDGE),
        ("أعمال صيانة", BRIDGE),
        ("مايكروسوفت", TRAINING),
        ("Microsoft", TRAINING),
        ("بالمغرب", TRAINING),
        ("والسردين", FISHING),
        ("حديقة", ZOO),
        ("ليلًا", MARKET),
    ],
)
def test_a_title_is_found_in_any_spelling_and_order_of_its_words(text: str, title: str) -> None:
    assert found(text)[0] == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("المكت", LIBRARY),
        ("مكت", LIBRARY),
        ("افتتاح الم", LIBRARY),
        ("إغلاق الجسر القد", BRIDGE),
        ("المغ", TRAINING),
        ("20", BRIDGE),
        ("زر", ZOO),
    ],
)
def test_the_last_word_may_be_only_begun(text: str, title: str) -> None:
    assert found(text)[0] == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("المكتتبة", LIBRARY),
        ("املكتبة", LIBRARY),
        ("الجصر القديم", BRIDGE),
        ("مايكرسوفت ", TRAINING),
        ("السرذين موسم", FISHING),
        ("صيد السرذ", FISHING),
        ("حديقة الحيوااان", ZOO),
        ("افتتاج المكبتة العمة", LIBRARY),
    ],
)
def test_words_may_have_slips(text: str, title: str) -> None:
    assert found(text)[0] == title


def test_a_slip_may_make_an_ended_word_the_beginning_of_another() -> None:
    assert found("المخاز تغلق", ["المخازن في الميناء", "المخابز تغلق أبوابها"])[0] == "المخابز تغلق أبوابها"


@pytest.mark.parametrize("text", ["كوكبان", "2025", "xyz", "؟", "«", "https://example.org/سوق", "\u064b"])
def test_what_no_title_has_finds_nothing(text: str) -> None:
    assert found(text) == []


def test_a_frequent_word_alone_of_many_finds_nothing() -> None:
    titles = [f"خبر في يوم {number}" for number in range(20)]
    assert found("في كوكبان", titles) == []
    assert len(found("في", titles)) == 10


@pytest.mark.parametrize("text", ["", "  ", "\n\u00a0"])
def test_an_empty_text_finds_the_newest_articles_and_those_without_a_date_last(text: str) -> None:
    undated = Article("undated", "بلا تاريخ", ())
    first, second, third = published("أول", "ثان", "ثالث")
    index = index_of([undated, third, first, second])
    assert list(index.search(text, 10)) == [first, second, third, undated]
    assert list(index.search(text, 2)) == [first, second]


def test_equal_titles_come_newest_first_and_of_one_day_in_the_order_of_the_corpus() -> None:
    days = [date(2026, 1, 1), None, date(2026, 1, 3), date(2026, 1, 1), None]
    articles = [Article(str(number), "نشرة الطقس", (), published=day) for number, day in enumerate(days)]
    assert [article.id for article in index_of(articles).search("الطقس", 10)] == ["2", "0", "3", "1", "4"]


def test_a_title_with_more_of_the_text_comes_first() -> None:
    titles = ["جسر الميناء", "جسر الوادي القديم", "الوادي القديم"]
    assert found("جسر الوادي", titles) == ["جسر الوادي القديم", "جسر الميناء", "الوادي القديم"]


def test_rare_words_count_more_than_frequent_ones() -> None:
    titles = [*(f"أخبار الطقس {number}" for number in range(8)), "أسعار الزيتون", "معرض الزرافة"]
    assert found("أخبار الزيتون", titles)[0] == "أسعار الزيتون"


def test_the_typed_spelling_comes_before_a_longer_word_and_that_before_a_slip() -> None:
    titles = ["مسرحية", "بمسرح", "مسرح", "المسرح"]
    assert found("مسرح ", titles) == ["مسرح", "المسرح", "مسرحية", "بمسرح"]


def test_a_coverage_without_articles_finds_nothing() -> None:
    assert [*index_of([]).search("", 5), *index_of([]).search("سوق", 5)] == []


WORD = st.sampled_from(["المكتبة", "مكتبة", "الجسر", "في", "سوق", "2026", "Zoo", "ﷺ"])
TEXT = st.one_of(st.lists(WORD, max_size=5).map(" ".join), st.text(max_size=30), st.text("ابتلمكه ", max_size=250))


@examples(200)
@given(st.lists(TEXT, max_size=8), TEXT, st.integers(0, 6))
def test_whatever_is_typed_finds_distinct_articles_up_to_the_limit(titles: list[str], text: str, limit: int) -> None:
    articles = published(*titles)
    index = index_of(articles)
    chosen = list(index.search(text, limit))
    assert len(chosen) <= limit
    assert len({article.id for article in chosen}) == len(chosen)
    assert chosen == list(index.search(text, limit)) == list(index.search(text, 8)[:limit])
    assert {article.id for article in chosen} <= {article.id for article in articles}


@examples(100)
@given(st.permutations(TITLES), st.sampled_from(TITLES), st.data())
def test_every_title_is_found_by_its_own_words(titles: list[str], title: str, data: st.DataObject) -> None:
    words = data.draw(st.permutations(title.split()))
    assert found(" ".join(words), titles)[0] == title


OUTLETS = ["صحيفة المنارة", "إذاعة الوادي", "The Coast Times", "وكالة أنباء الساحل", "صحيفة الميناء"]


@pytest.mark.parametrize(
    ("text", "outlets"),
    [
        ("", OUTLETS),
        ("صحيف", ["صحيفة المنارة", "صحيفة الميناء"]),
        ("المنارة صحيفه", ["صحيفة المنارة", "صحيفة الميناء"]),
        ("اذاعه", ["إذاعة الوادي"]),
        ("إداعة", ["إذاعة الوادي"]),
        ("coast t", ["The Coast Times"]),
        ("ساحل", ["وكالة أنباء الساحل"]),
        ("كوكبان", []),
    ],
)
def test_outlets_are_found_the_same_way(text: str, outlets: list[str]) -> None:
    assert search_outlets(OUTLETS, text, 10) == outlets


def test_an_outlet_is_listed_once_and_no_more_than_asked_for() -> None:
    assert search_outlets(OUTLETS * 2, "صحيفة", 1) == ["صحيفة المنارة"]
    assert search_outlets(OUTLETS * 2, "", 9) == OUTLETS


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (LIBRARY, LIBRARY),
        ("المكتبه العامه", LIBRARY),
        ("افتتاج المكبتة", LIBRARY),
        ("السردين", FISHING),
        ("حديقة الحيوااان", ZOO),
        ("المنارة", None),
        ("مكتبة كوكبان", None),
        ("كوكبان", None),
        ("", None),
        ("؟", None),
    ],
)
def test_a_title_is_chosen_where_one_alone_can_be_meant(text: str, title: str | None) -> None:
    chosen = index_of(published(*TITLES)).by_title(text)
    assert (chosen and chosen.title) == title


def test_the_whole_of_a_title_chooses_it_among_longer_ones() -> None:
    index = index_of(published(f"{MARKET} غدا", MARKET, f"اليوم {MARKET}"))
    chosen = index.by_title(f"«{MARKET}»")
    assert chosen is not None
    assert chosen.title == MARKET
    assert index.by_title("سوق المدينة") is None


def test_only_titles_as_long_as_what_is_typed_are_read_to_choose_one() -> None:
    titles = [*(f"سوق رقم {number}" for number in range(300)), "سوق"]
    far, store = with_far_articles(make_edition(published(*titles), (), Analyser()))
    chosen = far.catalogue.by_title("سوق")
    assert chosen is not None
    assert chosen.title == "سوق"
    assert far.catalogue.by_title("سوق المدينة") is None
    assert store.batches == [[300]]


def test_of_articles_with_one_title_none_is_chosen() -> None:
    assert index_of(published(ZOO, ZOO)).by_title(ZOO) is None
    assert index_of([]).by_title(ZOO) is None


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("صحيفه المناره", "صحيفة المنارة"),
        ("المنارة", "صحيفة المنارة"),
        ("صحيفة المنرة", "صحيفة المنارة"),
        ("the coast times", "The Coast Times"),
        ("صحيفة", None),
        ("صحيفة الجبل", None),
        ("وكالة أخرى", None),
        ("", None),
    ],
)
def test_an_outlet_is_chosen_where_one_alone_can_be_meant(text: str, outlet: str | None) -> None:
    assert choose_outlet(OUTLETS * 2, text) == outlet
