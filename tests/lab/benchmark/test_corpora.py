"""A stretched corpus has as many passages as it should, all different, and the same each time."""

from collections import Counter
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Article
from bot.lab.benchmark.corpora import Rarity, respell, spell, stretch, synthesise
from tests.lab.benchmark.samples import ARTICLES, SENTENCES, article

OWN = sum(len(each.paragraphs) for each in ARTICLES)
CORPORA = st.lists(
    st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join), min_size=1, max_size=3),
    min_size=1,
    max_size=5,
).map(lambda corpus: [article(number, *texts) for number, texts in enumerate(corpus)])

FREQUENCIES = {"بيت": 600_000.0, "باب": 200_000.0, "سور": 100_000.0}


def texts(articles: list[Article]) -> list[str]:
    return [paragraph.text for each in articles for paragraph in each.paragraphs]


@given(CORPORA, st.integers(1, 60), st.integers(0, 3))
def test_the_number_is_exact_no_passage_repeats_and_a_seed_decides(
    corpus: list[Article], passages: int, seed: int
) -> None:
    stretched = list(stretch(corpus, passages, seed))
    assert len(texts(stretched)) == len(set(texts(stretched))) == passages
    assert len({each.id for each in stretched}) == len(stretched)
    assert all(each.title and each.paragraphs for each in stretched)
    assert list(stretch(corpus, passages, seed)) == stretched


@given(CORPORA, st.integers(1, 30), st.integers(1, 30))
def test_fewer_passages_are_the_first_of_more(corpus: list[Article], one: int, other: int) -> None:
    fewer, more = sorted((one, other))
    assert texts(list(stretch(corpus, fewer))) == texts(list(stretch(corpus, more)))[:fewer]


def test_what_a_corpus_has_comes_first_as_it_stands() -> None:
    assert list(stretch(ARTICLES, OWN)) == list(ARTICLES)
    assert texts(list(stretch(ARTICLES, 2))) == [paragraph.text for paragraph in ARTICLES[0].paragraphs]


def test_articles_come_one_by_one() -> None:
    assert len(list(islice(stretch(ARTICLES, 10**9), 20))) == 20


def test_another_seed_deals_otherwise() -> None:
    one, other = (texts(list(stretch(ARTICLES, 40, seed))) for seed in (0, 1))
    assert one[:OWN] == other[:OWN]
    assert one != other


def test_the_vocabulary_goes_on_growing_and_ever_less() -> None:
    sizes = [len(" ".join(texts(list(stretch(ARTICLES, OWN * rounds)))).split()) for rounds in (1, 2)]
    words = [len(set(" ".join(texts(list(stretch(ARTICLES, OWN * rounds)))).split())) for rounds in (1, 2, 4, 8)]
    assert sizes[1] == pytest.approx(sizes[0] * 2, rel=0.5)
    assert words == sorted(set(words))
    assert words[3] < words[0] * 8


def test_rare_words_are_spelled_anew_and_frequent_ones_stay() -> None:
    rarity = Rarity.of(["ال بيت", "ال باب", "ال سور", "ال طريق"])
    assert rarity.words[-1] == "ال"
    respelled = rarity.respelled(1, seed=0)
    assert 0 < len(respelled) < 5
    assert "ال" not in respelled
    assert all(len(word) == len(other) for word, other in respelled.items())
    assert len(set(respelled.values())) == len(respelled)
    assert rarity.respelled(2, seed=0) != respelled
    assert respell("ال 12, abc.", respelled) == "ال 12, abc."


@pytest.mark.parametrize("corpus", [[], ["x"], ["كلمة"], ["كلمة", "كلمة"]])
def test_growth_stays_that_of_text(corpus: list[str]) -> None:
    assert 0.4 <= Rarity.of(corpus).growth <= 0.9


def synthetic_texts(passages: int, seed: int = 0) -> list[str]:
    return [paragraph.text for each in synthesise(FREQUENCIES, passages, seed) for paragraph in each.paragraphs]


@given(st.integers(1, 60), st.integers(0, 3))
def test_synthetic_passages_are_as_many_as_asked_repeat_none_and_a_seed_decides(passages: int, seed: int) -> None:
    made = synthetic_texts(passages, seed)
    assert len(made) == len(set(made)) == passages
    assert synthetic_texts(passages, seed) == made
    assert synthetic_texts(passages, seed + 1) != made


def test_articles_are_as_people_write_them() -> None:
    articles: list[Article] = list(islice(synthesise(FREQUENCIES, 10**9), 50))
    assert {len(each.paragraphs) for each in articles} == {2, 3, 4}
    assert len({each.id for each in articles}) == 50
    assert all(each.title and each.published for each in articles)
    lengths = [len(paragraph.text.split()) for each in articles for paragraph in each.paragraphs]
    assert 50 < sum(lengths) / len(lengths) < 70


def test_words_are_as_frequent_as_they_should_be() -> None:
    words = Counter(word.rstrip(".") for text in synthetic_texts(500) for word in text.split())
    assert 0.5 < words["بيت"] / words.total() < 0.7
    assert 0.15 < words["باب"] / words.total() < 0.25


def test_the_synthetic_vocabulary_goes_on_growing_and_ever_less() -> None:
    kinds = [
        len({word for text in synthetic_texts(passages) for word in text.split()}) for passages in (100, 200, 400, 800)
    ]
    assert all(fewer < more < 2 * fewer for fewer, more in pairwise(kinds))


@given(st.sets(st.integers(0, 28**5 - 2), max_size=50))
def test_other_numbers_are_other_words(numbers: set[int]) -> None:
    assert len({spell(number) for number in numbers}) == len(numbers)
    assert all(len(spell(number)) == 5 for number in numbers)
