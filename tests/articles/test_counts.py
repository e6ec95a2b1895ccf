from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import Analyser
from bot.articles import (
    Article,
    ArticleTable,
    Paragraph,
    TableBuilder,
    count_languages,
    count_months,
    count_outlets,
    outlet_key,
)
from bot.edition import make_edition

ARTICLES = st.lists(
    st.tuples(
        st.none() | st.dates(date(1, 1, 1), date(2100, 1, 1)),
        st.sampled_from([None, "ar", "en"]),
        st.sampled_from([None, "صحيفة الضفة", "إذاعة الساحل"]),
    ),
    min_size=1,
    max_size=30,
)


@given(ARTICLES)
def test_counts_are_those_of_the_articles(facts: list[tuple[date | None, str | None, str | None]]) -> None:
    made = [
        Article(str(n), "عنوان", (Paragraph("نص المقالة."),), outlet=outlet, published=day, language=language)
        for n, (day, language, outlet) in enumerate(facts)
    ]
    table = make_edition(made, (), Analyser()).articles
    months = count_months(table)
    assert dict(months) == Counter(day.replace(day=1) for day, _, _ in facts if day)
    assert [first for first, _ in months] == sorted((first for first, _ in months), reverse=True)
    assert dict(count_languages(table)) == Counter(language for _, language, _ in facts)
    assert dict(count_outlets(table)) == Counter(outlet for _, _, outlet in facts if outlet)


def articles(*names: str | None) -> ArticleTable:
    builder = TableBuilder()
    for number, name in enumerate(names):
        builder.append(Article(f"a{number}", "خبر", (), outlet=name))
    return ArticleTable(builder.arrays())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("صحيفة الأنباء", "صحيفة الانباء"),
        ("صحيفة الأنباء", "صَحِيفةُ  الأنبــاء "),
        ("شبكة المنارة", "شبكه المناره"),
        ("The Lighthouse", "the LIGHTHOUSE"),
        ("القناة ٩", "القناة 9"),
    ],
)
def test_spellings_of_an_outlet_have_one_key(one: str, other: str) -> None:
    assert outlet_key(one) == outlet_key(other)


@pytest.mark.parametrize("other", ["صحيفة الأنباء الجديدة", "الأنباء", "صحيفة البناء"])
def test_other_outlets_have_others(other: str) -> None:
    assert outlet_key(other) != outlet_key("صحيفة الأنباء")


@pytest.mark.parametrize(
    ("names", "listed"),
    [
        (("الميناء", "المنارة", None, "المنارة"), ("المنارة", "الميناء")),
        (("ب", "أ", "ج"), ("ب", "أ", "ج")),
        (("الانباء", "الأنباء", "الميناء", "الأنباء"), ("الأنباء", "الميناء")),
        ((None, None), ()),
    ],
    ids=["the most first", "else as they come", "as most spell it", "none"],
)
def test_outlets_are_listed_by_their_articles(names: tuple[str | None, ...], listed: tuple[str, ...]) -> None:
    assert tuple(name for name, _ in count_outlets(articles(*names))) == listed
