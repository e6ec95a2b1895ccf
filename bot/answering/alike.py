"""Words of a passage that say what a question says, however differently both write it."""

from collections.abc import Iterator, Sequence

from bot.answering.equivalents import Equivalent
from bot.answering.names import Names
from bot.answering.question import Question
from bot.arabic import Term, dates, numbers

Place = tuple[int, int]
"""The number of a word of a text, and that of a term of the question."""


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

    def __call__(self, text: str, words: Sequence[Term]) -> Iterator[Place]:
        """Yield the places that are alike, for a text and its terms."""
        for one, start, end in self._said_in(text, words):
            for row, word in enumerate(words):
                if start <= word.start < end:
                    yield from ((row, column) for column in self._columns[one])

    def _said_in(self, text: str, words: Sequence[Term]) -> Iterator[tuple[Equivalent, int, int]]:
        """Yield what a text says of the question, and where in the text."""
        if self._named:
            for named in self._names.among([word.normal for word in words]):
                start, end = words[named.start].start, words[named.end - 1].end
                yield from ((one, start, end) for one in self._named if one.spellings == named.spellings)
        if self._numbers:
            for number in numbers(text):
                yield from ((one, number.start, number.end) for one in self._numbers if one.number == number.value)
        if self._dates:
            for date in dates(text):
                yield from ((one, date.start, date.end) for one in self._dates if one.date and date.includes(one.date))
