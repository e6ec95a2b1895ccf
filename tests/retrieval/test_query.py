"""What a question's words, and the words that stand for them, count in a search."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import Term, grams
from bot.retrieval import MAX_VARIANT_TERMS, PassageIndex, StemEquivalents, Variant
from bot.retrieval.query import Query, make_query
from bot.retrieval.shortlist import choose
from tests.retrieval.coverage import ANALYSER, article, index, search

CORPUS = index(article("a", "افتتحت المكتبة"), article("b", "محدد محمد"), article("c", "أغلق الجسر"))

TOWNS = ["تونس", "وهران", "حلب", "صنعاء", "بيروت", "عمّان", "الرباط", "طرابلس", "دبي"]
FILLER = [article(f"filler {town}", f"طقس {town} معتدل") for town in TOWNS]
WRITTEN = article("written", "وافقت NATO صباحا")
SPOKEN = article("spoken", "وافق حلف الأطلسي صباحا")
HALF = article("half", "وافق حلف البلقان صباحا")

SCORES = st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0]), max_size=300)


def query(text: str, corpus: PassageIndex = CORPUS) -> Query:
    return make_query(ANALYSER.terms(text), corpus.variants)


def test_each_stem_counts_once_and_each_gram_as_often_as_it_stands() -> None:
    made = query("المكتبة مكتبة الجسر")
    assert made.stems == {"مكتب": 1.0, "جسر": 1.0}
    assert made.grams["مكتب"] == 2.0
    assert made.grams["الجس"] == 1.0
    assert made.variants == ((), (), ())


def test_variants_count_as_much_as_they_are_near() -> None:
    made = query("محد الجسر")
    first, second = made.variants[0]
    assert made.stems == {"محد": 1.0, "جسر": 1.0, first.stem: first.similarity, second.stem: second.similarity}
    assert first.similarity > second.similarity


def test_the_grams_of_the_nearest_variant_count_beside_those_of_the_word() -> None:
    made = query("املكتبة")
    [variant] = made.variants[0]
    [term] = ANALYSER.terms("املكتبة")
    own = dict.fromkeys(term.grams, 1.0)
    assert made.grams == {**dict.fromkeys(grams(variant.word), variant.similarity), **own}
    assert "محمد" not in query("محد").grams


def test_a_word_that_stands_for_another_counts_no_less_where_it_is_named_itself() -> None:
    assert query("محمد محد").stems["محمد"] == 1.0


def test_no_terms_make_an_empty_query() -> None:
    nothing: list[Term] = []
    assert make_query(nothing, CORPUS.variants) == Query(nothing, {}, {}, ())


def test_of_a_flood_of_unknown_words_only_the_first_are_looked_for_in_other_spellings() -> None:
    looked_for = list[str]()

    def near(term: Term) -> tuple[Variant, ...]:
        looked_for.append(term.normal)
        return ()

    terms = ANALYSER.terms(" ".join(f"كلمة{letter}" for letter in "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤئ"))
    assert len(make_query(terms, near).variants) == len(terms) > MAX_VARIANT_TERMS
    assert looked_for == [term.normal for term in terms[:MAX_VARIANT_TERMS]]


def spelled(query: str, *others: str) -> StemEquivalents:
    stems = [tuple(term.stem for term in ANALYSER.terms(text)) for text in (query, *others)]
    return StemEquivalents(frozenset(stems[0]), runs=frozenset(stems[1:]))


def scores(passages: PassageIndex, query: str, *said: StemEquivalents) -> dict[str, float]:
    hits = search(passages, ANALYSER.terms(query), 100, said)
    return {hit.passage.article.id: hit.score for hit in hits if hit.score > 0}


def test_a_passage_with_another_spelling_is_found_where_none_has_the_query_s() -> None:
    passages = index(*FILLER, HALF, SPOKEN)
    assert scores(passages, "NATO") == {}
    assert set(scores(passages, "NATO", spelled("NATO", "حلف الأطلسي"))) == {"spoken"}


def test_another_spelling_counts_at_most_as_the_query_s() -> None:
    passages = index(*FILLER, HALF, SPOKEN, WRITTEN)
    found = scores(passages, "NATO", spelled("NATO", "حلف الأطلسي"))
    assert list(found) == ["written", "spoken"]
    assert found["written"] == scores(passages, "NATO")["written"]


def test_a_passage_with_both_spellings_does_not_count_twice() -> None:
    both = article("both", "وافق حلف الأطلسي NATO صباحا")
    passages = index(*FILLER, SPOKEN, both)
    query = "حلف الأطلسي"
    assert scores(passages, query, spelled(query, "NATO"))["both"] == pytest.approx(scores(passages, query)["both"])


def test_what_stands_for_an_unknown_word_does_not_count_beside_its_spelling() -> None:
    passages = index(*FILLER, article("name", "وصل بوتين صباحا"))
    near = scores(passages, "Putin")["name"]
    once = scores(passages, "بوتين")["name"]
    assert near < scores(passages, "Putin", spelled("Putin", "بوتين"))["name"] <= once


@pytest.mark.parametrize("other", ["حلف الأطلسي", "United Nations", "NATO"])
def test_a_spelling_that_no_passage_holds_changes_nothing(other: str) -> None:
    passages = index(*FILLER, WRITTEN, HALF)
    assert scores(passages, "NATO صباحا", spelled("NATO", other)) == scores(passages, "NATO صباحا")


def test_the_words_of_another_spelling_may_be_in_the_query_too() -> None:
    passages = index(*FILLER, article("paid", "دفعت ثلاثين مليون دينار"))
    said = spelled("30 مليون", "ثلاثين مليون")
    assert scores(passages, "30 مليون", said)["paid"] > scores(passages, "30 مليون").get("paid", 0)


def test_a_word_that_half_of_the_passages_hold_does_not_hide_a_spelling() -> None:
    half = [article(f"paid {town}", "دفع مليون دينار") for town in TOWNS]
    passages = index(*FILLER[1:], *half[1:], article("paid", "دفعت ثلاثين مليون دينار"), FILLER[0])
    assert next(iter(scores(passages, "30 مليون", spelled("30 مليون", "ثلاثين مليون")))) == "paid"


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
