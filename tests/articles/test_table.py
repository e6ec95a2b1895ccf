"""Articles in arrays are the articles that were put in, and keep the contract of stores."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.articles import Article, ArticleTable, CitedSource, Paragraph, TableBuilder, header
from bot.articles import table as articles_table
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
    dead_since=st.none() | st.dates(),
)
ARTICLES = st.lists(ARTICLE, max_size=6, unique_by=lambda article: article.id)


def table(articles: Sequence[Article], folder: Path | None = None) -> ArticleTable:
    builder = TableBuilder(folder)
    for article in articles:
        builder.append(article)
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
        assert made.headers(range(len(made))) == [header(article) for article in articles]
        assert made.get(other) == next((article for article in articles if article.id == other), None)


def test_texts_that_were_read_do_not_stay_mapped(monkeypatch: pytest.MonkeyPatch) -> None:
    given_back = list[int]()
    monkeypatch.setattr(articles_table, "release_memory", lambda arrays: given_back.append(len(arrays)))
    monkeypatch.setattr(articles_table, "_MOST_LOADED", 4)
    store = table([Article(f"{number}", "عنوان", (Paragraph("نص"),)) for number in range(10)])
    assert [store.at(number).paragraphs[0].text for number in range(10)] == ["نص"] * 10
    assert given_back == [1, 1]
