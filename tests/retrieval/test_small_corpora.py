"""None, one and two passages, where the library divides by zero or ranks a match last; warnings are errors here."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval import BM25
from tests.examples import examples

TOKEN = st.sampled_from(["عقد", "شرك", "هجر"])


def test_no_passages_have_no_scores() -> None:
    index = BM25([])
    assert len(index) == 0
    assert index.get_scores(["عقد"]).tolist() == []
    assert index.get_batch_scores(["عقد"], []) == []
    assert index.get_top_n(["عقد"], [], 5) == []
    assert index.document_frequency("عقد") == 0


def test_a_token_in_both_of_two_passages_still_counts() -> None:
    more, less = BM25([["عقد", "عقد"], ["عقد", "هجر"]]).get_scores(["عقد"])
    assert more > less > 0


@pytest.mark.parametrize("size", range(6))
def test_documents_without_a_token_score_zero(size: int) -> None:
    index = BM25([[] for _ in range(size)])
    assert index.get_scores(["عقد"]).tolist() == [0.0] * size
    assert index.average_idf == 0


@examples(200)
@given(
    documents=st.lists(st.lists(TOKEN, max_size=6), max_size=5),
    query=st.lists(TOKEN, max_size=4),
    b=st.sampled_from([0.0, 0.4, 1.0]),
)
def test_every_score_of_every_small_corpus_is_a_number(documents: list[list[str]], query: list[str], b: float) -> None:
    scores = BM25(documents, b=b).get_scores(query)
    assert np.isfinite(scores).all()
    if len(documents) < 3:
        assert [score > 0 for score in scores] == [bool(set(query) & set(document)) for document in documents]
