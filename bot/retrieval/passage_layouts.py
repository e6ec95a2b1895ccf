"""Layouts of passages: sentence spans, and the offsets of the indexed words."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.arabic import Span, asks, sentences
from bot.retrieval.vocabulary import spaced_offsets
from bot.storage import Arrays, IntArray, IntegerBuilder, Memory, Ragged, add_prefix, offsets, strip_prefix

# A kilobyte or two each.
_REMEMBERED = 1 << 11


@dataclass(frozen=True, eq=False)
class Layout:
    """The sentence spans of a passage; for each, the slice of the words that begin in it, and whether it asks.

    `read_offsets` reads the start and end offsets of all words, which few callers need.
    """

    sentences: tuple[Span, ...]
    words: tuple[slice, ...]
    asking: tuple[bool, ...]
    read_offsets: Callable[[], tuple[Sequence[int], Sequence[int]]]

    @property
    def starts(self) -> Sequence[int]:
        """The start offset of each word in the passage's text, in order, without stop words."""
        return self._offsets[0]

    @property
    def ends(self) -> Sequence[int]:
        """The end offset of each word."""
        return self._offsets[1]

    @cached_property
    def _offsets(self) -> tuple[Sequence[int], Sequence[int]]:
        starts, ends = self.read_offsets()
        # A ninth of the memory that lists take.
        return array("i", starts), array("i", ends)


class Layouts:
    """The layouts of passages by number; the last ones read are cached."""

    def __init__(self, arrays: Arrays) -> None:
        self.words = _Spans(strip_prefix(arrays, "words"))
        self.sentences = _Spans(strip_prefix(arrays, "sentences"))
        self.counts = Ragged(arrays["counts"], arrays["sentences.rows"])
        self.asking = Ragged(arrays["asking"], arrays["sentences.rows"])
        read = partial(_read, self.words, self.sentences, self.counts, self.asking)
        self.of: Callable[[int], Layout] = Memory(read, _REMEMBERED).__getitem__


def _read(words: "_Spans", sentences: "_Spans", counts: Ragged, asking: Ragged, passage: int) -> Layout:
    read_offsets = partial(words.__getitem__, passage)
    return make_layout(*sentences[passage], counts[passage].tolist(), asking[passage].tolist(), read_offsets)


def make_layout(
    starts: Sequence[int],
    ends: Sequence[int],
    counts: Sequence[int],
    asking: Sequence[int],
    read_offsets: Callable[[], tuple[Sequence[int], Sequence[int]]],
) -> Layout:
    """Make a layout of the offsets of (n,) sentences, of how many words begin in each, and whether each asks."""
    words = tuple(slice(*both) for both in pairwise(accumulate(counts, initial=0)))
    return Layout(tuple(map(Span, starts, ends)), words, tuple(map(bool, asking)), read_offsets)


class LayoutBuilder:
    """Builds the arrays of the `Layouts` of passages, added in order."""

    def __init__(self, folder: Path | None = None) -> None:
        """Keep the growing arrays in files of a folder, or else in memory."""
        self._words, self._sentences = _SpanBuilder(folder), _SpanBuilder(folder)
        self._counts, self._asking = IntegerBuilder(folder), IntegerBuilder(folder)

    def extend(self, texts: Sequence[str], places: IntArray, starts: IntArray, stops: IntArray) -> None:
        """Add (n,) passages by their texts and, for each of their words, the number of its text and its offsets."""
        self._words.extend(np.bincount(places, minlength=len(texts)), starts, stops)
        found = [(n, span.start, span.end) for n, own in enumerate(map(sentences, texts)) for span in own]
        rows = np.array(found, np.int64).reshape(-1, 3).T
        self._sentences.extend(np.bincount(rows[0], minlength=len(texts)), rows[1], rows[2])
        self._asking.extend([asks(texts[n][start:end]) for n, start, end in rows.T.tolist()])
        # A word belongs to the sentence that it begins in.
        begins = spaced_offsets(texts)
        firsts = np.searchsorted(begins[places] + starts, begins[rows[0]] + rows[1])
        self._counts.extend(np.diff(firsts, append=len(starts)))

    def take(self, layouts: Layouts, first: int, last: int) -> None:
        """Add the passages from `first` up to `last` of other layouts."""
        self._words.take(layouts.words, first, last)
        self._sentences.take(layouts.sentences, first, last)
        self._counts.extend(layouts.counts.between(first, last))
        self._asking.extend(layouts.asking.between(first, last))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of the layouts; nothing can be added afterwards."""
        spans = {**add_prefix("words", self._words.arrays()), **add_prefix("sentences", self._sentences.arrays())}
        return spans | {"counts": self._counts.array(), "asking": self._asking.array()}


class _Spans:
    """Spans of texts, a row for each text, kept as steps from start to start and as lengths."""

    def __init__(self, arrays: Arrays) -> None:
        self.steps, self.lengths = (Ragged(arrays[name], arrays["rows"]) for name in ("steps", "lengths"))

    def __getitem__(self, row: int) -> tuple[list[int], list[int]]:
        """Return the start and end offsets of the spans of a text."""
        starts = np.cumsum(self.steps[row], dtype=np.int64)
        return starts.tolist(), (starts + self.lengths[row]).tolist()


class _SpanBuilder:
    def __init__(self, folder: Path | None) -> None:
        self._steps, self._lengths, self._counts = (IntegerBuilder(folder) for _ in range(3))

    def extend(self, counts: IntArray, starts: IntArray, stops: IntArray) -> None:
        """Add the spans of (n,) texts, of which each has so many."""
        steps, firsts = np.diff(starts, prepend=0), offsets(counts)[:-1][counts > 0]
        steps[firsts] = starts[firsts]
        self._steps.extend(steps)
        self._lengths.extend(stops - starts)
        self._counts.extend(counts)

    def take(self, spans: _Spans, first: int, last: int) -> None:
        self._steps.extend(spans.steps.between(first, last))
        self._lengths.extend(spans.lengths.between(first, last))
        self._counts.extend(np.diff(spans.steps.starts[first : last + 1]))

    def arrays(self) -> dict[str, NDArray[Any]]:
        return {"steps": self._steps.array(), "lengths": self._lengths.array(), "rows": offsets(self._counts.array())}
