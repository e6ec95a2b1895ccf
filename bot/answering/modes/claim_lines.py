"""A claim and a sentence of the coverage as lines of words, with the terms that each word is or matches."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from operator import attrgetter
from typing import NamedTuple

from bot.answering.evidence import Candidate
from bot.answering.question import Question
from bot.arabic import Span, light_stem, stem_without_proclitic
from bot.retrieval import RANKING

# A sentence of news has fewer; some signs are several words each (ﷺ).
_MOST_WORDS = 250
_BREAKS, _NONE = frozenset("،,.؛;:؟?!\n()"), frozenset[int]()


class LineWord(NamedTuple):
    """A word of a line in normal form with its place in the text, and the numbers of the terms that it is or matches.

    `is_content` tells whether it is searched for: no function word, nothing that only asks.
    """

    normal: str
    start: int
    end: int
    columns: frozenset[int]
    is_content: bool


@dataclass(frozen=True)
class Line:
    """The words of a claim, or of a sentence, in a text."""

    text: str
    words: Sequence[LineWord]

    @cached_property
    def forms(self) -> list[tuple[str, str]]:
        """The stem of each word, with and without its first letter where that may be none of its own."""
        return [(light_stem(normal), stem_without_proclitic(normal)) for normal in self.normals]

    @cached_property
    def normals(self) -> list[str]:
        """The words in normal form."""
        return [word.normal for word in self.words]

    @cached_property
    def columns(self) -> frozenset[int]:
        """The numbers of all terms that the line has."""
        return frozenset[int]().union(*(word.columns for word in self.words))

    def at(self, start: int) -> int:
        """Return the number of the first word that starts at or behind a place of the text."""
        return bisect_left(self.words, start, key=attrgetter("start"))

    def within(self, place: Span) -> Sequence[LineWord]:
        """Return the words that start within a place of the text."""
        return self.words[self.at(place.start) : self.at(place.end)]

    def breaks(self, at: int) -> bool:
        """Whether a clause may end behind a word, given by number."""
        return at + 1 >= len(self.words) or not _BREAKS.isdisjoint(
            self.text[self.words[at].end : self.words[at + 1].start]
        )

    def before(self, at: int) -> int | None:
        """Return the number of the content word before a word in its clause, or None."""
        clause = takewhile(lambda place: not self.breaks(place), range(at - 1, -1, -1))
        return next((place for place in clause if self.words[place].is_content), None)

    def behind(self, at: int) -> int | None:
        """Return the number of the content word behind a word in its clause, or None."""
        clause = takewhile(lambda place: not self.breaks(place - 1), range(at + 1, len(self.words)))
        return next((place for place in clause if self.words[place].is_content), None)

    def near(self, at: int, count_before: int, count_behind: int) -> frozenset[int]:
        """Return the numbers of the terms of some content words before and behind a word in its clause."""
        places, before, behind = list[int](), self.before(at), self.behind(at)
        while before is not None and len(places) < count_before:
            places.append(before)
            before = self.before(before)
        count_behind += len(places)
        while behind is not None and len(places) < count_behind:
            places.append(behind)
            behind = self.behind(behind)
        return frozenset[int]().union(*(self.words[place].columns for place in places))

    def columns_at(self, at: int | None) -> frozenset[int]:
        """Return the numbers of the terms of a word, none for no word."""
        return frozenset() if at is None else self.words[at].columns

    def place(self, first: int, last: int) -> Span:
        """Return the place in the text from one word to another, that included."""
        return Span(self.words[first].start, self.words[last].end)


def claim_line(question: Question) -> Line:
    """Return the words of a claim; a word that comes again is the same term."""
    by_start = {term.start: column for column, term in enumerate(question.terms)}
    by_stem = {term.stem: column for column, term in enumerate(question.terms)}
    found = list[LineWord]()
    for word in question.words:
        column = by_start.get(word.start, by_stem.get(light_stem(word.normal)))
        columns = frozenset[int]() if column is None else frozenset({column})
        found.append(LineWord(word.normal, word.start, word.end, columns, column is not None))
    return Line(question.text, found)


def sentence_line(candidate: Candidate, number: int) -> Line:
    """Return the words of a sentence, given by number, with the terms of the claim that each matches."""
    layout, text, found = candidate.source.layout, candidate.text, list[LineWord]()
    own, first = layout.words[number], candidate.sentences[number].start
    matched = candidate.word_matches[own] >= RANKING.least_match
    of_rows = [_NONE] * len(matched)
    for row in matched.any(axis=1).nonzero()[0].tolist():
        of_rows[row] = frozenset(matched[row].nonzero()[0].tolist())
    columns = dict(zip(layout.starts[own], of_rows, strict=True))
    for word in candidate.sentence_words(number)[1][:_MOST_WORDS]:
        start = word.start + first
        found.append(
            LineWord(word.normal, start, word.end + first, columns.get(start, _NONE), is_content=start in columns)
        )
    return Line(text, found)
