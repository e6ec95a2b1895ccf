import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.highest import best, highest

# Few different scores make many of them equal, and zeros are what most passages score.
SCORES = st.lists(st.sampled_from([0.0, 0.0, 0.0, 0.5, 1.5, 1.5000000000000002, -0.5]), max_size=40)


@given(SCORES, st.integers(0, 45), st.sampled_from([1, 7, 60]))
def test_the_highest_are_those_of_sorting_everything(some: list[float], limit: int, times: int) -> None:
    scores = np.array(some * times, dtype=np.float64)
    expected = np.argsort(-scores, kind="stable")[:limit]
    assert best(scores, limit).tolist() == expected.tolist()
    assert highest(scores, limit).tolist() == sorted(expected.tolist())


@pytest.mark.parametrize("size", [1, 99, 100, 101, 5_000, 100_003])
def test_arrays_of_every_size(size: int) -> None:
    scores = np.random.default_rng(size).random(size)
    assert best(scores, 100).tolist() == np.argsort(-scores, kind="stable")[:100].tolist()
