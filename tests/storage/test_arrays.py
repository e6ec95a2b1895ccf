from itertools import chain

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.arrays import Ragged, offsets

ROWS = st.lists(st.lists(st.integers(0, 9), max_size=5), max_size=8)


def joined(rows: list[list[int]]) -> Ragged:
    return Ragged(np.array([*chain.from_iterable(rows)], dtype=np.int32), offsets([len(row) for row in rows]))


@given(ROWS)
def test_rows_come_back_as_they_were(rows: list[list[int]]) -> None:
    ragged = joined(rows)
    assert [ragged[number].tolist() for number in range(len(ragged))] == rows
    assert ragged.lengths.tolist() == [len(row) for row in rows]


@given(ROWS, st.data())
def test_gathered_rows_stand_on_end_with_their_owners(rows: list[list[int]], data: st.DataObject) -> None:
    asked = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=6)) if rows else []
    values, owners = joined(rows).gather(np.array(asked, dtype=np.int64))
    expected = [(value, place) for place, row in enumerate(asked) for value in rows[row]]
    assert list(zip(values.tolist(), owners.tolist(), strict=True)) == expected


@given(ROWS, st.lists(st.integers(-5, 5), min_size=10, max_size=10))
def test_sums_go_over_each_row(rows: list[list[int]], weights: list[int]) -> None:
    sums = joined(rows).sums(np.array(weights, dtype=np.int64))
    assert sums.tolist() == [sum(weights[value] for value in row) for row in rows]


@given(ROWS)
def test_inverted_rows_name_the_rows_that_hold_each_value(rows: list[list[int]]) -> None:
    inverted = joined(rows).inverted(10)
    for value in range(10):
        assert inverted[value].tolist() == [number for number, row in enumerate(rows) for held in row if held == value]
