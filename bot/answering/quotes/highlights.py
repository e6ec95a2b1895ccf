"""Highlights of a quote: the words that match the question, as the article spells them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from bot.answering.evidence import INFLECTED, TermWeights
from bot.answering.quotes.sentence_selection import Selection
from bot.arabic import Span, Word, words
from bot.retrieval import RANKING


def find_highlights(selection: Selection, weights: TermWeights) -> tuple[Span, ...]:
    """Return the spans of a selection's written words that match an informative term, in order."""
    return written_words_at(selection.text, list(_places(selection, weights)))


def written_words_at(text: str, places: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans of the written words of a text at some places, which are in order."""
    return tuple(
        written
        for written in written_words_around(text, places)
        if any(place.start < written.end and written.start < place.end for place in places)
    )


def _places(selection: Selection, weights: TermWeights) -> Iterator[Span]:
    """Yield the spans of the tokens that match, in order."""
    candidate, layout = selection.candidate, selection.candidate.source.layout
    first, last = bisect_right(layout.ends, selection.start), bisect_left(layout.starts, selection.end)
    matches = candidate.word_matches[first:last] * weights.is_informative
    words, terms = np.nonzero(matches >= RANKING.least_match)
    # Where a term has a better match, what is merely spelled like it is chance.
    found = matches[words, terms]
    is_meant = (found >= INFLECTED) | (found == candidate.matches[terms])
    for place in dict.fromkeys((words[is_meant] + first).tolist()):
        yield Span(int(layout.starts[place]) - selection.start, int(layout.ends[place]) - selection.start)


def written_words_around(text: str, places: Sequence[Span]) -> Iterator[Span]:
    """Yield the written words, from space to space, that hold given tokens, and perhaps others beside them.

    Tokens that touch, as «الـ» and «30» in «الـ30», are one written word.
    """
    behind = 0
    for place in places:
        if place.end > behind:
            start, behind = max(behind, _space_before(text, place.start)), _space_behind(text, place.end)
            is_plain = start == place.start and behind == place.end and text[start:behind].isalnum()
            yield from [place] if is_plain else _joined(start, words(text[start:behind]))


def _joined(start: int, found: Iterable[Word]) -> Iterator[Span]:
    """Join tokens that touch, of a text that begins at `start`."""
    written: Span | None = None
    for word in found:
        if written and start + word.start <= written.end:
            written = Span(written.start, start + word.end)
        else:
            if written:
                yield written
            written = Span(start + word.start, start + word.end)
    if written:
        yield written


def _space_before(text: str, place: int) -> int:
    """Return the start of the written word at a place: behind a plain space, since others may stand within a number."""
    place = max(place, 0)
    return max(text.rfind(" ", 0, place), text.rfind("\n", 0, place)) + 1


def _space_behind(text: str, place: int) -> int:
    """Return the end of the written word at a place."""
    space = text.find(" ", place)
    space = len(text) if space < 0 else space
    line_end = text.find("\n", place, space)
    return space if line_end < 0 else line_end
