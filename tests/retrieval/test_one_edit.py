from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.retrieval.one_edit import OneEdit, one_edit_arrays
from bot.storage import StringTable

WORD = st.text("ابتث", max_size=7)


@settings(max_examples=300)
@given(st.lists(WORD, unique=True, max_size=30).map(sorted), WORD)
def test_no_string_that_is_one_edit_away_is_overlooked(strings: list[str], string: str) -> None:
    found = OneEdit(StringTable.of(strings), one_edit_arrays(strings))(string)
    assert found == sorted(set(found))
    expected = {number for number, other in enumerate(strings) if OSA.distance(string, other) <= 1}
    assert expected <= set(found)


def test_few_others_are_looked_at() -> None:
    strings = sorted(
        {f"{first}{middle}{last}" for first in "ابتثجح" for middle in ("مكتب", "جسور") for last in "رزسشصض"}
    )
    found = OneEdit(StringTable.of(strings), one_edit_arrays(strings))("امكتبر")
    assert [strings[number] for number in found] == [word for word in strings if OSA.distance(word, "امكتبر") <= 1]
