from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import Analyser
from bot.articles import Article, Paragraph, count_languages, count_months, count_outlets, outlets
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
    assert tuple(name for name, _ in count_outlets(table)) == outlets(table)
