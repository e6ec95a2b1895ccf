"""Passages that say what a query says in other words."""

import pytest

from bot.retrieval import PassageIndex, Spelled
from tests.retrieval.coverage import ANALYSER, article, index

TOWNS = ["تونس", "وهران", "حلب", "صنعاء", "بيروت", "عمّان", "الرباط", "طرابلس", "دبي"]
FILLER = [article(f"filler {town}", f"طقس {town} معتدل") for town in TOWNS]
WRITTEN = article("written", "وافقت NATO صباحا")
SPOKEN = article("spoken", "وافق حلف الأطلسي صباحا")
HALF = article("half", "وافق حلف البلقان صباحا")


def spelled(query: str, *others: str) -> Spelled:
    stems = [tuple(term.stem for term in ANALYSER.terms(text)) for text in (query, *others)]
    return Spelled(frozenset(stems[0]), frozenset(stems[1:]))


def scores(passages: PassageIndex, query: str, *said: Spelled) -> dict[str, float]:
    hits = passages.search(ANALYSER.terms(query), 100, said)
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
