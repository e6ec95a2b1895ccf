import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.adding import add_up

SIZE = 40
# Sums of such values depend on the order in which they are added.
VALUES = st.sampled_from([0.1, 0.2, 0.3, 1e16, -1e16, 3.7])


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
    sums = add_up([documents for documents, _ in added], [values for _, values in added], SIZE)
    assert sums.dtype == np.float64
    assert sums.tolist() == one_by_one(added, SIZE)


@pytest.mark.parametrize("held", [1_000, 20_000])
def test_few_and_many_postings_are_added_alike(held: int) -> None:
    chance = np.random.default_rng(held)
    added = [(np.sort(chance.choice(30_000, held, replace=False)), chance.random(held)) for _ in range(3)]
    sums = add_up([documents for documents, _ in added], [values for _, values in added], 30_000)
    assert sums.tolist() == one_by_one(list(added), 30_000)
