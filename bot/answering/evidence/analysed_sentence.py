"""A sentence of a candidate: its words as written, those that the question has, and how near spans stand to them."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter

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
    """A sentence of a candidate, by number; `start` is where it begins in the paragraph."""

    def __init__(self, candidate: Candidate, number: int, weights: TermWeights, shares: Sequence[float]) -> None:
        """Take a sentence, which is read when it is first needed; `shares` are what each term counts, 1 in all."""
        self.candidate, self.number, self._weights, self._shares = candidate, number, weights, shares
        self.start = candidate.sentences[number].start

    @cached_property
    def text(self) -> str:
        """The sentence."""
        return self.candidate.sentence_words(self.number)[0]

    @cached_property
    def words(self) -> Sequence[Word]:
        """Its words, stop words included."""
        return self.candidate.sentence_words(self.number)[1]

    @cached_property
    def normals(self) -> list[str]:
        """Its words in normal form."""
        return [word.normal for word in self.words]

    @cached_property
    def matches(self) -> NDArray[np.bool_]:
        """Which of its words stand for which terms; stop words stand for none."""
        layout = self.candidate.source.layout
        row_of = {offset - self.start: row for row, offset in enumerate(layout.starts[layout.words[self.number]])}
        places = [at for at, word in enumerate(self.words) if word.start in row_of]
        matches = np.zeros((len(self.words), len(self._weights.importance)), dtype=np.bool_)
        matches[places] = self.candidate.meant_words(self.number)[[row_of[self.words[at].start] for at in places]]
        return matches

    @cached_property
    def own(self) -> list[bool]:
        """Which of its words stand for an informative word of the question."""
        own: list[bool] = (self.matches & self._weights.is_informative).any(axis=1).tolist()
        return own

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
        first = bisect_left(self.words, offset, key=attrgetter("start"))
        return first if first < len(self.words) else None

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

    @cached_property
    def _matched(self) -> list[tuple[float, list[int]]]:
        """What each term that the sentence has counts, and the positions of its words."""
        places = dict[int, list[int]]()
        for column, at in zip(*(each.tolist() for each in np.nonzero(self.matches.T)), strict=True):
            places.setdefault(column, []).append(at)
        return [(self._shares[column], own) for column, own in places.items()]

    def closeness(self, first: int, last: int) -> float:
        """Return how near the words from one position to another stand to the question's, 0 to 1."""
        total = 0.0
        for share, places in self._matched:
            near = min([max(first - at, _BEFORE * (at - last), 0.0) for at in places])
            total += share * _HALF / (_HALF + near)
        return total

    def nearest(self, first: int, last: int) -> int:
        """Return how many words from those positions the nearest word of the question stands."""
        each = (max(first - at, at - last, 0) for _, places in self._matched for at in places)
        return min(each, default=len(self.words))

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
