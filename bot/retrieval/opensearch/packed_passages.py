"""What a passage's document holds of it besides its stems, packed into two fields: its words, and its layout.

Both are little-endian 32-bit integers. A hundred and fifty candidates come with their words for each question, and of
such columns they are read many times faster than out of stored documents. Layouts come for ten, so these are compressed
to a third.
"""

import zlib
from base64 import b64encode
from binascii import a2b_base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.fields import Fields
from bot.retrieval.passage_layouts import Layout, make_layout
from bot.storage import IntArray, Ragged, gather_ranges, offsets

_TYPE = np.dtype("<i4")
_WORDS_HEADER, _LAYOUT_HEADER = 4, 3
# Measured: a tenth smaller than by the fastest, which takes 60 microseconds a passage instead of 75.
_LEVEL = 6


@dataclass(frozen=True, slots=True, eq=False)
class PassageWords:
    """The words of (n,) passages in order, with their numbers and groups of near duplicates; each has its own title."""

    numbers: IntArray
    groups: IntArray
    fields: Fields

    def row(self, number: int) -> int:
        """Return the place of a passage among these."""
        return int(np.searchsorted(self.numbers, number))


def pack_words(number: int, group: int, title: IntArray, heading: IntArray, text: IntArray) -> str:
    """Pack the words of a passage into a value of a binary field."""
    packed = _join([number, group, len(title), len(heading)], title, heading, text)
    return b64encode(packed).decode("ascii")


def unpack_words(values: Iterable[str]) -> PassageWords:
    """Unpack what `pack_words` packed of passages in any order, none of them twice: all of them at once."""
    parts = [_decode(value) for value in values]
    packed = np.frombuffer(b"".join(parts), _TYPE)
    ends = np.cumsum([len(part) // _TYPE.itemsize for part in parts], dtype=np.int64)
    starts = np.concatenate((np.zeros(1, np.int64), ends))[: len(parts)]
    order = np.argsort(packed[starts], kind="stable")
    starts, ends = starts[order], ends[order]
    numbers, groups, in_title, in_heading = (packed[starts + place] for place in range(_WORDS_HEADER))
    titles = starts + _WORDS_HEADER
    headings = titles + in_title
    texts = headings + in_heading
    fields = Fields(
        _rows(packed, titles, headings),
        _rows(packed, headings, texts),
        _rows(packed, texts, ends),
        np.arange(len(parts), dtype=np.int32),
    )
    return PassageWords(numbers, groups, fields)


def _rows(packed: IntArray, firsts: IntArray, lasts: IntArray) -> Ragged:
    return Ragged(gather_ranges(packed, firsts, lasts)[0], offsets(lasts - firsts))


@dataclass(frozen=True, slots=True)
class PackedLayout:
    """The place of a passage in its article, and its layout."""

    number: int
    paragraph: int
    layout: Layout


def pack_layout(number: int, paragraph: int, layout: Layout) -> str:
    """Pack the layout of a passage into a value of a binary field."""
    counts = [part.stop - part.start for part in layout.words]
    sentences = [(span.start, span.end) for span in layout.sentences]
    starts = np.asarray(layout.starts, _TYPE)
    packed = _join(
        [number, paragraph, len(sentences)],
        [start for start, _ in sentences],
        [end for _, end in sentences],
        counts,
        [int(asks) for asks in layout.asking],
        np.diff(starts, prepend=_TYPE.type(0)),
        np.asarray(layout.ends, _TYPE) - starts,
    )
    return b64encode(zlib.compress(packed, _LEVEL)).decode("ascii")


def unpack_layout(value: str) -> PackedLayout:
    """Unpack what `pack_layout` packed."""
    numbers = np.frombuffer(zlib.decompress(_decode(value)), _TYPE)
    number, paragraph, sentences = numbers[:_LAYOUT_HEADER].tolist()
    end = _LAYOUT_HEADER + 4 * sentences
    first, last, counts, asking = numbers[_LAYOUT_HEADER:end].reshape(4, sentences).tolist()
    steps, lengths = numbers[end:].reshape(2, -1)

    def read_offsets() -> tuple[Sequence[int], Sequence[int]]:
        starts = np.cumsum(steps)
        return starts.tolist(), (starts + lengths).tolist()

    return PackedLayout(number, paragraph, make_layout(first, last, counts, asking, read_offsets))


def _join(*parts: NDArray[np.integer] | Sequence[int]) -> bytes:
    return b"".join(np.asarray(part, _TYPE).tobytes() for part in parts)


def _decode(value: str) -> bytes:
    """Decode a value as the server gives it: columns come without padding."""
    return a2b_base64(value + "=" * (-len(value) % 4))
