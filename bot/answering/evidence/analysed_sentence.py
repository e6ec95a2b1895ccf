"""A sentence of a candidate: its words as written, those that the question has, and how near spans stand to them."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bot.answering.evidence.candidate import Candidate
from bot.answering.evidence.term_weights import TermWeights
from bot.arabic import Word

# Fitted on the known answers of three question sets: at this distance in words a word of the question counts half, and
# a word before it counts as far as so many behind it, for Arabic tells the value behind the verb.
_HALF, _BEFORE = 8.0, 3.0
# A number of fewer digits in brackets of its own is a note.
_LEAST_DIGITS = 3
_BREAKS = frozenset('،,؛;:.!؟?()«»"\n–—…')


Positions = tuple[int, int]
"""The positions of the first and the last word of a span."""
FoundPositions = tuple[Positions, float]
"""Positions, and what is added to how near they stand to the question's words."""


class AnalysedSentence:
    """A sentence of a candidate, by number; `start` is where it begins in the paragraph.

    `own` says of each of its words, stop words included, whether it stands for an informative word of the question,
    `matches` (words, terms) for which.
    """

    def __init__(self, candidate: Candidate, number: int, weights: TermWeights, shares: NDArray[np.float64]) -> None:
        """Read a sentence; `shares` (terms,) are what each term counts, 1 in all."""
        self.candidate, self.number = candidate, number
        self.text, self.words = candidate.sentence_words(number)
        self.start = candidate.sentences[number].start
        self.normals = [word.normal for word in self.words]
        self._shares = shares
        self.matches = _matches(candidate, number, self.words, len(weights.importance))
        self.own: list[bool] = (self.matches * weights.is_informative).any(axis=1).tolist()

    def gap(self, at: int) -> str:
        """Return what stands between a word, by position, and the next; what ends the sentence behind the last."""
        end = self.words[at + 1].start if at + 1 < len(self.words) else len(self.text)
        return self.text[self.words[at].end : end]

    def is_joined(self, at: int) -> bool:
        """Return whether nothing but a space stands between a word and the next."""
        return at + 1 < len(self.words) and self.gap(at) in {" ", ""}

    def breaks(self, at: int) -> bool:
        """Return whether a clause ends behind a word."""
        return at + 1 >= len(self.words) or not _BREAKS.isdisjoint(self.gap(at))

    def has(self, at: int, column: int) -> bool:
        """Return whether a word stands for a term of the question, given by number."""
        return bool(self.matches[at, column])

    def first_from(self, offset: int) -> int | None:
        """Return the position of the first word that starts at an offset of the sentence or behind it."""
        return next((at for at, word in enumerate(self.words) if word.start >= offset), None)

    def last_before(self, first: int, offset: int) -> int:
        """Return the position of the last word that starts before an offset, at least `first`."""
        last = first
        while last + 1 < len(self.words) and self.words[last + 1].start < offset:
            last += 1
        return last

    @cached_property
    def positions(self) -> dict[int, int]:
        """The positions of the words, by where they start."""
        return {word.start: at for at, word in enumerate(self.words)}

    def closeness(self, first: int, last: int) -> float:
        """Return how near the words from one position to another stand to the question's, 0 to 1."""
        matches, total = self.matches, 0.0
        for column in np.flatnonzero(matches.any(axis=0)).tolist():
            near = min(
                max(first - at, _BEFORE * (at - last), 0.0) for at in np.flatnonzero(matches[:, column]).tolist()
            )
            total += float(self._shares[column]) * _HALF / (_HALF + near)
        return total

    def nearest(self, first: int, last: int) -> int:
        """Return how many words from those positions the nearest word of the question stands."""
        matched = np.flatnonzero(self.matches.any(axis=1)).tolist()
        return min((max(first - at, at - last, 0) for at in matched), default=len(self.words))

    def is_note(self, at: int) -> bool:
        """Return whether a word is the number of a note: «[3]»."""
        word = self.words[at]
        around = self.text[max(word.start - 1, 0) : word.start] + self.text[word.end : word.end + 1]
        return word.normal.isdecimal() and (
            around == "[]" or (around == "()" and word.end - word.start < _LEAST_DIGITS)
        )

    def is_enclosed(self, at: int) -> bool:
        """Return whether a word stands in brackets."""
        before = self.text[: self.words[at].start]
        return before.count("(") > before.count(")")


def _matches(candidate: Candidate, number: int, found: Sequence[Word], terms: int) -> NDArray[np.bool_]:
    """Return for each word of a sentence which terms it stands for: (words, terms); stop words stand for none."""
    layout, start = candidate.source.layout, candidate.sentences[number].start
    rows = layout.words[number]
    meant = candidate.meant_words(number)
    row_of = {int(offset) - start: row for row, offset in enumerate(layout.starts[rows])}
    matches = np.zeros((len(found), terms), dtype=np.bool_)
    for at, word in enumerate(found):
        if word.start in row_of:
            matches[at] = meant[row_of[word.start]]
    return matches
