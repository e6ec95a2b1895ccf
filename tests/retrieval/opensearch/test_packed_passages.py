"""Tests of the words and layouts of passages packed into values of fields."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import sentences
from bot.retrieval import Layout
from bot.retrieval.opensearch.packed_passages import pack_layout, pack_words, unpack_layout, unpack_words
from bot.retrieval.passage_layouts import LayoutBuilder, Layouts
from tests.retrieval.coverage import ANALYSER

NUMBERS = st.integers(0, 2**31 - 1)
KEYS = st.integers(0, 2**60)
WORDS = st.lists(st.integers(0, 99), max_size=40).map(lambda numbers: np.array(numbers, dtype=np.int32))

TEXTS = st.lists(st.sampled_from(["متى", "بدأ", "الاجتماع", "في", "؟", ".", "\n", "٣", "،"])).map(" ".join)


def as_served(value: str) -> str:
    """Return a value as columns come: without padding."""
    return value.rstrip("=")


# The numbers of words in the edition, by those in documents.
LATER = np.arange(100, dtype=np.int32)[::-1]
PASSAGES = st.lists(st.tuples(KEYS, WORDS, WORDS, WORDS), max_size=6, unique_by=lambda drawn: drawn[0])


@given(PASSAGES, st.sets(st.integers(0, 5)))
def test_words_are_unpacked_in_order_as_they_were_packed(
    drawn: list[tuple[int, np.ndarray, np.ndarray, np.ndarray]], left_out: set[int]
) -> None:
    keys = {key for place, (key, *_) in enumerate(drawn) if place not in left_out}

    def find_numbers(found: np.ndarray) -> np.ndarray:
        return np.array([sorted(keys).index(key) if key in keys else -1 for key in found.tolist()], dtype=np.int64)

    unpacked = unpack_words([as_served(pack_words(*each)) for each in drawn], find_numbers, LATER)
    fields = unpacked.fields
    kept = sorted((each for each in drawn if each[0] in keys), key=lambda each: each[0])
    for row, (_, title, heading, text) in enumerate(kept):
        assert (unpacked.row(row), unpacked.numbers[row]) == (row, row)
        for part, packed in ((fields.titles, title), (fields.headings, heading), (fields.texts, text)):
            assert part[row].tolist() == LATER[packed].tolist()
    assert len(fields) == len(unpacked.numbers) == len(kept)


def test_a_number_that_has_no_room_is_not_cut() -> None:
    none = np.zeros(0, dtype=np.int32)
    with pytest.raises(OverflowError, match=str(1 << 24)):
        pack_words(1, none, none, np.array([1 << 24], dtype=np.int32))


def lay_out(text: str) -> Layout:
    builder = LayoutBuilder()
    _, starts, stops = ANALYSER.words_with_offsets(text)
    builder.extend([text], np.zeros(len(starts), np.int64), np.array(starts, np.int64), np.array(stops, np.int64))
    return Layouts(builder.arrays()).of(0)


@given(KEYS, NUMBERS, TEXTS)
def test_layouts_are_unpacked_as_they_were_packed(key: int, paragraph: int, text: str) -> None:
    layout = lay_out(text)
    unpacked = unpack_layout(as_served(pack_layout(key, paragraph, layout)))
    assert (unpacked.key, unpacked.paragraph) == (key, paragraph)
    assert unpacked.layout.sentences == layout.sentences == tuple(sentences(text))
    assert (unpacked.layout.words, unpacked.layout.asking) == (layout.words, layout.asking)
    assert list(unpacked.layout.starts) == list(layout.starts)
    assert list(unpacked.layout.ends) == list(layout.ends)
