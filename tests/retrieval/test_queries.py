import numpy as np
import pytest

from bot.retrieval import BM25

CORPUS = [["عقد", "شرك"], ["عقد"], ["هجر", "شرك"], ["وكال"], []]


@pytest.fixture(scope="module")
def index() -> BM25:
    return BM25(CORPUS)


def test_a_string_is_no_query(index: BM25) -> None:
    with pytest.raises(TypeError, match="sequence of tokens"):
        index.get_scores("عقد")
    with pytest.raises(TypeError):
        index.get_batch_scores("عقد", [0])
    with pytest.raises(TypeError):
        index.get_top_n("عقد", ["a", "b", "c", "d", "e"])


@pytest.mark.parametrize(("token", "held"), [("عقد", 2), ("شرك", 2), ("وكال", 1), ("unknown", 0), ("", 0)])
def test_document_frequency_counts_passages(index: BM25, token: str, held: int) -> None:
    assert index.document_frequency(token) == held


def test_document_frequency_counts_a_passage_once() -> None:
    assert BM25([["عقد"] * 5, [], ["عقد"]]).document_frequency("عقد") == 2


def test_a_query_without_known_tokens_scores_zero(index: BM25) -> None:
    assert not index.get_scores([]).any()
    assert not index.get_scores(["unknown"]).any()


def test_a_token_named_twice_counts_twice(index: BM25) -> None:
    assert np.array_equal(index.get_scores(["وكال", "وكال"]), 2 * index.get_scores(["وكال"]))


def test_a_token_may_count_several_times_or_a_part_of_once(index: BM25) -> None:
    once = index.get_scores(["هجر"])
    assert np.array_equal(index.get_scores(["هجر"], {"هجر": 3.0}), 3 * once)
    assert np.array_equal(index.get_scores(["عقد", "هجر"], {"هجر": 0.0}), index.get_scores(["عقد"]))
    assert once[2] > 0


def test_times_of_an_unknown_token_do_nothing(index: BM25) -> None:
    assert not index.get_scores(["unknown"], {"unknown": 9.0}).any()


@pytest.mark.parametrize("times", [None, {"عقد": 0.3, "هجر": 2.0}])
def test_some_passages_score_as_among_all(index: BM25, times: dict[str, float] | None) -> None:
    query, some = ["عقد", "هجر", "unknown", "عقد"], np.array([2, 0])
    assert np.array_equal(index.score_passages(query, some, times), index.get_scores(query, times)[some])


def test_scores_are_the_caller_s_to_change(index: BM25) -> None:
    index.get_scores(["عقد"])[:] = 9
    assert index.get_scores(["عقد"]).max() < 9


def test_the_size_is_the_number_of_passages(index: BM25) -> None:
    assert len(index) == len(CORPUS)
    assert index.get_scores(["عقد"]).shape == (len(CORPUS),)
