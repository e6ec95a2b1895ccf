"""The contract of stores, kept by one that has nothing at hand but columns, and how often this reads."""

from collections.abc import Sequence

import numpy as np
import pytest

from bot.articles import Article, TableBuilder, id_digest, table_builder
from bot.articles import article_store as stores
from tests.articles.far_articles import FarArticles
from tests.articles.store_contract import ArticleStoreContract


def far(articles: Sequence[Article]) -> FarArticles:
    builder = TableBuilder()
    for article in articles:
        builder.append(article)
    return FarArticles(builder.arrays())


class TestFarArticles(ArticleStoreContract):
    def build(self, articles: Sequence[Article]) -> FarArticles:
        return far(articles)


MANY = [Article(str(number), f"خبر {number}", ()) for number in range(2000)]


def test_what_columns_tell_reads_nothing() -> None:
    store = far(MANY)
    assert [store.number(article.id) for article in MANY] == list(range(2000))
    assert "no such" not in store
    assert (store.outlet_names, store.language_names, store.first_day, len(store)) == ({}, {}, None, 2000)
    some = store.select(np.arange(2000))[::2].where(np.arange(2000) < 10)
    assert len(some) == 5
    assert store.batches == []


def test_what_is_read_together_is_one_batch_and_read_once() -> None:
    store = far(MANY)
    store.read([5, 3, 5])
    store.read([3, 4])
    store.with_digests([id_digest("3"), id_digest("7"), id_digest("no such"), id_digest("8")])
    assert store.batches == [[5, 3], [4], [7, 8]]


def test_a_selection_is_read_in_batches() -> None:
    store = far(MANY)
    some = store.select(np.arange(600))
    assert [article.id for article in some] == list(map(str, range(600)))
    assert [len(batch) for batch in store.batches] == [256, 256, 88]
    assert len(list(some.titles())) == len(list(some.headers())) == 600
    assert len(store.batches) == 3


def test_a_selection_that_is_left_halfway_reads_no_further() -> None:
    store = far(MANY)
    next(iter(store.values()))
    assert len(store.batches) == 1


def test_no_more_than_some_articles_are_remembered() -> None:
    store = far(MANY)
    assert [article.id for article in store.values()] == [article.id for article in MANY]
    assert len(store._remembered) <= 1024
    assert store.read(range(2000)) == MANY


def test_ids_with_the_same_digest_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (stores, table_builder):
        monkeypatch.setattr(module, "digest", lambda data: bytes([len(data)]) * 7)
    store = far([Article("one", "أ", ()), Article("two", "ب", ()), Article("four", "ج", ())])
    assert [store.number(name) for name in ("one", "two", "six", "four")] == [0, 1, None, 2]
    # Its digest is that of the only article of four letters; reading this tells.
    assert store.number("five") == 2
    assert store.get("five") is None
