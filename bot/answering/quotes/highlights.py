"""Where a quote has the words of a question, in the spelling of the coverage."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from bot.answering.evidence import INFLECTED, LEAST_MATCH, TermWeights
from bot.answering.quotes.sentence_selection import Selection
from bot.arabic import Span, Word, words


def find_highlights(selection: Selection, weights: TermWeights) -> tuple[Span, ...]:
    """Return the places in a selection's text of the written words that match a term worth finding, in order."""
    places = list(_places(selection, weights))
    return tuple(
        written
        for written in written_words_around(selection.text, places)
        if any(place.start < written.end and written.start < place.end for place in places)
    )


def _places(selection: Selection, weights: TermWeights) -> Iterator[Span]:
    """Yield the places in a selection's text of the words that match, in order."""
    candidate, layout = selection.candidate, selection.candidate.layout
    first, last = bisect_right(layout.ends, selection.start), bisect_left(layout.starts, selection.end)
    matches = candidate.word_matches[first:last] * weights.is_informative
    words, terms = np.nonzero(matches >= LEAST_MATCH)
    # Where a term has a better match, what is merely spelled like it is chance.
    found = matches[words, terms]
    is_meant = (found >= INFLECTED) | (found == candidate.matches[terms])
    for place in dict.fromkeys((words[is_meant] + first).tolist()):
        yield Span(int(layout.starts[place]) - selection.start, int(layout.ends[place]) - selection.start)


def written_words_around(text: str, places: Sequence[Span]) -> Iterator[Span]:
    """Yield the words of a text as they are written, those at some places and perhaps others beside them.

    None touches another, as «الـ» and «30» do in «الـ30».
    """
    behind = 0
    for place in places:
        if place.end > behind:
            start, behind = max(behind, _space_before(text, place.start)), _space_behind(text, place.end)
            is_plain = start == place.start and behind == place.end and text[start:behind].isalnum()
            yield from [place] if is_plain else _joined(start, words(text[start:behind]))


def _joined(start: int, found: Iterable[Word]) -> Iterator[Span]:
    """Take the words together that touch, of a text that begins at a place."""
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
    """Return where what is written around a place begins: behind a plain space; others may stand within a number."""
    place = max(place, 0)
    return max(text.rfind(" ", 0, place), text.rfind("\n", 0, place)) + 1


def _space_behind(text: str, place: int) -> int:
    """Return where what is written around a place ends."""
    space = text.find(" ", place)
    space = len(text) if space < 0 else space
    line_end = text.find("\n", place, space)
    return space if line_end < 0 else line_end
