import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage import Memory, StringTable, TextMap, Texts, strings

# Words of the corpus and of a question alike: astral letters and lone surrogates too.
STRINGS = st.lists(st.text(max_size=6), unique=True).map(sorted)


@given(STRINGS, st.text(max_size=6))
def test_every_string_has_its_place_for_a_number(strings: list[str], other: str) -> None:
    table = StringTable.of(strings)
    assert list(table) == strings
    assert [table.find(string) for string in strings] == list(range(len(strings)))
    assert (table.find(other) is None) == (other not in strings)


@pytest.mark.parametrize(
    "strings", [["", "\0", "\0\0"], ["ab", "ab\0", "abc"], ["الوزار", "الوزارات", "الوزاره", "الوزير"]]
)
def test_strings_that_begin_with_the_same_bytes_are_told_apart(strings: list[str]) -> None:
    table = StringTable.of(strings)
    assert [table.find(string) for string in strings] == list(range(len(strings)))
    assert [table.find(f"{string}ب") for string in strings] == [None] * len(strings)


def test_a_stream_of_made_up_words_fills_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_REMEMBERED", "_REMEMBERED_SETS"):
        monkeypatch.setattr(strings, name, 100)
    table = StringTable.of(["كلمة"])
    for number in range(1000):
        table.find_all(frozenset([f"كلمة{number}"]))
    for memory in (getattr(find, "__self__") for find in (table.find, table.find_all)):  # noqa: B009 - no attribute of a function
        assert 50 < len(memory) + len(memory._older) <= 100


def test_a_number_beyond_the_last_is_an_index_error() -> None:
    with pytest.raises(IndexError):
        StringTable.of(["اب", "ابج"])[2]


@given(STRINGS, st.text(max_size=2))
def test_strings_are_found_by_their_beginning(strings: list[str], start: str) -> None:
    table = StringTable.of(strings)
    assert [table[number] for number in table.starting_with(start)] == [one for one in strings if one.startswith(start)]


@given(st.dictionaries(st.text(max_size=4), st.text(max_size=3)), st.text(max_size=4))
def test_a_map_of_strings_is_as_a_dict(known: dict[str, str], other: str) -> None:
    packed: TextMap[str] = pickle.loads(pickle.dumps(TextMap(known, Texts(known.values()))))  # noqa: S301 - our own
    assert list(packed.items()) == list(known.items())
    assert (packed.get(other), packed.get(other, "-"), other in packed) == (
        *(known.get(other), known.get(other, "-")),
        other in known,
    )
    if other not in known:
        with pytest.raises(KeyError):
            packed[other]


def test_a_memory_keeps_what_was_looked_up_last() -> None:
    found = list[str]()
    memory = Memory[str, None](found.append, 4)
    for key in ("a", "b", "a", "c", "a", "d", "a", "e", "b"):
        assert memory[key] is None
    assert found == ["a", "b", "c", "d", "e", "b"]
    assert len(memory) + len(memory._older) <= 4
