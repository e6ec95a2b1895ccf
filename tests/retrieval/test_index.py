import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Article
from bot.retrieval import vocabulary
from tests.examples import examples
from tests.retrieval.coverage import ANALYSER, article, found, index

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


def test_blank_paragraphs_are_no_passages_and_the_others_keep_their_numbers() -> None:
    passages = index(article("a", "", "افتتحت المكتبة", " \u00a0", "أغلق الجسر"))
    assert [(passage.paragraph, passage.text) for passage in map(passages.passage, range(len(passages)))] == [
        (1, "افتتحت المكتبة"),
        (3, "أغلق الجسر"),
    ]


@pytest.mark.parametrize(
    "articles", [[], [article("a")], [article("a", "", " ")]], ids=["none", "no body", "blank body"]
)
def test_an_index_without_passages_finds_nothing(articles: list[Article]) -> None:
    passages = index(*articles)
    assert len(passages) == 0
    assert found(passages, "المكتبة") == []


def test_passages_of_stop_words_and_signs_alone_do_no_harm() -> None:
    passages = index(article("a", "في من", "؟!", title="؟"), article("b", "افتتحت المكتبة"))
    assert found(passages, "المكتبة") == [("b", 0)]


PIECES = (
    "افتتحت",
    "المكتبة،",
    "في",
    "و10,000",
    "12/كانون",
    "كانون",
    "الثاني",
    "تموز",
    "2024",
    "ﷺ",
    "من\nتونس",
    "\u00a0",
    "-",
    "",
)


@examples(100)
@given(
    texts=st.lists(st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join), max_size=9),
    remembered=st.integers(1, 9),
)
def test_the_words_of_passages_are_those_of_the_analyser(texts: list[str], remembered: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "_REMEMBERED", remembered)
        passages = index(*(article(str(number), text, text, title=text) for number, text in enumerate(texts)))
    kept = [text for text in texts if text.strip()]
    assert len(passages) == 2 * len(kept)
    for number, passage in enumerate(passages.read(range(len(passages)))):
        normals, starts, ends = ANALYSER.words_with_offsets(kept[number // 2])
        for words in (passage.words, passage.title_words):
            assert [passages.vocabulary.words[word] for word in words] == normals
        assert (list(passage.layout.starts), list(passage.layout.ends)) == (starts, ends)
