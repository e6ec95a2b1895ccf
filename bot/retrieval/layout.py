"""How a passage is laid out: its sentences, its words, and which of its words stand in each sentence."""

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
    """The sentences of a passage in order, and of each the places of its words among those of the passage.

    `starts` and `ends` say where in the text each word of the passage stands, in order, without stop words.
    """

    sentences: tuple[Span, ...]
    words: tuple[slice, ...]
    starts: Sequence[int]
    ends: Sequence[int]


def remembered_layouts(passages: Sequence[Passage], analyser: Analyser) -> Callable[[int], Layout]:
    """Return what lays out a passage, given by number, and remembers those asked for last."""

    @lru_cache(_REMEMBERED)
    def layout(number: int) -> Layout:
        return lay_out(passages[number].text, analyser)

    return layout


def lay_out(text: str, analyser: Analyser) -> Layout:
    """Divide a passage's text."""
    spans = tuple(sentences(text))
    terms = analyser.terms(text)
    starts, ends = [term.start for term in terms], [term.end for term in terms]
    words = tuple(slice(bisect_left(starts, span.start), bisect_left(starts, span.end)) for span in spans)
    return Layout(spans, words, starts, ends)
