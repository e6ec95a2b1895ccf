"""The bound that lets most strings be skipped unread is never above the true number of edits."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.retrieval import CharacterMasks
from bot.retrieval.edit_filter import OneEditIndex, one_edit_arrays
from bot.storage import StringTable
from tests.examples import examples

# Few letters, so that strings are near each other; two of them share a bit.
NEAR = st.text("ابجدهa\u0661!", max_size=7)
ANY = st.text(max_size=7)

WORD = st.text("ابتث", max_size=7)


@examples(300)
@given(st.lists(st.one_of(NEAR, ANY), max_size=12), st.one_of(NEAR, ANY))
def test_no_more_edits_are_promised_than_it_takes(strings: list[str], string: str) -> None:
    least = CharacterMasks.of(strings).min_edits(string)
    assert len(least) == len(strings)
    assert all(bound <= OSA.distance(string, other) for bound, other in zip(least, strings, strict=True))


def test_far_strings_are_told_from_near_ones() -> None:
    assert CharacterMasks.of(["مكتبه", "مكتب", "كمتبه", "سردين", "مكتبهم", "مكتبب"]).min_edits("مكتبه").tolist() == [
        0,
        1,
        0,
        5,
        1,
        1,
    ]


@given(st.lists(NEAR, max_size=8))
def test_a_string_is_no_edit_away_from_itself(strings: list[str]) -> None:
    letters = CharacterMasks.of(strings)
    assert all(letters.min_edits(string)[place] == 0 for place, string in enumerate(strings))


@examples(300)
@given(st.lists(st.one_of(NEAR, ANY), max_size=12), st.one_of(NEAR, ANY))
def test_no_more_characters_are_promised_lacking_than_are(strings: list[str], string: str) -> None:
    least = CharacterMasks.of(strings).min_missing(string)
    assert all(bound <= len(set(string) - set(other)) for bound, other in zip(least, strings, strict=True))


def test_a_string_without_the_letters_is_told_from_one_with_them() -> None:
    assert CharacterMasks.of(["مكتبه", "بلديه", ""]).min_missing("مكت").tolist() == [0, 3, 3]


@examples(300)
@given(st.lists(WORD, unique=True, max_size=30).map(sorted), WORD)
def test_no_string_that_is_one_edit_away_is_overlooked(strings: list[str], string: str) -> None:
    found = OneEditIndex(StringTable.of(strings), one_edit_arrays(strings)).candidates(string)
    assert found == sorted(set(found))
    expected = {number for number, other in enumerate(strings) if OSA.distance(string, other) <= 1}
    assert expected <= set(found)


def test_few_others_are_looked_at() -> None:
    strings = sorted(
        {f"{first}{middle}{last}" for first in "ابتثجح" for middle in ("مكتب", "جسور") for last in "رزسشصض"}
    )
    found = OneEditIndex(StringTable.of(strings), one_edit_arrays(strings)).candidates("امكتبر")
    assert [strings[number] for number in found] == [word for word in strings if OSA.distance(word, "امكتبر") <= 1]
