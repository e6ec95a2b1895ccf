"""What a passage's document holds of it besides its stems, packed into two fields: its words, and its layout.

Both are little-endian 32-bit integers. A hundred and fifty candidates come with their words for each question, and of
such columns they are read many times faster than out of stored documents.
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.passage_layouts import Layout, make_layout
from bot.storage import IntArray

_TYPE = np.dtype("<i4")
_WORDS_HEADER, _LAYOUT_HEADER = 4, 3


@dataclass(frozen=True, slots=True)
class PackedWords:
    """The number of a passage, of its group of near duplicates, and the word numbers of its fields in reading order."""

    number: int
    group: int
    title: IntArray
    heading: IntArray
    text: IntArray


def pack_words(number: int, group: int, title: IntArray, heading: IntArray, text: IntArray) -> str:
    """Pack the words of a passage into a value of a binary field."""
    return _encode(np.array([number, group, len(title), len(heading)], _TYPE), title, heading, text)


def unpack_words(value: str) -> PackedWords:
    """Unpack what `pack_words` packed."""
    numbers = _decode(value)
    number, group, in_title, in_heading = numbers[:_WORDS_HEADER].tolist()
    title_end = _WORDS_HEADER + in_title
    heading_end = title_end + in_heading
    return PackedWords(
        number, group, numbers[_WORDS_HEADER:title_end], numbers[title_end:heading_end], numbers[heading_end:]
    )


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
    return _encode(
        np.array([number, paragraph, len(sentences)], _TYPE),
        [start for start, _ in sentences],
        [end for _, end in sentences],
        counts,
        [int(asks) for asks in layout.asking],
        layout.starts,
        layout.ends,
    )


def unpack_layout(value: str) -> PackedLayout:
    """Unpack what `pack_layout` packed."""
    numbers = _decode(value)
    number, paragraph, sentences = numbers[:_LAYOUT_HEADER].tolist()
    end = _LAYOUT_HEADER + 4 * sentences
    first, last, counts, asking = numbers[_LAYOUT_HEADER:end].reshape(4, sentences).tolist()
    starts, ends = numbers[end:].reshape(2, -1)

    def read_offsets() -> tuple[Sequence[int], Sequence[int]]:
        return starts.tolist(), ends.tolist()

    return PackedLayout(number, paragraph, make_layout(first, last, counts, asking, read_offsets))


def _encode(*parts: NDArray[np.integer] | Sequence[int]) -> str:
    return b64encode(b"".join(np.asarray(part).astype(_TYPE).tobytes() for part in parts)).decode("ascii")


def _decode(value: str) -> IntArray:
    """Decode a value as the server gives it: columns come without padding."""
    return np.frombuffer(b64decode(value + "=" * (-len(value) % 4)), _TYPE)
