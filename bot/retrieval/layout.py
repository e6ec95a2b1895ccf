"""How a passage is laid out: its sentences, and which of its words stand in each."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.arabic import Analyser, Span, sentences
from bot.retrieval.passage import Passage

# Some kilobytes each.
_REMEMBERED = 1024


@dataclass(frozen=True, slots=True)
class Layout:
    """The sentences of a passage in order, and of each the places of its words among those of the passage."""

    sentences: tuple[Span, ...]
    words: tuple[slice, ...]


def remembered_layouts(passages: Sequence[Passage], analyser: Analyser) -> Callable[[int], Layout]:
    """Return what lays out a passage, given by number, and remembers those asked for last."""

    @lru_cache(_REMEMBERED)
    def layout(number: int) -> Layout:
        return lay_out(passages[number].text, analyser)

    return layout


def lay_out(text: str, analyser: Analyser) -> Layout:
    """Divide a passage's text."""
    spans = tuple(sentences(text))
    starts = analyser.starts(text)
    return Layout(spans, tuple(slice(bisect_left(starts, span.start), bisect_left(starts, span.end)) for span in spans))
