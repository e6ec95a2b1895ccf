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


def test_weights_stand_in_for_the_idf(index: BM25) -> None:
    once = index.get_scores(["هجر"], {"هجر": 1.0})
    assert np.array_equal(index.get_scores(["هجر"], {"هجر": 3.0}), 3 * once)
    assert once[2] > 0


def test_weights_of_the_idf_change_nothing(index: BM25) -> None:
    query = ["عقد", "هجر", "unknown"]
    assert np.array_equal(index.get_scores(query, index.idf), index.get_scores(query))


def test_tokens_without_a_weight_keep_their_idf(index: BM25) -> None:
    assert np.array_equal(index.get_scores(["عقد", "هجر"], {"هجر": 0.0}), index.get_scores(["عقد"]))


def test_a_weight_for_an_unknown_token_does_nothing(index: BM25) -> None:
    assert not index.get_scores(["unknown"], {"unknown": 9.0}).any()


def test_scores_are_the_caller_s_to_change(index: BM25) -> None:
    index.get_scores(["عقد"])[:] = 9
    assert index.get_scores(["عقد"]).max() < 9


def test_the_size_is_the_number_of_passages(index: BM25) -> None:
    assert len(index) == len(CORPUS)
    assert index.get_scores(["عقد"]).shape == (len(CORPUS),)
