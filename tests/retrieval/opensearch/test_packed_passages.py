"""Tests of the words and layouts of passages packed into values of fields."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import sentences
from bot.retrieval import Layout
from bot.retrieval.opensearch.packed_passages import pack_layout, pack_words, unpack_layout, unpack_words
from bot.retrieval.passage_layouts import LayoutBuilder, Layouts
from tests.retrieval.coverage import ANALYSER

NUMBERS = st.integers(0, 2**31 - 1)
WORDS = st.lists(NUMBERS, max_size=40).map(lambda numbers: np.array(numbers, dtype=np.int32))

TEXTS = st.lists(st.sampled_from(["متى", "بدأ", "الاجتماع", "في", "؟", ".", "\n", "٣", "،"])).map(" ".join)


def as_served(value: str) -> str:
    """Return a value as columns come: without padding."""
    return value.rstrip("=")


PASSAGES = st.lists(
    st.tuples(NUMBERS, st.integers(-1, 1000), WORDS, WORDS, WORDS), max_size=6, unique_by=lambda drawn: drawn[0]
)


@given(PASSAGES)
def test_words_are_unpacked_in_order_as_they_were_packed(
    drawn: list[tuple[int, int, np.ndarray, np.ndarray, np.ndarray]],
) -> None:
    unpacked = unpack_words([as_served(pack_words(*each)) for each in drawn])
    fields = unpacked.fields
    for row, (number, group, title, heading, text) in enumerate(sorted(drawn, key=lambda each: each[0])):
        assert (unpacked.row(number), unpacked.numbers[row], unpacked.groups[row]) == (row, number, group)
        for part, packed in ((fields.titles, title), (fields.headings, heading), (fields.texts, text)):
            assert part[row].tolist() == packed.tolist()
    assert len(fields) == len(unpacked.numbers) == len(unpacked.groups) == len(drawn)


def lay_out(text: str) -> Layout:
    builder = LayoutBuilder()
    _, starts, stops = ANALYSER.words_with_offsets(text)
    builder.append(text, starts, stops)
    return Layouts(builder.arrays()).of(0)


@given(NUMBERS, NUMBERS, TEXTS)
def test_layouts_are_unpacked_as_they_were_packed(number: int, paragraph: int, text: str) -> None:
    layout = lay_out(text)
    unpacked = unpack_layout(as_served(pack_layout(number, paragraph, layout)))
    assert (unpacked.number, unpacked.paragraph) == (number, paragraph)
    assert unpacked.layout.sentences == layout.sentences == tuple(sentences(text))
    assert (unpacked.layout.words, unpacked.layout.asking) == (layout.words, layout.asking)
    assert list(unpacked.layout.starts) == list(layout.starts)
    assert list(unpacked.layout.ends) == list(layout.ends)
