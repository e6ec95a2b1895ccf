"""What a passage's document holds of it besides its stems, packed into two fields: its words, and its layout.

Both begin with its key, and are little-endian 32-bit integers. A hundred and fifty candidates come with their words for
each question, and of such columns they are read many times faster than out of stored documents. Layouts come for ten,
so these are compressed to a third.
"""

import zlib
from base64 import b64encode
from binascii import a2b_base64
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.fields import Fields
from bot.retrieval.passage_layouts import Layout, make_layout
from bot.storage import IntArray, Ragged, gather_ranges, offsets

_TYPE = np.dtype("<i4")
_KEY = np.dtype("<i8")
_WORDS_HEADER, _LAYOUT_HEADER = 5, 4
# Of so many bytes base64 has no padding, and several such values in a row are one.
_ALIGNED = 12
# Measured: a tenth smaller than by the fastest, which takes 60 microseconds a passage instead of 75.
_LEVEL = 6


@dataclass(frozen=True, slots=True, eq=False)
class PassageWords:
    """The words of (n,) passages in order, with their numbers; each has its own title."""

    numbers: IntArray
    fields: Fields

    def row(self, number: int) -> int:
        return int(np.searchsorted(self.numbers, number))


def pack_words(key: int, title: IntArray, heading: IntArray, text: IntArray) -> str:
    packed = _join(key, [len(title), len(heading), len(text)], title, heading, text)
    return b64encode(packed + bytes(-len(packed) % _ALIGNED)).decode("ascii")


def unpack_words(values: Iterable[str], find_numbers: Callable[[IntArray], IntArray], words: IntArray) -> PassageWords:
    """Unpack what `pack_words` packed of passages in any order, none of them twice: all of them at once.

    `find_numbers` returns the numbers of passages by their keys, -1 for those to be left out; `words` has the number of
    each word by that in documents.
    """
    parts = list(values)
    packed = np.frombuffer(a2b_base64("".join(parts)), _TYPE)
    starts = offsets([len(part) for part in parts])[:-1] * 3 // (4 * _TYPE.itemsize)
    headers = packed[starts[:, np.newaxis] + np.arange(_WORDS_HEADER)]
    numbers = find_numbers(headers[:, :2].copy().view(_KEY)[:, 0])
    order = np.argsort(numbers, kind="stable")[np.count_nonzero(numbers < 0) :]
    numbers, (in_title, in_heading, in_text) = numbers[order], headers[order, 2:].T
    titles = starts[order] + _WORDS_HEADER
    headings = titles + in_title
    texts = headings + in_heading
    rows = (
        Ragged(words[gather_ranges(packed, firsts, lasts)[0]], offsets(lasts - firsts))
        for firsts, lasts in pairwise((titles, headings, texts, texts + in_text))
    )
    return PassageWords(numbers, Fields(next(rows), next(rows), next(rows), np.arange(len(numbers), dtype=np.int32)))


@dataclass(frozen=True, slots=True)
class PackedLayout:
    """The place of a passage in its article, and its layout."""

    key: int
    paragraph: int
    layout: Layout


def pack_layout(key: int, paragraph: int, layout: Layout) -> str:
    counts = [part.stop - part.start for part in layout.words]
    sentences = [(span.start, span.end) for span in layout.sentences]
    starts = np.asarray(layout.starts, _TYPE)
    packed = _join(
        key,
        [paragraph, len(sentences)],
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
    [key], (paragraph, sentences) = numbers[:2].view(_KEY).tolist(), numbers[2:_LAYOUT_HEADER].tolist()
    end = _LAYOUT_HEADER + 4 * sentences
    first, last, counts, asking = numbers[_LAYOUT_HEADER:end].reshape(4, sentences).tolist()
    steps, lengths = numbers[end:].reshape(2, -1)

    def read_offsets() -> tuple[Sequence[int], Sequence[int]]:
        starts = np.cumsum(steps)
        return starts.tolist(), (starts + lengths).tolist()

    return PackedLayout(key, paragraph, make_layout(first, last, counts, asking, read_offsets))


def _join(key: int, *parts: NDArray[np.integer] | Sequence[int]) -> bytes:
    return b"".join([np.array(key, _KEY).tobytes(), *(np.asarray(part, _TYPE).tobytes() for part in parts)])


def _decode(value: str) -> bytes:
    """Decode a value as the server gives it: columns come without padding."""
    return a2b_base64(value + "=" * (-len(value) % 4))
