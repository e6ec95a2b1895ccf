import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.shortlist import choose
from tests.retrieval.coverage import ANALYSER, article, index

SCORES = st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0]), max_size=300)


@given(SCORES)
def test_the_hundred_best_are_chosen_and_of_equal_ones_the_first(scores: list[float]) -> None:
    chosen = choose(np.array(scores), np.arange(len(scores), dtype=np.int32))
    ranked = sorted(range(len(scores)), key=lambda place: (-scores[place], place))
    assert chosen.tolist() == sorted(ranked[:100])


@given(SCORES, st.data())
def test_other_articles_are_never_crowded_out(scores: list[float], data: st.DataObject) -> None:
    articles = np.sort(data.draw(st.lists(st.integers(0, 2), min_size=len(scores), max_size=len(scores))))
    chosen = choose(np.array(scores), np.array(articles, dtype=np.int32))
    assert sorted(set(chosen.tolist())) == chosen.tolist()
    for number in range(3):
        others = np.flatnonzero(np.array(articles) != number).tolist()
        best = sorted(others, key=lambda place: (-scores[place], place))[:10]
        assert set(best) <= set(chosen.tolist())


@given(SCORES, st.data())
def test_of_some_passages_those_are_chosen_that_would_be_if_there_were_no_others(
    scores: list[float], data: st.DataObject
) -> None:
    size = len(scores)
    articles = np.array(sorted(data.draw(st.lists(st.integers(0, 2), min_size=size, max_size=size))), dtype=np.int32)
    within = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)), dtype=np.bool_)
    places = np.flatnonzero(within)
    alone = choose(np.array(scores)[places], articles[places])
    assert choose(np.array(scores), articles, within).tolist() == places[alone].tolist()


def test_the_best_passages_of_other_articles_join_those_of_one_that_fills_the_list() -> None:
    long = article("long", *["افتتحت المكتبة"] * 300, title="المكتبة")
    others = [article(f"other {number}", "قرب المكتبة") for number in range(20)]
    elsewhere = article("elsewhere", *["طقس معتدل"] * 400)
    shortlist = index(long, *others, elsewhere).shortlist(ANALYSER.terms("المكتبة"))
    assert np.bincount(shortlist.articles).tolist()[:12] == [100, *[1] * 10]


def test_a_shortlist_tells_articles_and_scores_of_its_passages() -> None:
    corpus = index(article("a", "افتتحت المكتبة", "أغلق الجسر"), article("b", "المكتبة القديمة"))
    shortlist = corpus.shortlist(ANALYSER.terms("المكتبة"))
    assert shortlist.passages.tolist() == [0, 1, 2]
    assert shortlist.articles.tolist() == [0, 0, 1]
    assert [number for number, score in enumerate(shortlist.scores) if score > 0] == [0, 2]
    assert shortlist.best(1).tolist() == [np.argmax(shortlist.scores)]


def test_only_passages_within_are_listed_and_score_what_they_did() -> None:
    corpus = index(article("a", "افتتحت المكتبة", "أغلق الجسر"), article("b", "المكتبة القديمة"))
    terms, within = ANALYSER.terms("المكتبة"), np.array([False, False, True])
    everywhere, shortlist = corpus.shortlist(terms), corpus.shortlist(terms, within=within)
    assert shortlist.passages.tolist() == [2]
    assert shortlist.scores.tolist() == everywhere.scores[2:].tolist()
    assert [hit.number for hit in corpus.hits(shortlist, 10)] == [2]


def test_where_nothing_is_within_nothing_is_listed() -> None:
    corpus = index(article("a", "افتتحت المكتبة"), article("b", "المكتبة القديمة"))
    shortlist = corpus.shortlist(ANALYSER.terms("المكتبة"), within=np.zeros(2, dtype=np.bool_))
    assert corpus.hits(shortlist, 10) == []
