"""Words of a passage that say what a question says, however differently both write it."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from bot.answering.equivalents import Equivalent
from bot.answering.names import Names
from bot.answering.question import Question
from bot.arabic import Word, dates_among, numbers_among, words
from bot.retrieval import Letters, Vocabulary

Place = tuple[int, int]
"""The number of a word of a text, without stop words, and that of a term of the question."""


class Alike:
    """Finds where a text says a name, a number or a date of one question, in whatever words."""

    def __init__(self, question: Question) -> None:
        self._columns = {
            one: [column for column, term in enumerate(question.terms) if one.start <= term.start < one.end]
            for one in question.equivalents
        }
        self._numbers = [one for one in self._columns if one.number is not None]
        self._dates = [one for one in self._columns if one.date is not None]
        self._named = [one for one in self._columns if one.number is None and one.date is None]
        self._names = Names.of([one.spellings for one in self._named], [])

    @property
    def has_values(self) -> bool:
        """Tell whether the question has a number or a date."""
        return bool(self._numbers or self._dates)

    def beginnings(self, words: NDArray[np.integer], vocabulary: Vocabulary) -> set[int]:
        """Return those of a vocabulary's words, given by number, that a name of the question can begin with."""
        firsts = list(self._names.firsts)
        masks = vocabulary.word_letters.masks[words][:, np.newaxis]
        may = ((Letters.of(firsts).masks & ~masks) == 0).any(axis=1) if firsts else np.zeros(len(words), dtype=np.bool_)
        return {number for number in set(words[may].tolist()) if self._names.begins(vocabulary.words[number])}

    def names(self, normals: Sequence[str], places: Iterable[int] | None = None) -> Iterator[Place]:
        """Yield where words in normal form say a name of the question, beginning at one of some places or anywhere."""
        for named in self._names.among(normals, places):
            columns = chain.from_iterable(
                own for one, own in self._columns.items() if one in self._named and one.spellings == named.spellings
            )
            yield from ((row, column) for column in columns for row in range(named.start, named.end))

    def values(self, text: str, starts: Sequence[int]) -> Iterator[Place]:
        """Yield where a text says a number or a date of the question; its words begin at `starts`."""
        for one, start, end in self._valued(text, list(words(text))):
            for row in range(bisect_left(starts, start), bisect_left(starts, end)):
                yield from ((row, column) for column in self._columns[one])

    def _valued(self, text: str, written: Sequence[Word]) -> Iterator[tuple[Equivalent, int, int]]:
        """Yield the numbers and dates of the question that a text says, and where in the text."""
        if self._numbers:
            for number in numbers_among(written, text):
                yield from ((one, number.start, number.end) for one in self._numbers if one.number == number.value)
        if self._dates:
            for date in dates_among(written, text):
                yield from ((one, date.start, date.end) for one in self._dates if one.date and date.includes(one.date))
