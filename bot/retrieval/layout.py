"""How passages are laid out: their sentences, and where each of their words stands."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.arabic import Span, sentences
from bot.storage import Arrays, Ragged, Spool, ends, under, within

# Some kilobytes each.
_REMEMBERED = 1024


@dataclass(frozen=True, slots=True)
class Layout:
    """The sentences of a passage in order, and of each the places of its words among those of the passage.

    `starts` and `ends` are the places of all words in the text.
    """

    sentences: tuple[Span, ...]
    words: tuple[slice, ...]
    starts: Sequence[int]
    ends: Sequence[int]


class Layouts:
    """The layouts of passages by number; those asked for last are remembered."""

    def __init__(self, arrays: Arrays) -> None:
        self._words = _Places(within(arrays, "words"))
        self._sentences = _Places(within(arrays, "sentences"))
        self._remembered: dict[int, Layout] = {}

    def __call__(self, passage: int) -> Layout:
        """Return the layout of a passage."""
        layout = self._remembered.get(passage)
        if layout is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered = {}
            layout = self._remembered[passage] = self._lay_out(passage)
        return layout

    def _lay_out(self, passage: int) -> Layout:
        starts, stops = self._words[passage]
        spans = tuple(map(Span, *self._sentences[passage]))
        words = (slice(bisect_left(starts, span.start), bisect_left(starts, span.end)) for span in spans)
        return Layout(spans, tuple(words), starts, stops)


class LayoutSpool:
    """Takes passages in order, and gives the arrays of their `Layouts`."""

    def __init__(self, folder: Path | None = None) -> None:
        """Keep what grows in files of a folder, or else in memory."""
        self._words, self._sentences = _PlaceSpool(folder), _PlaceSpool(folder)

    def append(self, text: str, starts: Sequence[int], stops: Sequence[int]) -> None:
        """Add a passage by its text and the places of its words."""
        self._words.append(starts, stops)
        spans = sentences(text)
        self._sentences.append([span.start for span in spans], [span.end for span in spans])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what the layouts are made of; nothing can be added afterwards."""
        return {**under("words", self._words.arrays()), **under("sentences", self._sentences.arrays())}


class _Places:
    """Places in texts, a row a text: how far each starts behind the one before, and how long it is."""

    def __init__(self, arrays: Arrays) -> None:
        self._steps = Ragged(arrays["steps"], arrays["rows"])
        self._lengths = Ragged(arrays["lengths"], arrays["rows"])

    def __getitem__(self, row: int) -> tuple[list[int], list[int]]:
        """Return where the places of a text start and stop."""
        starts = np.cumsum(self._steps[row], dtype=np.int64)
        return starts.tolist(), (starts + self._lengths[row]).tolist()


class _PlaceSpool:
    def __init__(self, folder: Path | None) -> None:
        self._steps, self._lengths, self._counts = Spool(folder), Spool(folder), Spool(folder)

    def append(self, starts: Sequence[int], stops: Sequence[int]) -> None:
        self._steps.extend([start - before for before, start in pairwise((0, *starts))])
        self._lengths.extend([stop - start for start, stop in zip(starts, stops, strict=True)])
        self._counts.append(len(starts))

    def arrays(self) -> dict[str, NDArray[Any]]:
        rows = ends(self._counts.array())
        return {"steps": self._steps.array(), "lengths": self._lengths.array(), "rows": rows}
