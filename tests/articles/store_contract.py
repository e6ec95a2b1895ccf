"""The contract of every store of articles: a test class, run on a store by a subclass."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from bot.articles import Article, ArticleStore, CitedSource, Paragraph, header, id_digest

BRIDGE = Article(
    "bridge",
    "إغلاق الجسر القديم",
    (Paragraph("أغلقت البلدية الجسر القديم."), Paragraph("يدوم الإغلاق أسبوعا.", "المدة"), Paragraph("")),
    outlet="الشرق",
    url="https://www.news.example/%D8%AC%D8%B3%D8%B1/",
    author="سلمى",
    published=date(2026, 3, 9),
    language="ar",
    sources=(CitedSource("البلدية", "https://town.example/1", "2026-03"), CitedSource("ناطق")),
    dropped=3,
)
LIBRARY = Article(
    "library/2026",
    "Opening 😀 of the library",
    (Paragraph("It opened."),),
    outlet="الغرب",
    url="https://news.example/library",
    published=date(2026, 3, 5),
    language="en",
)
AGENCY = replace(
    BRIDGE, id="وكالة/" + "ا" * 300, outlet="الشَّرق", url="http://NEWS.example/جسر?amp=1", author=None, sources=()
)
EMPTY = Article("", "", ())
ARTICLES = [LIBRARY, BRIDGE, EMPTY, AGENCY]


class ArticleStoreContract(ABC):
    """What the rooms above rely on, wherever an edition's articles have their texts."""

    @abstractmethod
    def build(self, articles: Sequence[Article]) -> ArticleStore:
        """Return a store of the articles."""

    @pytest.fixture(name="store")
    def _store(self) -> ArticleStore:
        return self.build(ARTICLES)

    def test_every_article_comes_back_by_its_id_and_its_number(self, store: ArticleStore) -> None:
        assert len(store) == len(ARTICLES)
        assert list(store) == [article.id for article in ARTICLES]
        assert [store[article.id] for article in ARTICLES] == ARTICLES
        assert [store.number(article.id) for article in ARTICLES] == [0, 1, 2, 3]
        assert [store.at(number) for number in range(4)] == ARTICLES
        assert list(store.values()) == ARTICLES

    def test_what_is_not_there_is_an_error(self, store: ArticleStore) -> None:
        assert (store.number("no such"), store.get("no such"), "no such" in store) == (None, None, False)
        with pytest.raises(KeyError):
            _ = store["no such"]
        for number in (-1, 4):
            with pytest.raises(IndexError):
                store.at(number)
            with pytest.raises(IndexError):
                store.read([0, number])

    def test_articles_are_read_in_the_order_asked_for(self, store: ArticleStore) -> None:
        assert store.read([3, 0, 3]) == [AGENCY, LIBRARY, AGENCY]
        assert store.read([]) == []

    def test_an_article_asked_for_again_is_remembered(self, store: ArticleStore) -> None:
        assert store.read([1])[0] is store.at(1) is store.read([0, 1])[1] is store["bridge"]

    def test_titles_and_headers_are_read_without_texts(self, store: ArticleStore) -> None:
        assert store.titles([1, 0]) == [BRIDGE.title, LIBRARY.title]
        assert store.headers([1, 0]) == [header(one) for one in (BRIDGE, LIBRARY)]

    def test_articles_are_found_by_the_beginning_of_the_digest_of_their_ids(self, store: ArticleStore) -> None:
        digests = [id_digest(article.id) for article in ARTICLES]
        assert store.with_digests([*digests, id_digest("no such")]) == [*([article] for article in ARTICLES), []]
        assert store.with_digests([digest[:5] for digest in digests]) == [[article] for article in ARTICLES]
        assert set(store.with_digests([b""])[0]) == set(ARTICLES)
        assert store.with_digests([]) == []

    def test_articles_are_found_by_their_text(self, store: ArticleStore) -> None:
        texts = [paragraph.text for paragraph in BRIDGE.paragraphs]
        assert list(store.with_text(texts)) == [BRIDGE, AGENCY]
        assert list(store.with_text(["It opened."])) == [LIBRARY]
        assert list(store.with_text([])) == [EMPTY]
        assert list(store.with_text(texts[:2])) == []
        assert list(store.with_text([*texts, ""])) == []

    @pytest.mark.parametrize("link", ["https://news.example/جسر", "http://amp.news.example/جسر/amp", str(AGENCY.url)])
    def test_articles_are_found_by_their_link_however_it_is_written(self, store: ArticleStore, link: str) -> None:
        assert list(store.with_link(link)) == [header(one) for one in (BRIDGE, AGENCY)]
        assert list(store.with_link("https://news.example/bridge")) == []

    def test_columns_tell_days_labels_and_ids(self, store: ArticleStore) -> None:
        columns = store.columns
        assert columns.days.tolist() == [
            article.published.toordinal() if article.published else 0 for article in ARTICLES
        ]
        outlets, languages = store.outlet_names, store.language_names
        assert [outlets.get(label) for label in columns.outlets.tolist()] == [article.outlet for article in ARTICLES]
        assert [languages.get(label) for label in columns.languages.tolist()] == [one.language for one in ARTICLES]
        digests = [int.from_bytes(id_digest(ARTICLES[number].id), "big") for number in columns.places.tolist()]
        assert columns.id_digests.tolist() == digests == sorted(digests)
        assert store.first_day == LIBRARY.published
        assert self.build([EMPTY]).first_day is None

    def test_the_digests_differ_where_articles_do(self, store: ArticleStore) -> None:
        digests = store.columns.digests.tolist()
        assert len(set(digests)) == len(ARTICLES)
        changed = self.build([LIBRARY, replace(BRIDGE, author="هدى"), EMPTY, AGENCY]).columns.digests.tolist()
        assert [one == other for one, other in zip(digests, changed, strict=True)] == [True, False, True, True]

    def test_some_articles_are_a_sequence_of_their_own(self, store: ArticleStore) -> None:
        some = store.select(np.array([3, 1, 0]))
        assert list(some) == [some[0], some[1], some[2]] == [AGENCY, BRIDGE, LIBRARY]
        assert list(some[1:]) == [BRIDGE, LIBRARY]
        assert some[-1] == LIBRARY
        assert list(some.titles()) == [AGENCY.title, BRIDGE.title, LIBRARY.title]
        assert [one.id for one in some.headers()] == [AGENCY.id, BRIDGE.id, LIBRARY.id]
        assert list(some.select([2, 0])) == [LIBRARY, AGENCY]
        assert list(some.where(np.array([True, True, True, False]))) == [BRIDGE, LIBRARY]

    def test_many_articles_are_read_in_their_order(self) -> None:
        many = [Article(f"article {number}", f"خبر {number}", (Paragraph(f"نص {number}"),)) for number in range(600)]
        store = self.build(many)
        backwards = store.select(np.arange(600)[::-1])
        assert list(backwards) == many[::-1]
        assert list(backwards.titles()) == [article.title for article in many[::-1]]
        assert list(store) == [article.id for article in many]

    def test_nothing_of_nothing(self) -> None:
        store = self.build([])
        assert (list(store), list(store.values()), store.get("bridge"), store.first_day) == ([], [], None, None)
        assert (
            list(store.with_text([])),
            list(store.with_link("https://news.example/")),
            store.with_digests([b""]),
        ) == (
            [],
            [],
            [[]],
        )
