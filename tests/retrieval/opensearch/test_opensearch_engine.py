"""The engine on a cluster keeps the contract of engines, and finds what the embedded one finds, to the last bit."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import Analyser
from bot.articles import Article, ArticleStore, Paragraph
from bot.edition import Edition, make_edition
from bot.retrieval import (
    RANKING,
    IncompleteIndexError,
    Scope,
    SearchEngine,
    SearchUnknownError,
    Shortlist,
    StemEquivalents,
    TitleIndex,
)
from bot.retrieval.opensearch import OpenSearchEngine, PublishedArticles, SealedIndex, open_engine
from bot.retrieval.opensearch.publications.document_numbers import number_changes, number_documents
from bot.retrieval.opensearch.publications.edition_documents import EditionDocuments
from bot.retrieval.opensearch.publications.side_file import side_arrays, side_facts
from bot.storage import strip_prefix
from tests.articles.store_contract import ArticleStoreContract
from tests.retrieval.coverage import ANALYSER
from tests.retrieval.engine_contract import ArticleCatalogueContract, SearchEngineContract
from tests.retrieval.opensearch.memory_cluster import MemoryCluster

INDEX, BASE = "words", "base"
# A server of version 3 leaves out the factor of BM25 that changes no order.
VERSION_2, VERSION_3 = RANKING.k1 + 1, 1.0
WORDS = ["المكتبة", "الجسر", "البلدية", "افتتحت", "السوق", "القديم", "طقس", "معتدل", "وزارة", "اليوم", "NATO", "٣٥"]
STEMS = [term.stem for word in WORDS for term in ANALYSER.terms(word)]


@dataclass(frozen=True)
class Published:
    """An edition, and the same in a cluster."""

    edition: Edition
    cluster: MemoryCluster
    engine: OpenSearchEngine
    articles: PublishedArticles
    catalogue: TitleIndex


def publish(
    articles: Sequence[Article],
    factor: float = VERSION_2,
    analyser: Analyser = ANALYSER,
    before: Sequence[Article] | None = None,
) -> Published:
    """Publish an edition, as what differs from one before it where that is given."""
    edition = make_edition(articles, (), analyser)
    numbers, lines = number_documents(edition.arrays), dict[str, Iterable[bytes]]()
    if before is not None:
        base = make_edition(before, (), analyser)
        old = number_documents(base.arrays)
        lines[BASE] = EditionDocuments(base.arrays, old).lines(())
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("bot.retrieval.opensearch.publications.document_numbers._MOST_CHANGED", math.inf)
            found = number_changes(edition.arrays, side_arrays(base.arrays, old), side_facts(base.arrays, old))
        if found is None:
            # Of other lengths, as only so few passages are: it is sent whole.
            return publish(articles, factor, analyser)
        numbers = found
    lines[INDEX] = EditionDocuments(edition.arrays, numbers).lines(())
    cluster = MemoryCluster(lines, factor)
    arrays = side_arrays(edition.arrays, numbers)
    index = SealedIndex(cluster, cluster.seals)
    engine, published = open_engine(index, arrays, side_facts(edition.arrays, numbers), analyser)
    catalogue = TitleIndex(strip_prefix(arrays, "titles"), published)
    return Published(edition, cluster, engine, published, catalogue)


class TestOpenSearchEngine(SearchEngineContract):
    def build(self, articles: Sequence[Article]) -> SearchEngine:
        return publish(articles).engine


class TestPublishedCatalogue(ArticleCatalogueContract):
    def build(self, articles: Sequence[Article]) -> TitleIndex:
        return publish(articles).catalogue


class TestPublishedArticles(ArticleStoreContract):
    def build(self, articles: Sequence[Article]) -> ArticleStore:
        return publish(articles).articles


def some_time_before(articles: Sequence[Article]) -> list[Article]:
    """Return articles of which a third is changed since, and a third new, with others that are gone."""
    gone = [replace(article, id=f"gone {article.id}") for article in articles]
    other = [replace(article, paragraphs=(*article.paragraphs[1:], Paragraph("طقس معتدل"))) for article in articles]
    turns = zip(range(len(articles)), articles, other, gone, strict=True)
    return [
        each
        for turn, article, changed, went in turns
        for each in ((), (changed, went), (went, article, replace(went, id=f"again {went.id}")))[turn % 3]
    ]


class TestChangedEngine(SearchEngineContract):
    def build(self, articles: Sequence[Article]) -> SearchEngine:
        return publish(articles, before=some_time_before(articles)).engine


class TestChangedCatalogue(ArticleCatalogueContract):
    def build(self, articles: Sequence[Article]) -> TitleIndex:
        return publish(articles, before=some_time_before(articles)).catalogue


class TestChangedArticles(ArticleStoreContract):
    def build(self, articles: Sequence[Article]) -> ArticleStore:
        return publish(articles, before=some_time_before(articles)).articles


def assert_alike(found: Shortlist, expected: Shortlist) -> None:
    assert found.passages.tolist() == expected.passages.tolist()
    assert found.articles.tolist() == expected.articles.tolist()
    assert found.scores.tolist() == expected.scores.tolist()
    assert found.variants == expected.variants
    assert found.grams.grams == expected.grams.grams
    assert found.grams.saturations.tolist() == expected.grams.saturations.tolist()
    assert found.grams.weights.tolist() == expected.grams.weights.tolist()


sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join)
articles = st.lists(st.tuples(sentences, st.lists(sentences, min_size=1, max_size=6)), min_size=1, max_size=30).map(
    lambda drawn: [
        Article(str(number), title, tuple(map(Paragraph, texts)), outlet=str(number % 3))
        for number, (title, texts) in enumerate(drawn)
    ]
)


@given(
    articles,
    st.lists(st.sampled_from([*WORDS, "المكتبه", "مكتبات", "كركدن"]), max_size=6),
    st.sampled_from([VERSION_2, VERSION_3]),
    st.booleans(),
)
def test_a_shortlist_is_that_of_the_embedded_engine(
    corpus: list[Article], words: list[str], factor: float, is_changed: bool
) -> None:
    published = publish(corpus, factor, before=some_time_before(corpus) if is_changed else None)
    terms = ANALYSER.terms(" ".join(words))
    stems = [term.stem for term in terms]
    spelled = [
        StemEquivalents(frozenset(stems[:2]), frozenset(stems[2:3]), frozenset({tuple(stems[2:5])}), 0.5),
        StemEquivalents(frozenset(stems[:1]), frozenset(STEMS[:4])),
    ]
    for equivalents in ([], spelled if stems else []):
        for scope in (None, Scope(outlet="1")):
            found = published.engine.shortlist(terms, equivalents, scope)
            assert_alike(found, published.edition.index.shortlist(terms, equivalents, scope))


@pytest.fixture
def few_candidates() -> Iterator[None]:
    """Let a shortlist have four passages, so that small corpora have more than come at a time."""
    rooms = "bot.retrieval.shortlist", "bot.retrieval.opensearch.candidate_search"
    with pytest.MonkeyPatch.context() as patch:
        for room in rooms:
            patch.setattr(f"{room}.RANKING", replace(RANKING, shortlist_size=4, least_of_other_articles=2))
        patch.setattr(f"{rooms[1]}._CANDIDATES", (5, 10, 1000))
        patch.setattr(f"{rooms[1]}._OTHER_CANDIDATES", (3, 10, 1000))
        yield


equivalents = st.lists(
    st.tuples(
        st.sets(st.integers(0, 4), min_size=1, max_size=2),
        st.sets(st.sampled_from(STEMS), max_size=3),
        st.sets(st.lists(st.sampled_from(STEMS), min_size=1, max_size=3).map(tuple), max_size=2),
        st.sampled_from([0.0, 0.5, 1.0]),
    ),
    max_size=3,
)


@pytest.mark.usefixtures("few_candidates")
@given(
    articles,
    st.lists(st.sampled_from([*WORDS, "مكتبات", "كركدن"]), min_size=1, max_size=5),
    equivalents,
    st.sampled_from([None, Scope(outlet="1")]),
    st.tuples(st.sampled_from([2, 900]), st.booleans()),
)
def test_no_passage_of_a_shortlist_is_left_in_the_cluster(
    corpus: list[Article],
    words: list[str],
    said: list[tuple[set[int], set[str], set[tuple[str, ...]], float]],
    scope: Scope | None,
    limits: tuple[int, bool],
) -> None:
    clauses, is_changed = limits
    terms = ANALYSER.terms(" ".join(words))
    spelled = [
        StemEquivalents(
            frozenset(terms[place % len(terms)].stem for place in places), frozenset(single), frozenset(runs), weight
        )
        for places, single, runs, weight in said
    ]
    published = publish(corpus, before=some_time_before(corpus) if is_changed else None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.retrieval.opensearch.candidate_query._MOST_CLAUSES", clauses)
        found = published.engine.shortlist(terms, spelled, scope)
    assert_alike(found, published.edition.index.shortlist(terms, spelled, scope))


@pytest.mark.usefixtures("few_candidates")
def test_scores_prove_nothing_where_words_count_less_than_nothing() -> None:
    # Nearly every word is in more than half of the passages, so that what stands for one is worth more than the word.
    held = ["البلدية السوق", "البلدية", "البلدية السوق", "البلدية السوق", "البلدية", ""]
    corpus = [Article(str(number), "خبر", (Paragraph(f"الجسر {words} القديم"),)) for number, words in enumerate(held)]
    published = publish(corpus)
    old, bridge, town = (ANALYSER.terms(word)[0].stem for word in ("القديم", "الجسر", "البلدية"))
    spelled = [
        StemEquivalents(frozenset({old}), frozenset({bridge})),
        StemEquivalents(frozenset({old}), frozenset({bridge, town})),
    ]
    found = published.engine.shortlist(ANALYSER.terms("القديم"), spelled)
    assert_alike(found, published.edition.index.shortlist(ANALYSER.terms("القديم"), spelled))


# The server takes lengths from 104 to 111 for the same; no word is in so many passages that it counts for nothing.
LONG = [
    *(
        Article(str(number), f"NATO{number}", (Paragraph(" ".join(["الجسر", *["طقس"] * (101 + number % 8)])),))
        for number in range(400)
    ),
    *(Article(f"other {number}", f"NATO{number}", (Paragraph("معتدل"),)) for number in range(500)),
]


def test_more_candidates_are_asked_for_until_none_better_can_be_left() -> None:
    published = publish(LONG)
    before = len(published.cluster.searches)
    terms = ANALYSER.terms("الجسر")
    found = published.engine.shortlist(terms)
    assert [search["size"] for search in published.cluster.searches[before:]] == [150, 600]
    assert_alike(found, published.edition.index.shortlist(terms))


def test_a_question_costs_two_requests() -> None:
    published = publish([Article(str(number), "خبر", (Paragraph("افتتحت البلدية المكتبة"),)) for number in range(30)])
    before = len(published.cluster.searches)
    shortlist = published.engine.shortlist(ANALYSER.terms("المكتبة"))
    read = shortlist.read(shortlist.top_k(10))
    assert {passage.passage.text for passage in read} == {"افتتحت البلدية المكتبة"}
    # The candidates; the layouts and the articles.
    assert len(published.cluster.searches) - before == 2


def test_what_stands_before_several_words_costs_one_request() -> None:
    texts = ("افتتحت البلدية المكتبة", "السوق القديم", "افتتحت السوق المكتبة")
    published = publish([Article(text, "خبر", (Paragraph(text),)) for text in texts])
    engine, asked = published.engine, ANALYSER.words("المكتبة القديم البلدية كركدن")
    before = len(published.cluster.searches)
    engine.expect_words_before(asked)
    found = [engine.words_before(word).tolist() for word in asked]
    assert len(published.cluster.searches) - before == 1
    assert found == [published.edition.index.words_before(word).tolist() for word in asked]
    # They are remembered.
    engine.expect_words_before(asked)
    assert len(published.cluster.searches) - before == 1


def test_very_many_equivalents_are_bounded_in_a_single_clause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.retrieval.opensearch.candidate_query._MOST_CLAUSES", 2)
    published = publish(
        [Article(str(n), "خبر", (Paragraph(f"{word} {WORDS[n % 5]}"),)) for n, word in enumerate(WORDS)]
    )
    terms = ANALYSER.terms("كركدن السوق")
    equivalents = [StemEquivalents(frozenset({terms[0].stem}), frozenset(STEMS[:4]))]
    found = published.engine.shortlist(terms, equivalents)
    assert "terms" in str(published.cluster.searches[-1])
    assert_alike(found, published.edition.index.shortlist(terms, equivalents))


def test_a_server_that_scores_otherwise_is_not_known() -> None:
    corpus = [Article(str(number), "خبر", (Paragraph(word),)) for number, word in enumerate(WORDS)]
    with pytest.raises(SearchUnknownError):
        publish(corpus, factor=0.5)
    published = publish(corpus)
    published.cluster.factor = 0.5
    with pytest.raises(SearchUnknownError):
        published.engine.shortlist(ANALYSER.terms("الجسر"))


@pytest.mark.parametrize("versions", [(VERSION_2, VERSION_3), (VERSION_3, VERSION_2)])
def test_the_bound_is_that_of_the_server_which_answers_now(versions: tuple[float, float]) -> None:
    opened, upgraded = versions
    published, terms = publish(LONG, opened), ANALYSER.terms("الجسر")
    published.cluster.factor = upgraded
    before = len(published.cluster.searches)
    assert_alike(published.engine.shortlist(terms), published.edition.index.shortlist(terms))
    assert [search["size"] for search in published.cluster.searches[before:]] == [150, 600]


def lose_passages(cluster: MemoryCluster) -> None:
    cluster.lose("t")


def lose_articles(cluster: MemoryCluster) -> None:
    cluster.lose("j")


def change_a_layout(cluster: MemoryCluster) -> None:
    cluster.change(0, l="AAAA")


@pytest.mark.parametrize("change", [lose_passages, lose_articles, change_a_layout])
def test_nothing_is_said_from_an_index_that_somebody_changed(change: Callable[[MemoryCluster], None]) -> None:
    published = publish([Article(str(n), "خبر", (Paragraph(f"{word} اليوم"),)) for n, word in enumerate(WORDS)])
    engine, terms = published.engine, ANALYSER.terms("اليوم السوق")
    shortlist = engine.shortlist(terms)
    change(published.cluster)
    for ask in (
        lambda: engine.shortlist(terms),
        lambda: shortlist.read(shortlist.top_k(100)),
        lambda: engine.holds(0, [terms[0].stem]),
        lambda: published.articles.read([0]),
        lambda: published.articles.with_link("https://news.example/1"),
    ):
        with pytest.raises(IncompleteIndexError, match=INDEX):
            ask()
