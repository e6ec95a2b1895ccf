"""How passages are laid out: their sentences, and where each of their words stands."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.arabic import Span, sentences
from bot.storage import Arrays, IntegerBuilder, Ragged, add_prefix, offsets, strip_prefix

# Some kilobytes each.
_REMEMBERED = 1024


@dataclass(frozen=True, eq=False)
class Layout:
    """The sentences of a passage in order, and of each the places of its words among those of the passage.

    `read_places` reads where in the text all words start and end.
    """

    sentences: tuple[Span, ...]
    words: tuple[slice, ...]
    read_places: Callable[[], tuple[Sequence[int], Sequence[int]]]

    @property
    def starts(self) -> Sequence[int]:
        """Where each word of the passage starts in its text, in order, without stop words."""
        return self._places[0]

    @property
    def ends(self) -> Sequence[int]:
        """Where each word ends."""
        return self._places[1]

    @cached_property
    def _places(self) -> tuple[Sequence[int], Sequence[int]]:
        return self.read_places()


class Layouts:
    """The layouts of passages by number; those asked for last are remembered."""

    def __init__(self, arrays: Arrays) -> None:
        self._words = _Places(strip_prefix(arrays, "words"))
        self._sentences = _Places(strip_prefix(arrays, "sentences"))
        self._counts = Ragged(arrays["counts"], arrays["sentences.rows"])
        self._remembered: dict[int, Layout] = {}

    def of(self, passage: int) -> Layout:
        """Return the layout of a passage."""
        layout = self._remembered.get(passage)
        if layout is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered = {}
            layout = self._remembered[passage] = self._lay_out(passage)
        return layout

    def _lay_out(self, passage: int) -> Layout:
        spans = tuple(map(Span, *self._sentences[passage]))
        ends = accumulate(self._counts[passage].tolist(), initial=0)
        return Layout(spans, tuple(slice(*both) for both in pairwise(ends)), partial(self._words.__getitem__, passage))


class LayoutBuilder:
    """Takes passages in order, and gives the arrays of their `Layouts`."""

    def __init__(self, folder: Path | None = None) -> None:
        """Keep what grows in files of a folder, or else in memory."""
        self._words, self._sentences, self._counts = _SpanBuilder(folder), _SpanBuilder(folder), IntegerBuilder(folder)

    def append(self, text: str, starts: Sequence[int], stops: Sequence[int]) -> None:
        """Add a passage by its text and the places of its words."""
        self._words.append(starts, stops)
        spans = sentences(text)
        self._sentences.append([span.start for span in spans], [span.end for span in spans])
        # Whichever sentence a word begins in is its own.
        firsts = [bisect_left(starts, span.start) for span in spans]
        self._counts.extend([last - first for first, last in pairwise((*firsts, len(starts)))])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what the layouts are made of; nothing can be added afterwards."""
        places = {**add_prefix("words", self._words.arrays()), **add_prefix("sentences", self._sentences.arrays())}
        return {**places, "counts": self._counts.array()}


class _Places:
    """Places in texts, a row a text: how far each starts behind the one before, and how long it is."""

    def __init__(self, arrays: Arrays) -> None:
        self._steps = Ragged(arrays["steps"], arrays["rows"])
        self._lengths = Ragged(arrays["lengths"], arrays["rows"])

    def __getitem__(self, row: int) -> tuple[list[int], list[int]]:
        """Return where the places of a text start and stop."""
        starts = np.cumsum(self._steps[row], dtype=np.int64)
        return starts.tolist(), (starts + self._lengths[row]).tolist()


class _SpanBuilder:
    def __init__(self, folder: Path | None) -> None:
        self._steps, self._lengths, self._counts = (
            IntegerBuilder(folder),
            IntegerBuilder(folder),
            IntegerBuilder(folder),
        )

    def append(self, starts: Sequence[int], stops: Sequence[int]) -> None:
        self._steps.extend([start - before for before, start in pairwise((0, *starts))])
        self._lengths.extend([stop - start for start, stop in zip(starts, stops, strict=True)])
        self._counts.append(len(starts))

    def arrays(self) -> dict[str, NDArray[Any]]:
        rows = offsets(self._counts.array())
        return {"steps": self._steps.array(), "lengths": self._lengths.array(), "rows": rows}
