"""A stretched corpus has as many passages as it should, all different, and the same each time."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Article
from bot.benchmark import stretch
from bot.benchmark.respelling import Rarity, respell
from tests.benchmark.samples import ARTICLES, SENTENCES, article

OWN = sum(len(each.paragraphs) for each in ARTICLES)
CORPORA = st.lists(
    st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join), min_size=1, max_size=3),
    min_size=1,
    max_size=5,
).map(lambda corpus: [article(number, *texts) for number, texts in enumerate(corpus)])


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
