"""Matches of a question's terms in all candidates at once: texts, titles and headings, equivalents included."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise

import numpy as np
from numpy.typing import NDArray

from bot.answering.evidence.candidate import Candidate
from bot.answering.evidence.word_match import SAME, Matcher, Matches, compare
from bot.answering.knowledge import Names
from bot.answering.question import Equivalent, Question
from bot.arabic import Word, dates_from_words, numbers_from_words, words
from bot.retrieval import CharacterMasks, Layout, PassageIndex, Vocabulary

Place = tuple[int, int]
"""The number of a word of a text, without stop words, and that of a term of the question."""


class EquivalentMatches:
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

    def name_beginnings(self, words: NDArray[np.integer], vocabulary: Vocabulary) -> set[int]:
        """Return those of a vocabulary's words, given by number, that a name of the question can begin with."""
        firsts = list(self._names.first_words)
        if not firsts:
            return set()
        masks = vocabulary.word_masks.masks[words][:, np.newaxis]
        may = ((CharacterMasks.of(firsts).masks & ~masks) == 0).any(axis=1)
        return {number for number in set(words[may].tolist()) if self._names.can_begin_with(vocabulary.words[number])}

    def names(self, normals: Sequence[str], places: Iterable[int] | None = None) -> Iterator[Place]:
        """Yield where words in normal form say a name of the question, beginning at one of some places or anywhere."""
        for named in self._names.find(normals, places):
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
            for number in numbers_from_words(written, text):
                yield from ((one, number.start, number.end) for one in self._numbers if one.number == number.value)
        if self._dates:
            for date in dates_from_words(written, text):
                yield from ((one, date.start, date.end) for one in self._dates if one.date and date.includes(one.date))


@dataclass(frozen=True, slots=True)
class _PassageRows:
    """A passage, title and heading, and the rows of `matches` that their words have."""

    number: int
    layout: Layout
    rows: slice
    title_rows: slice
    heading_rows: slice

    @property
    def segments(self) -> list[int]:
        """Where the rows begin of each sentence, and of title and heading."""
        return [*(self.rows.start + own.start for own in self.layout.words), self.title_rows.start]


def match_passages(
    passages: Sequence[int], question: Question, index: PassageIndex, matcher: Matcher
) -> list[Candidate]:
    """Compare every word of passages, given by number, their titles and headings with every term of a question.

    Names, numbers and dates are then met in their other spellings.
    """
    fields = index.fields
    rows = [
        row
        for number in passages
        for row in (fields.texts[number], fields.titles[fields.articles[number]], fields.headings[number])
    ]
    found = np.concatenate([np.zeros(0, dtype=np.int32), *rows])
    matches = compare(found, question.terms, index.vocabulary, matcher)
    starts = list(accumulate(map(len, rows), initial=0))
    slices = [slice(start, stop) for start, stop in pairwise(starts)]
    held = [
        _PassageRows(number, index.layouts.of(number), *slices[3 * at : 3 * at + 3])
        for at, number in enumerate(passages)
    ]
    if question.equivalents:
        _match_equivalents(held, matches, found, EquivalentMatches(question), index)
    return _candidates(held, matches, index)


def _match_equivalents(
    held: Sequence[_PassageRows],
    matches: Matches,
    found: NDArray[np.integer],
    equivalents: EquivalentMatches,
    index: PassageIndex,
) -> None:
    """Count as matched what passages, titles and headings say of the question in other words."""
    names = equivalents.name_beginnings(found, index.vocabulary)
    for one in held:
        for rows in (one.rows, one.title_rows, one.heading_rows):
            numbers = found[rows].tolist()
            if beginning := [row for row, number in enumerate(numbers) if number in names]:
                normals = [index.vocabulary.words[number] for number in numbers]
                for row, column in equivalents.names(normals, beginning):
                    matches[rows.start + row, column] = SAME
        if equivalents.has_values:
            passage = index.passages[one.number]
            texts = [(passage.text, one.layout.starts, one.rows)]
            for text, rows in ((passage.article.title, one.title_rows), (passage.heading, one.heading_rows)):
                texts.append((text, [term.start for term in index.analyser.terms(text)], rows))
            for text, starts, rows in texts:
                for row, column in equivalents.values(text, starts):
                    matches[rows.start + row, column] = SAME


def _candidates(held: Sequence[_PassageRows], matches: Matches, index: PassageIndex) -> list[Candidate]:
    """Sum up what the words of each passage match by sentence, and what those of its title and heading do together."""
    segments = [one.segments for one in held]
    best = _best([start for starts in segments for start in starts], matches)
    ends = list(accumulate(map(len, segments)))
    return [
        Candidate(
            index,
            one.number,
            one.layout,
            matches[one.rows],
            matches[one.title_rows.start : one.heading_rows.stop],
            sentence_matches=best[end - len(starts) : end - 1],
            heading=best[end - 1],
            matches=best[end - len(starts) : end].max(axis=0),
        )
        for one, starts, end in zip(held, segments, ends, strict=True)
    ]


def _best(starts: Sequence[int], matches: Matches) -> Matches:
    """Return the best matches from each start to the next, and from the last to the end; 0 where no row is between."""
    if not starts:
        return matches[:0]
    best = np.maximum.reduceat(np.vstack((matches, np.zeros_like(matches, shape=(1, matches.shape[1])))), starts)
    best[np.diff(starts, append=len(matches)) == 0] = 0
    return np.asarray(best)
