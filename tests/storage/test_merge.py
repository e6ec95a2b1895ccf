"""Tables that are put together from the rows of two others."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.storage import Merge, MergedStrings, StringTable

WORDS = st.lists(st.text("ابتxy", max_size=4), unique=True, max_size=12).map(sorted)


@given(old=WORDS, new=WORDS, data=st.data())
def test_merged_strings_are_those_used_and_the_new_ones_in_order(
    old: list[str], new: list[str], data: st.DataObject
) -> None:
    used = np.array(data.draw(st.lists(st.booleans(), min_size=len(old), max_size=len(old))), dtype=np.bool_)
    merged = MergedStrings.of(StringTable.of(old), used, new)
    expected = sorted({*new, *(string for string, is_used in zip(old, used, strict=True) if is_used)})
    assert list(merged.table) == expected
    assert [expected[number] for number in merged.new] == new
    assert all(expected[merged.old[number]] == old[number] for number in np.flatnonzero(merged.kept))


def test_a_column_is_as_narrow_as_what_is_left_of_it() -> None:
    old, new = np.array([1, 70_000, 3], dtype=np.uint32), np.array([4, 5], dtype=np.uint8)
    merged = Merge.of(np.array([0, 3, 2, 4]), 3).take_narrow(old, new)
    assert merged.tolist() == [1, 4, 3, 5]
    assert merged.dtype == np.dtype(np.uint8)
