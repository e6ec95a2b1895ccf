"""What is counted of each passage, and that every word keeps its place."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Article, Paragraph
from bot.retrieval import PassageIndex
from tests.retrieval.coverage import ANALYSER
from tests.retrieval.coverage import index as index_of

TEXT = st.lists(st.sampled_from(["المكتبة", "في", "الجسر", "2025", "ice", "ﷺ", "،"]), max_size=6).map(" ".join)
BODY = st.lists(st.builds(Paragraph, TEXT, st.none() | TEXT), max_size=3)
INDEX = st.lists(st.builds(Article, st.just("a"), TEXT, BODY.map(tuple)), max_size=4).map(
    lambda articles: index_of(*articles)
)


def words(index: PassageIndex, numbers: list[int]) -> list[str]:
    return [index.vocabulary.words[number] for number in numbers]


@given(INDEX)
def test_words_keep_their_order(index: PassageIndex) -> None:
    for number, passage in enumerate(map(index.passage, range(len(index)))):
        assert words(index, index.fields.texts[number].tolist()) == ANALYSER.words(passage.text)
        title = index.fields.titles[index.article_numbers[number]]
        assert words(index, title.tolist()) == ANALYSER.words(passage.article.title)
        assert words(index, index.fields.headings[number].tolist()) == ANALYSER.words(passage.heading)


def counted(index: PassageIndex) -> list[Counter[str]]:
    """Count the words of each passage, its title twice."""
    return [
        Counter(ANALYSER.words(f"{one.article.title} {one.article.title}"))
        + Counter(ANALYSER.words(one.heading) + ANALYSER.words(one.text))
        for one in map(index.passage, range(len(index)))
    ]


@given(INDEX)
def test_a_title_counts_twice_for_every_passage(index: PassageIndex) -> None:
    everything, owners = index.fields.words(np.arange(len(index)))
    for number, expected in enumerate(counted(index)):
        assert Counter(words(index, everything[owners == number].tolist())) == expected
        assert index.fields.lengths[number] == expected.total()


@given(INDEX)
def test_sums_go_over_what_is_counted(index: PassageIndex) -> None:
    weights = np.arange(len(index.vocabulary), dtype=np.int64) + 1
    numbers = {word: number for number, word in enumerate(index.vocabulary.words)}
    expected = [sum(int(weights[numbers[word]]) for word in passage.elements()) for passage in counted(index)]
    assert index.fields.sums(weights).tolist() == expected
