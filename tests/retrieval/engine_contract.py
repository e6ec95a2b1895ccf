"""The contract of every search engine and catalogue: a test class for each, run on an engine by a subclass."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.arabic import sentences
from bot.articles import Article, Paragraph
from bot.retrieval import IndexedPassage, Passage, Scope, SearchEngine, Shortlist, StemEquivalents, TitleIndex
from tests.retrieval.coverage import ANALYSER

TOWNS = ["تونس", "وهران", "حلب", "صنعاء", "بيروت", "عمان", "الرباط", "طرابلس", "دبي"]
REPORT = (
    "أعلنت وزارة الزراعة اليوم افتتاح معرض الزيتون السنوي في المدينة القديمة بمشاركة مئتي مزارع من القرى المجاورة "
    "وقالت إن المعرض يستمر عشرة أيام ويستقبل الزوار من الصباح حتى المساء دون رسوم"
)
PAPERS = {"الشرق": 3, "الغرب": 1, "الشمال": 2, "الجنوب": 4}


def article(
    name: str,
    *paragraphs: str,
    title: str = "خبر",
    section: str | None = None,
    day: int | None = None,
    outlet: str | None = None,
) -> Article:
    published = None if day is None else date(2026, 3, day)
    body = tuple(Paragraph(text, section) for text in paragraphs)
    return Article(name, title, body, outlet=outlet, published=published)


WEATHER = [article(f"weather {town}", f"طقس {town} معتدل") for town in TOWNS]
LIBRARY = article(
    "library",
    "افتتحت البلدية المكتبة العامة. وحضر السكان.",
    "يعمل في المكتبة خمسة موظفين",
    title="دفتر القراء",
    section="ركن الكتب",
    day=5,
    outlet="الشرق",
)
BRIDGE = article("bridge", "أغلقت البلدية الجسر القديم", day=9, outlet="الغرب")
SYNDICATED = [article(paper, REPORT, day=day, outlet=paper) for paper, day in PAPERS.items()]
ARTICLES = [*WEATHER, LIBRARY, BRIDGE, *SYNDICATED]


class SearchEngineContract(ABC):
    """What answering relies on in whichever engine it asks."""

    @abstractmethod
    def build(self, articles: Sequence[Article]) -> SearchEngine:
        """Return an engine over the articles, whose passages are analysed by `ANALYSER`."""

    @pytest.fixture(name="engine")
    def _engine(self) -> SearchEngine:
        return self.build(ARTICLES)

    def test_numbers_of_the_whole_edition(self, engine: SearchEngine) -> None:
        assert len(engine) == len(ARTICLES) + 1
        [stem] = {term.stem for term in ANALYSER.terms("البلدية")}
        assert engine.document_frequency(stem) == 2
        assert engine.document_frequency("لا مثيل له") == 0
        assert engine.average_length > 0

    def test_the_passages_of_an_article_follow_each_other(self, engine: SearchEngine) -> None:
        [second] = engine.shortlist(ANALYSER.terms("خمسة موظفين")).passages.tolist()
        assert [passage.passage.paragraph for passage in engine.read([second - 1, second])] == [0, 1]
        assert {passage.passage.article.id for passage in engine.read([second - 1, second])} == {"library"}

    def test_nothing_of_nothing(self) -> None:
        engine = self.build([])
        assert (len(engine), engine.average_length) == (0, 0)
        shortlist = engine.shortlist(ANALYSER.terms("المكتبة"))
        assert (len(shortlist.passages), shortlist.read(shortlist.top_k(10))) == (0, [])
        assert _found(engine.shortlist([])) == []
        assert not engine.has_adjacent("المكتبه", "العامه")

    def test_a_shortlist_is_in_order_and_ranks_the_best_first(self, engine: SearchEngine) -> None:
        terms = ANALYSER.terms("افتتحت البلدية المكتبة")
        shortlist = engine.shortlist(terms)
        assert _found(shortlist) == [("library", 0), ("bridge", 0), ("library", 1)]
        assert sorted(shortlist.passages.tolist()) == shortlist.passages.tolist()
        assert len(shortlist.passages) == len(shortlist.articles) == len(shortlist.scores)
        assert shortlist.variants == ((),) * len(terms)
        assert shortlist.top_k(1).tolist() == shortlist.top_k(9).tolist()[:1] == [np.argmax(shortlist.scores)]

    def test_passages_that_hold_nothing_of_a_query_are_not_listed(self, engine: SearchEngine) -> None:
        assert _found(engine.shortlist(ANALYSER.terms("المكتبة"))) == [("library", 1), ("library", 0)]
        assert _found(engine.shortlist(ANALYSER.terms("كركدن"))) == []
        assert _found(engine.shortlist(ANALYSER.terms("في من"))) == []

    @pytest.mark.parametrize("size", [1, 2, 3])
    def test_a_match_is_listed_in_the_smallest_editions(self, size: int) -> None:
        engine = self.build([*WEATHER[: size - 1], BRIDGE])
        assert _found(engine.shortlist(ANALYSER.terms("الجسر"))) == [("bridge", 0)]

    def test_a_word_of_half_the_passages_is_held_though_it_tells_nothing(self) -> None:
        engine = self.build([*WEATHER[:2], BRIDGE, article("other", "أغلق الجسر")])
        assert set(_found(engine.shortlist(ANALYSER.terms("الجسر")))) == {("bridge", 0), ("other", 0)}

    def test_equal_passages_keep_their_order(self) -> None:
        names = ["c", "a", "d", "b"]
        engine = self.build([*(article(name, "افتتحت المكتبة") for name in names), *WEATHER])
        assert [name for name, _ in _found(engine.shortlist(ANALYSER.terms("المكتبة")))] == names

    def test_other_articles_join_those_of_one_that_fills_the_list(self) -> None:
        long = article("long", *["افتتحت المكتبة"] * 300, title="المكتبة")
        others = [article(f"other {number}", "قرب المكتبة") for number in range(20)]
        shortlist = self.build([long, *others, *WEATHER]).shortlist(ANALYSER.terms("المكتبة"))
        assert np.bincount(shortlist.articles).tolist() == [100, *[1] * 10]

    def test_an_alternative_is_found_where_no_passage_has_the_word(self, engine: SearchEngine) -> None:
        terms, run = ANALYSER.terms("NATO"), tuple(term.stem for term in ANALYSER.terms("الجسر القديم"))
        assert _found(engine.shortlist(terms)) == []
        spelled = StemEquivalents(frozenset(term.stem for term in terms), runs=frozenset({run}))
        assert _found(engine.shortlist(terms, [spelled])) == [("bridge", 0)]

    def test_variants_stand_for_words_that_no_passage_holds_alone(self, engine: SearchEngine) -> None:
        [unknown, known] = ANALYSER.terms("املكتبة المكتبة")
        [variant] = engine.variants(unknown)
        assert variant.stem == known.stem
        assert 0 < variant.similarity < 1
        assert engine.variants(known) == ()
        shortlist = engine.shortlist([unknown])
        assert shortlist.variants == ((variant,),)
        assert _found(shortlist) == [("library", 1), ("library", 0)]

    @pytest.mark.parametrize(
        ("first", "second", "are"),
        [
            ("البلديه", "المكتبه", True),
            ("المكتبه", "البلديه", False),
            ("يعمل", "المكتبه", True),
            ("دفتر", "القراء", True),
            ("ركن", "الكتب", True),
            ("المكتبه", "المكتبه", False),
            ("المكتبه", "الجسر", False),
            ("كركدن", "المكتبه", False),
        ],
    )
    def test_adjacent_words(self, engine: SearchEngine, first: str, second: str, *, are: bool) -> None:
        assert engine.has_adjacent(first, second) is are
        assert (engine.vocabulary.words.find(first) in engine.words_before(second).tolist()) is are

    @pytest.mark.parametrize(
        ("run", "before"),
        [(["الكتاب"], ["متجر", "معرض", "ركن", "ركن", "سوق"]), (["سوق", "الكتاب"], ["مدير"]), (["متجر"], [])],
    )
    def test_words_before_those_of_a_title_count_once(self, run: list[str], before: list[str]) -> None:
        books = article("books", "متجر الكتاب", "معرض الكتاب", title="مدير سوق الكتاب", section="ركن الكتاب")
        engine = self.build([*WEATHER, books])
        assert [engine.vocabulary.words[number] for number in engine.words_before(*run).tolist()] == before

    @pytest.mark.parametrize(
        ("scope", "names"),
        [
            (Scope(), {"library", "bridge"}),
            (Scope(since=date(2026, 3, 6)), {"bridge"}),
            (Scope(until=date(2026, 3, 5)), {"library"}),
            (Scope(outlet="الغَرب"), {"bridge"}),
            (Scope(outlet="لا أحد"), set()),
        ],
    )
    def test_a_scope_limits_what_is_found_and_changes_no_score(
        self, engine: SearchEngine, scope: Scope, names: set[str]
    ) -> None:
        terms = ANALYSER.terms("البلدية")
        everywhere, limited = engine.shortlist(terms), engine.shortlist(terms, scope=scope)
        scores = dict(zip(everywhere.passages.tolist(), everywhere.scores.tolist(), strict=True))
        assert {name for name, _ in _found(limited)} == names
        assert limited.scores.tolist() == [scores[number] for number in limited.passages.tolist()]

    def test_a_passage_is_read_with_all_that_comparing_needs(self, engine: SearchEngine) -> None:
        for passage in engine.read(range(len(engine))):
            text, article_read = passage.passage.text, passage.passage.article
            terms = ANALYSER.terms(text)
            assert passage.passage.text in {paragraph.text for paragraph in article_read.paragraphs}
            assert _words(engine, passage.words) == [term.normal for term in terms]
            assert _words(engine, passage.title_words) == [term.normal for term in ANALYSER.terms(article_read.title)]
            assert [(text, list(found)) for text, found in passage.title_and_heading] == [
                (above, list(ANALYSER.terms(above))) for above in (article_read.title, passage.passage.heading)
            ]
            assert passage.layout.sentences == tuple(sentences(text))
            assert list(passage.layout.starts) == [term.start for term in terms]
            assert list(passage.layout.ends) == [term.end for term in terms]

    def test_passages_are_read_in_the_order_asked_for(self, engine: SearchEngine) -> None:
        numbers = [3, 0, 3]
        assert [passage.number for passage in engine.read(numbers)] == numbers
        assert engine.read([]) == []

    def test_a_passage_holds_its_own_stems(self, engine: SearchEngine) -> None:
        [passage] = _listed(engine, "الجسر")
        stems = {term.stem for term in ANALYSER.terms(passage.passage.text)}
        assert engine.holds(passage.number, stems)
        assert not engine.holds(passage.number, {*stems, "مكتب"})
        assert not engine.holds(passage.number, {"لا مثيل له"})

    def test_near_duplicates_are_those_of_other_articles_by_outlet_and_day(self, engine: SearchEngine) -> None:
        first, *others = _listed(engine, "معرض الزيتون")
        assert first.passage.article.id == "الشرق"
        assert _names(engine.near_duplicates(first, None, 16)) == ["الغرب", "الشمال", "الجنوب"]
        assert _names(engine.near_duplicates(first, None, 1)) == ["الغرب"]
        assert _names(engine.near_duplicates(first, Scope(since=date(2026, 3, 2)), 16)) == ["الشمال", "الجنوب"]
        assert all(first.is_near_duplicate_of(other) for other in others)
        assert not first.is_near_duplicate_of(first)

    def test_what_stands_once_has_no_near_duplicates(self, engine: SearchEngine) -> None:
        [passage] = _listed(engine, "الجسر")
        assert list(engine.near_duplicates(passage, None, 16)) == []
        assert not passage.is_near_duplicate_of(_listed(engine, "المكتبة")[0])


class ArticleCatalogueContract(ABC):
    """What chat and answering rely on in whichever catalogue lists the articles."""

    @abstractmethod
    def build(self, articles: Sequence[Article]) -> TitleIndex:
        """Return a catalogue of the articles."""

    @pytest.fixture(name="catalogue")
    def _catalogue(self) -> TitleIndex:
        return self.build(ARTICLES)

    def test_articles_are_listed_the_newest_first(self, catalogue: TitleIndex) -> None:
        listed = catalogue.search("", len(ARTICLES) + 1)
        assert len(listed) == len(catalogue) == len(ARTICLES)
        assert [article.id for article in listed][:3] == ["bridge", "library", "الجنوب"]
        assert [article.published for article in listed][-len(WEATHER) :] == [None] * len(WEATHER)
        assert list(listed[2:4]) == [listed[2], listed[3]]
        assert list(catalogue.search("", 2)) == list(listed[:2])
        assert list(listed.titles()) == [article.title for article in listed]
        assert [header.id for header in listed.headers()] == [article.id for article in listed]

    def test_articles_are_found_by_title(self, catalogue: TitleIndex) -> None:
        assert catalogue.by_title("دفتر القراء") == LIBRARY
        assert catalogue.by_title("خبر") is None
        assert list(catalogue.search("دفتر", 5)) == [LIBRARY]
        assert self.build([*ARTICLES, article("readers", title="قراء دفتر القراء")]).by_title("دفتر القراء") == LIBRARY

    def test_a_scope_limits_lists(self, catalogue: TitleIndex) -> None:
        scope = Scope(since=date(2026, 3, 4), outlet="الشرق")
        assert list(catalogue.search("", 10, scope)) == [LIBRARY]
        assert list(catalogue.search("دفتر", 10, scope)) == [LIBRARY]
        assert list(catalogue.search("دفتر", 10, Scope(outlet="الغرب"))) == []
        assert list(catalogue.search("", 1, Scope(since=date(2026, 3, 1)))) == [BRIDGE]


def _found(shortlist: Shortlist) -> list[tuple[str, int]]:
    """Return article and paragraph of each passage listed, the best first."""
    found = shortlist.read(shortlist.top_k(len(shortlist.passages)))
    return [(passage.passage.article.id, passage.passage.paragraph) for passage in found]


def _listed(engine: SearchEngine, text: str) -> list[IndexedPassage]:
    """Return the passages listed for a text, in the order of the index."""
    shortlist = engine.shortlist(ANALYSER.terms(text))
    return shortlist.read(np.arange(len(shortlist.passages)))


def _words(engine: SearchEngine, numbers: NDArray[np.integer]) -> list[str]:
    return [engine.vocabulary.words[number] for number in numbers.tolist()]


def _names(passages: Sequence[Passage]) -> list[str]:
    return [passage.article.id for passage in passages]
