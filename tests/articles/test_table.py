"""Articles in arrays are the articles that were put in, and keep the contract of stores."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.articles import Article, ArticleTable, CitedSource, Paragraph, TableBuilder, id_digest
from tests.articles.store_contract import ArticleStoreContract

TEXT = st.text(max_size=12)
LABEL = st.none() | TEXT
ARTICLE = st.builds(
    Article,
    TEXT,
    TEXT,
    st.lists(st.builds(Paragraph, TEXT, LABEL), max_size=4).map(tuple),
    outlet=LABEL,
    url=st.none() | st.text(min_size=1, max_size=9),
    author=LABEL,
    published=st.none() | st.dates(),
    language=LABEL,
    sources=st.lists(st.builds(CitedSource, TEXT, LABEL, LABEL), max_size=3).map(tuple),
)
ARTICLES = st.lists(ARTICLE, max_size=6, unique_by=lambda article: article.id)


def table(articles: Sequence[Article], folder: Path | None = None) -> ArticleTable:
    builder = TableBuilder(folder)
    for article in articles:
        builder.append(article)
    assert len(builder) == len(articles)
    return ArticleTable(builder.arrays())


class TestArticleTable(ArticleStoreContract):
    def build(self, articles: Sequence[Article]) -> ArticleTable:
        return table(articles)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ARTICLES, TEXT)
def test_every_article_comes_back_by_its_id_and_its_number(tmp_path: Path, articles: list[Article], other: str) -> None:
    for made in (table(articles), table(articles, tmp_path)):
        assert list(made) == [article.id for article in articles]
        assert list(made.values()) == articles
        assert [made.at(number) for number in range(len(made))] == articles
        assert made.titles(range(len(made))) == [article.title for article in articles]
        assert made.get(other) == next((article for article in articles if article.id == other), None)


@given(ARTICLES)
def test_headers_are_articles_without_their_texts(articles: list[Article]) -> None:
    made = table(articles)
    headers = list(made.select(np.arange(len(made))).headers())
    assert headers == [replace(article, paragraphs=(), sources=()) for article in articles]


@given(ARTICLES, st.integers(0, 7))
def test_articles_are_found_by_the_beginning_of_the_digest_of_their_ids(articles: list[Article], size: int) -> None:
    made = table(articles)
    for article in articles:
        start = id_digest(article.id)[:size]
        expected = {one.id for one in articles if id_digest(one.id).startswith(start)}
        [found] = made.with_digests([start])
        assert {one.id for one in found} == expected


@given(ARTICLES)
def test_the_digests_differ_where_articles_do(articles: list[Article]) -> None:
    digests = table(articles).columns.digests.tolist()
    assert len(set(digests)) == len(set(articles))
    assert digests == table(articles).columns.digests.tolist()


@given(ARTICLES)
def test_the_first_day_is_the_least(articles: list[Article]) -> None:
    days: list[date] = [article.published for article in articles if article.published]
    assert table(articles).first_day == min(days, default=None)


@given(ARTICLES, st.data())
def test_articles_are_found_by_their_text(articles: list[Article], data: st.DataObject) -> None:
    found = table(articles)
    texts = tuple(paragraph.text for paragraph in data.draw(st.sampled_from(articles)).paragraphs) if articles else ()
    asked = data.draw(st.just(texts) | st.lists(TEXT, max_size=4).map(tuple))
    same = [one for one in found.values() if tuple(paragraph.text for paragraph in one.paragraphs) == asked]
    assert list(found.with_text(asked)) == same
