"""What grows gives the same in memory as in files."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.storage import ArrayBuilder, IntegerBuilder, StringTable, TextTable, TextTableBuilder

NUMBERS = st.lists(st.lists(st.one_of(st.integers(0, 300), st.integers(0, 2**63 - 1)), max_size=5), max_size=6)
TEXTS = st.lists(st.text(max_size=6))
IN_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@IN_FOLDER
@given(NUMBERS)
def test_numbers_come_back_in_their_order(tmp_path: Path, parts: list[list[int]]) -> None:
    for builder in (IntegerBuilder(), IntegerBuilder(tmp_path)):
        for part in parts:
            for number in part[:2]:
                builder.append(number)
            builder.extend(part[2:])
        expected = [number for part in parts for number in part]
        assert builder.array().tolist() == expected
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("greatest", "bytes_each"), [(255, 1), (256, 2), (65_536, 4), (2**32, 8)])
@pytest.mark.parametrize("in_folder", [False, True])
def test_numbers_take_as_few_bytes_as_the_greatest_needs(
    tmp_path: Path, greatest: int, bytes_each: int, *, in_folder: bool
) -> None:
    builder = IntegerBuilder(tmp_path if in_folder else None)
    for number in range(0, 600_000, 1000):
        builder.extend([number % 251] * 1000)
    builder.append(greatest)
    array = builder.array()
    assert array.itemsize == bytes_each
    assert (array[0], array[-1], array[-2]) == (0, greatest, 599_000 % 251)
    assert len(array) == 600_001


@pytest.mark.parametrize("number", [-1, 2**63])
def test_numbers_that_are_none_are_refused(number: int) -> None:
    with pytest.raises(OverflowError):
        IntegerBuilder().append(number)


@IN_FOLDER
@given(TEXTS)
def test_texts_come_back_by_their_numbers(tmp_path: Path, texts: list[str]) -> None:
    for builder in (TextTableBuilder(), TextTableBuilder(tmp_path)):
        for text in texts:
            builder.append(text)
        table = TextTable.from_arrays(builder.arrays())
        assert list(table) == texts
        assert len(table) == len(texts)


@IN_FOLDER
@given(st.lists(st.lists(st.floats(allow_nan=False), max_size=4)))
def test_arrays_are_joined(tmp_path: Path, parts: list[list[float]]) -> None:
    for builder in (ArrayBuilder(np.float64), ArrayBuilder(np.float64, tmp_path)):
        for part in parts:
            builder.append(np.array(part))
        assert builder.array().tolist() == [number for part in parts for number in part]


def test_a_table_of_strings_goes_through_arrays() -> None:
    table = StringTable.from_arrays(StringTable.of(["ا", "اب", "ب"]).arrays())
    assert [table.find(string) for string in ("ب", "ا", "ج")] == [2, 0, None]
    assert table.find("ب") == 2
