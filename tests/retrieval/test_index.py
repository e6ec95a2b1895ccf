import pytest

from bot.articles import Article
from tests.retrieval.coverage import ANALYSER, article, found, index, search

TOWNS = ["تونس", "وهران", "حلب", "صنعاء", "بيروت", "عمّان", "الرباط", "طرابلس", "دبي"]
FILLER = [article(f"filler {town}", f"طقس {town} معتدل") for town in TOWNS]


def test_a_passage_is_found_by_its_words() -> None:
    passages = index(article("a", "افتتحت البلدية المكتبة", "أغلقت البلدية الجسر"), *FILLER)
    assert found(passages, "متى أغلق الجسر")[0] == ("a", 1)


def test_every_passage_of_an_article_is_found_by_its_title_alone() -> None:
    passages = index(*FILLER, article("a", "افتتحت صباح الأحد", "وحضر السكان", title="المكتبة العامة"))
    assert set(found(passages, "المكتبة")) == {("a", 0), ("a", 1)}


def test_a_passage_is_found_by_its_section_alone() -> None:
    passages = index(*FILLER, article("a", "افتتحت صباح الأحد", section="المكتبة العامة"))
    assert found(passages, "المكتبة") == [("a", 0)]


def test_the_title_counts_twice_and_the_section_once() -> None:
    by_title = article("title", "نص محايد تماما", title="مكتبة")
    by_section = article("section", "نص محايد تماما", section="مكتبة")
    thrice = article("thrice", "مكتبة مكتبة مكتبة")
    passages = index(by_section, by_title, thrice, *FILLER)
    assert [name for name, _ in found(passages, "مكتبة")] == ["thrice", "title", "section"]


@pytest.mark.parametrize(
    "question", ["مكتبة", "المكتبة", "والمكتبة", "بالمكتبة", "للمكتبة", "مكتبتها", "ومكتباتهم", "مَكْتَبَةٌ", "لمكتبة"]
)
def test_clitics_and_spellings_do_not_hide_a_word(question: str) -> None:
    assert found(index(*FILLER, article("a", "افتتحت المكتبة العامة")), question)[:1] == [("a", 0)]


def test_equal_passages_keep_the_order_of_the_corpus() -> None:
    names = ["c", "a", "d", "b"]
    passages = index(*(article(name, "افتتحت المكتبة") for name in names), *FILLER)
    assert [name for name, _ in found(passages, "المكتبة")] == names
    assert [name for name, _ in found(passages, "المكتبة", limit=2)] == names[:2]


def test_better_passages_come_first() -> None:
    passages = index(*FILLER, article("one", "افتتحت المكتبة"), article("both", "افتتحت المكتبة العامة في المدينة"))
    hits = search(passages, ANALYSER.terms("المكتبة المدينة"), 10)
    assert hits[0].passage.article.id == "both"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize("limit", [0, 1, 3, 5, 6, 1000])
def test_a_search_gives_as_many_as_are_asked_for_or_there_are(limit: int) -> None:
    passages = index(*[article("a", *["افتتحت المكتبة"] * 5), *FILLER[:3]])
    assert len(search(passages, ANALYSER.terms("المكتبة"), limit)) == min(limit, 5)


def test_hits_tell_number_passage_and_score() -> None:
    passages = index(*FILLER, article("a", "افتتحت المكتبة"))
    [hit] = search(passages, ANALYSER.terms("المكتبة"), 1)
    assert hit.passage == passages.passage(hit.number)
    assert hit.number == len(FILLER)
    assert hit.score > 0


def test_blank_paragraphs_are_no_passages_and_the_others_keep_their_numbers() -> None:
    passages = index(article("a", "", "افتتحت المكتبة", " \u00a0", "أغلق الجسر"))
    assert [(passage.paragraph, passage.text) for passage in map(passages.passage, range(len(passages)))] == [
        (1, "افتتحت المكتبة"),
        (3, "أغلق الجسر"),
    ]


def test_passages_know_the_number_of_their_article() -> None:
    passages = index(article("a", "نص", "نص"), article("b", "نص"), article("c", "نص", "نص"))
    assert passages.article_numbers.tolist() == [0, 0, 1, 2, 2]


@pytest.mark.parametrize(
    "articles", [[], [article("a")], [article("a", "", " ")]], ids=["none", "no body", "blank body"]
)
def test_an_index_without_passages_finds_nothing(articles: list[Article]) -> None:
    passages = index(*articles)
    assert len(passages) == 0
    assert search(passages, ANALYSER.terms("المكتبة"), 10) == []


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_match_ranks_first_in_the_smallest_corpora(size: int) -> None:
    passages = index(*FILLER[: size - 1], article("a", "افتتحت المكتبة"))
    assert found(passages, "المكتبة") == [("a", 0)]


def test_a_question_without_terms_scores_nothing() -> None:
    assert found(index(*FILLER), "في من") == []


def test_passages_of_stop_words_and_signs_alone_do_no_harm() -> None:
    passages = index(article("a", "في من", "؟!", title="؟"), article("b", "افتتحت المكتبة"))
    assert found(passages, "المكتبة") == [("b", 0)]


def test_the_same_articles_give_the_same_scores() -> None:
    articles = [*FILLER, article("a", "افتتحت المكتبة العامة", "أغلق الجسر")]
    terms = ANALYSER.terms("متى افتتحت المكتبة")
    assert search(index(*articles), terms, 20) == search(index(*articles), terms, 20)


@pytest.mark.parametrize(
    ("first", "second", "are"),
    [
        ("البلديه", "المكتبه", True),
        ("المكتبه", "البلديه", False),
        ("العامه", "المدينه", True),
        ("المكتبه", "اغلق", False),
        ("الجسر", "الجسر", False),
        ("القديم", "طقس", False),
        ("دفتر", "القراء", True),
        ("ركن", "الكتب", True),
        ("البلديه", "المتحف", False),
    ],
)
def test_neighbours_stand_side_by_side_but_for_stop_words(first: str, second: str, *, are: bool) -> None:
    texts = ("افتتحت البلدية المكتبة العامة في المدينة", "المكتبة", "أغلق الجسر القديم")
    passages = index(article("a", *texts, title="دفتر القراء", section="ركن الكتب"), *FILLER)
    assert passages.has_adjacent(first, second) is are


def test_no_words_are_neighbours_where_there_are_none() -> None:
    assert not index().has_adjacent("المكتبه", "العامه")
