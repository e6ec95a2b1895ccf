"""From three passages on, every number is that of the unmodified library, to the last bit."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from bot.retrieval import BM25, RANKING
from tests.examples import examples

TOKEN = st.sampled_from(["عقد", "وكال", "شرك", "هجر", "2025", "ice", "ا"])
DOCUMENTS = st.lists(st.lists(TOKEN, max_size=12), min_size=3, max_size=12).filter(any)
QUERY = st.lists(st.one_of(TOKEN, st.just("unknown")), max_size=8)
# With b = 1 or k1 = 0 the library divides zero by zero for an empty document.
K1 = st.floats(0.01, 5)
B = st.floats(0, 0.99)
EPSILON = st.floats(0, 1)
CORPUS = [["عقد", "شرك"], [], ["عقد", "عقد", "وكال"], ["هجر"], ["شرك", "شرك", "شرك", "عقد"]]
INDEX = BM25(CORPUS)


def library_of(documents: list[list[str]]) -> BM25Okapi:
    """Index documents by the library, with the numbers that are the defaults here."""
    return BM25Okapi(documents, k1=RANKING.k1, b=RANKING.b, epsilon=RANKING.epsilon)


@examples(300)
@given(documents=DOCUMENTS, query=QUERY, k1=K1, b=B, epsilon=EPSILON)
def test_scores_are_the_library_s(
    documents: list[list[str]], query: list[str], k1: float, b: float, epsilon: float
) -> None:
    own = BM25(documents, k1=k1, b=b, epsilon=epsilon)
    library = BM25Okapi(documents, k1=k1, b=b, epsilon=epsilon)
    assert own.get_scores(query).tobytes() == library.get_scores(query).tobytes()
    assert own.idf == library.idf
    assert (own.avgdl, own.corpus_size, own.average_idf) == (library.avgdl, library.corpus_size, library.average_idf)


@examples(150)
@given(documents=DOCUMENTS, query=QUERY, data=st.data())
def test_batch_scores_are_the_library_s(documents: list[list[str]], query: list[str], data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(0, len(documents) - 1), max_size=6))
    # The library cannot score an empty batch.
    expected = library_of(documents).get_batch_scores(query, numbers) if numbers else []
    assert BM25(documents).get_batch_scores(query, numbers) == expected


@examples(150)
@given(documents=DOCUMENTS, query=QUERY, n=st.integers(0, 15))
def test_top_documents_are_the_library_s(documents: list[list[str]], query: list[str], n: int) -> None:
    names = [f"passage {number}" for number in range(len(documents))]
    library = library_of(documents)
    scores = dict(zip(names, library.get_scores(query).tolist(), strict=True))
    found = BM25(documents).get_top_n(query, names, n)
    assert [scores[name] for name in found] == [scores[name] for name in library.get_top_n(query, names, n)]
    # Which of equal passages come first is chance in the library.
    assert found == sorted(names, key=lambda name: -scores[name])[:n]


@examples(300)
@given(size=st.integers(3, 40), data=st.data())
def test_idfs_of_counts_are_the_library_s(size: int, data: st.DataObject) -> None:
    held = data.draw(st.lists(st.integers(0, size), min_size=1, max_size=60))
    library = library_of([["x"]] * size)
    library.idf = {}
    library._calc_idf(dict(enumerate(held)))
    assert BM25.idf_of(np.array(held), size).tolist() == list(library.idf.values())


def test_the_defaults_are_those_of_ranking() -> None:
    assert (INDEX.k1, INDEX.b, INDEX.epsilon) == (RANKING.k1, RANKING.b, RANKING.epsilon)


def test_a_tokenizer_makes_tokens_of_texts() -> None:
    texts = [" ".join(tokens) for tokens in CORPUS]
    expected = INDEX.get_scores(["عقد", "هجر"])
    assert np.array_equal(BM25(texts, tokenizer=str.split).get_scores(["عقد", "هجر"]), expected)


def test_a_tokenizer_may_be_any_callable() -> None:
    # The library would pickle it for another process, which a lambda does not survive.
    assert BM25(["عقد،شرك", "", "عقد"], tokenizer=lambda text: text.split("،")).document_frequency("عقد") == 2


def test_a_corpus_is_read_once_and_may_be_an_iterator() -> None:
    assert np.array_equal(BM25(iter(CORPUS)).get_scores(["عقد"]), INDEX.get_scores(["عقد"]))


def test_more_tokens_times_passages_than_32_bits_hold() -> None:
    documents = [[f"token {number}", "common"] for number in range(50_000)]
    index = BM25(documents)
    scores = index.get_scores(["token 49999"])
    assert np.flatnonzero(scores).tolist() == [49_999]
    assert index.document_frequency("common") == 50_000


def test_top_documents_of_another_corpus_are_refused() -> None:
    with pytest.raises(ValueError, match="5 passages were indexed, not 2"):
        INDEX.get_top_n(["عقد"], ["one", "two"])


@examples(10)
@given(st.integers(1, 5), st.integers())
def test_passages_in_several_chunks_score_as_the_library_has_them(words: int, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - nothing is secret
    # Common tokens get rows of their own, and the postings of many passages are counted in parts.
    vocabulary = [f"token {number}" for number in range(40)]
    documents = [random.choices(vocabulary, [1 / (rank + 1) for rank in range(40)], k=words) for _ in range(5000)]
    query = random.sample(vocabulary, 6)
    own, library = BM25(documents), library_of(documents)
    expected = library.get_scores(query)
    assert own.get_scores(query).tobytes() == expected.tobytes()
    some = random.sample(range(5000), 50)
    assert own.get_batch_scores(query, some) == library.get_batch_scores(query, some)
    numbers, scores = own.top(query, 20)
    assert numbers.tolist() == np.argsort(-expected, kind="stable")[:20].tolist()
    assert scores.tolist() == expected[numbers].tolist()


@given(DOCUMENTS, st.lists(TOKEN, min_size=1, max_size=4))
def test_passages_that_hold_all_tokens(documents: list[list[str]], tokens: list[str]) -> None:
    expected = [number for number, document in enumerate(documents) if set(tokens) <= set(document)]
    assert BM25(documents).passages_with_all(tokens).tolist() == expected


def test_a_string_is_no_query() -> None:
    with pytest.raises(TypeError, match="sequence of tokens"):
        INDEX.get_scores("عقد")
    with pytest.raises(TypeError):
        INDEX.get_batch_scores("عقد", [0])
    with pytest.raises(TypeError):
        INDEX.get_top_n("عقد", ["a", "b", "c", "d", "e"])


@pytest.mark.parametrize(("token", "held"), [("عقد", 3), ("شرك", 2), ("وكال", 1), ("unknown", 0), ("", 0)])
def test_document_frequency_counts_passages(token: str, held: int) -> None:
    assert INDEX.document_frequency(token) == held


def test_a_token_may_count_several_times_or_a_part_of_once() -> None:
    once = INDEX.get_scores(["هجر"])
    assert np.array_equal(INDEX.get_scores(["هجر"], {"هجر": 3.0}), 3 * once)
    assert np.array_equal(INDEX.get_scores(["عقد", "هجر"], {"هجر": 0.0}), INDEX.get_scores(["عقد"]))
    assert once[3] > 0


def test_times_of_an_unknown_token_do_nothing() -> None:
    assert not INDEX.get_scores(["unknown"], {"unknown": 9.0}).any()


@pytest.mark.parametrize("times", [None, {"عقد": 0.3, "هجر": 2.0}])
def test_some_passages_score_as_among_all(times: dict[str, float] | None) -> None:
    query, some = ["عقد", "هجر", "unknown", "عقد"], np.array([2, 0])
    assert np.array_equal(INDEX.score_passages(query, some, times), INDEX.get_scores(query, times)[some])


def test_scores_are_the_caller_s_to_change() -> None:
    INDEX.get_scores(["عقد"])[:] = 9
    assert INDEX.get_scores(["عقد"]).max() < 9
