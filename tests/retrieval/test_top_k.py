import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.top_k import accumulate_scores, top_k, top_k_in_order

# Few different scores make many of them equal, and zeros are what most passages score.
SCORES = st.lists(st.sampled_from([0.0, 0.0, 0.0, 0.5, 1.5, 1.5000000000000002, -0.5]), max_size=40)

SIZE = 40
# Sums of such values depend on the order in which they are added.
VALUES = st.sampled_from([0.1, 0.2, 0.3, 1e16, -1e16, 3.7])


@given(SCORES, st.integers(0, 45), st.sampled_from([1, 7, 60]))
def test_the_highest_are_those_of_sorting_everything(some: list[float], limit: int, times: int) -> None:
    scores = np.array(some * times, dtype=np.float64)
    expected = np.argsort(-scores, kind="stable")[:limit]
    assert top_k(scores, limit).tolist() == expected.tolist()
    assert top_k_in_order(scores, limit).tolist() == sorted(expected.tolist())


@pytest.mark.parametrize("size", [1, 99, 100, 101, 5_000, 100_003])
def test_arrays_of_every_size(size: int) -> None:
    scores = np.random.default_rng(size).random(size)
    assert top_k(scores, 100).tolist() == np.argsort(-scores, kind="stable")[:100].tolist()


@st.composite
def terms(draw: st.DrawFn) -> tuple[np.ndarray | None, np.ndarray]:
    held = draw(st.none() | st.sets(st.integers(0, SIZE - 1)))
    values = draw(st.lists(VALUES, min_size=SIZE, max_size=SIZE))
    if held is None:
        return None, np.array(values)
    return np.array(sorted(held), dtype=np.intp), np.array(values[: len(held)], dtype=np.float64)


def one_by_one(added: list[tuple[np.ndarray | None, np.ndarray]], size: int) -> list[float]:
    scores = [0.0] * size
    for documents, values in added:
        places = range(size) if documents is None else documents.tolist()
        for place, value in zip(places, values.tolist(), strict=True):
            scores[place] += value
    return scores


@given(st.lists(terms(), max_size=6))
def test_the_sums_are_those_of_adding_one_by_one(added: list[tuple[np.ndarray | None, np.ndarray]]) -> None:
    sums = accumulate_scores([documents for documents, _ in added], [values for _, values in added], SIZE)
    assert sums.dtype == np.float64
    assert sums.tolist() == one_by_one(added, SIZE)


@pytest.mark.parametrize("held", [1_000, 20_000])
def test_few_and_many_postings_are_added_alike(held: int) -> None:
    chance = np.random.default_rng(held)
    added = [(np.sort(chance.choice(30_000, held, replace=False)), chance.random(held)) for _ in range(3)]
    sums = accumulate_scores([documents for documents, _ in added], [values for _, values in added], 30_000)
    assert sums.tolist() == one_by_one(list(added), 30_000)
