"""Where a quote has the words of a question, in the spelling of the coverage."""

import numpy as np
from numpy.typing import NDArray

from bot.answering.candidate import Candidate
from bot.answering.matching import INFLECTED, LEAST_MATCH
from bot.answering.selection import Selection
from bot.answering.weights import Weights
from bot.arabic import Span, words


def marks(selection: Selection, weights: Weights) -> tuple[Span, ...]:
    """Return the places in a selection's text of the written words that match a term worth finding, in order."""
    told = zip(selection.candidate.words, _tells(selection.candidate, weights).tolist(), strict=True)
    places = [Span(word.start - selection.start, word.end - selection.start) for word, tells in told if tells]
    return tuple(
        written
        for written in _written(selection.text)
        if any(place.start < written.end and written.start < place.end for place in places)
    )


def _tells(candidate: Candidate, weights: Weights) -> NDArray[np.bool_]:
    """Tell which words match; where a term has a better match, what is merely spelled like it is chance."""
    matches = candidate.word_matches
    is_meant = (matches >= INFLECTED) | (matches == candidate.matches)
    return np.asarray(((matches >= LEAST_MATCH) & is_meant & weights.is_worth_finding).any(axis=1))


def _written(text: str) -> list[Span]:
    """Return the words as they are written: none touches another, as «الـ» and «30» do in «الـ30»."""
    written: list[Span] = []
    for word in words(text):
        if written and word.start <= written[-1].end:
            written[-1] = Span(written[-1].start, word.end)
        else:
            written.append(Span(word.start, word.end))
    return written
