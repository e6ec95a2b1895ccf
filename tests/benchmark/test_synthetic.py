"""Made-up text has as many passages as it should, all different, and the same each time."""

from collections import Counter
from itertools import islice, pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Article
from bot.benchmark import synthesise
from bot.benchmark.synthetic import spell

FREQUENCIES = {"بيت": 600_000.0, "باب": 200_000.0, "سور": 100_000.0}


def texts(passages: int, seed: int = 0) -> list[str]:
    return [paragraph.text for each in synthesise(FREQUENCIES, passages, seed) for paragraph in each.paragraphs]


@given(st.integers(1, 60), st.integers(0, 3))
def test_the_number_is_exact_no_passage_repeats_and_a_seed_decides(passages: int, seed: int) -> None:
    made = texts(passages, seed)
    assert len(made) == len(set(made)) == passages
    assert texts(passages, seed) == made
    assert texts(passages, seed + 1) != made


def test_articles_are_as_people_write_them() -> None:
    articles: list[Article] = list(islice(synthesise(FREQUENCIES, 10**9), 50))
    assert {len(each.paragraphs) for each in articles} == {2, 3, 4}
    assert len({each.id for each in articles}) == 50
    assert all(each.title and each.published for each in articles)
    lengths = [len(paragraph.text.split()) for each in articles for paragraph in each.paragraphs]
    assert 50 < sum(lengths) / len(lengths) < 70


def test_words_are_as_frequent_as_they_should_be() -> None:
    words = Counter(word.rstrip(".") for text in texts(500) for word in text.split())
    assert 0.5 < words["بيت"] / words.total() < 0.7
    assert 0.15 < words["باب"] / words.total() < 0.25


def test_the_vocabulary_goes_on_growing_and_ever_less() -> None:
    kinds = [len({word for text in texts(passages) for word in text.split()}) for passages in (100, 200, 400, 800)]
    assert all(fewer < more < 2 * fewer for fewer, more in pairwise(kinds))


@given(st.sets(st.integers(0, 28**5 - 2), max_size=50))
def test_other_numbers_are_other_words(numbers: set[int]) -> None:
    assert len({spell(number) for number in numbers}) == len(numbers)
    assert all(len(spell(number)) == 5 for number in numbers)
