"""The comparison of a question's terms with all words of its candidates, equivalents included."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate, compress, pairwise, product

import numpy as np
from numpy.typing import NDArray

from bot.answering.evidence.candidate import Candidate
from bot.answering.evidence.word_match import SAME, SYNONYM, Matcher, Matches, compare
from bot.answering.knowledge import Names, Phrase
from bot.answering.question import Question
from bot.arabic import NUMBER_WORDS, SCALE_WORDS, dates, dates_from_words, numbers
from bot.arabic.dates import DateParts
from bot.retrieval import RANKING, CharacterMasks, IndexedPassage, Vocabulary

_THOUSAND, _TEXTS = 1000, 1 << 8
# Chosen, in letters: «في الثاني والعشرين من شهر تشرين الثاني من عام 2025» has fewer before its year.
_FAR = 80
_DIGIT = re.compile(r"\d")
# Digits that the normal form keeps.
_OTHER_DIGIT = re.compile("(?![0-9٠-٩۰-۹])\\d")

Cell = tuple[int, int]
"""A row and a column of matches: a word of a text, stop words not counted, and a term of the question."""


# Each question of a message, and each way to answer one, reads mostly the same passages; headings are those of days.
_numbers, _dates = lru_cache(_TEXTS)(numbers), lru_cache(_TEXTS)(dates)


class EquivalentMatches:
    """Finds the names, numbers and dates of one question in texts, in whatever words they are written."""

    def __init__(self, question: Question) -> None:
        starts = {term.start: column for column, term in enumerate(question.terms)}
        self._by_name = dict[tuple[Phrase, ...], list[int]]()
        self._by_number = dict[Decimal, list[int]]()
        self._by_date = dict[DateParts, list[int]]()
        for one in question.equivalents:
            # What a question repeats is no term again: a flood of one name or number is compared once.
            columns = [starts[at] for at in range(one.start, one.end) if at in starts]
            if columns and one.number is not None:
                self._by_number.setdefault(one.number, []).extend(columns)
            elif columns and one.date is not None:
                self._by_date.setdefault(one.date.parts, []).extend(columns)
            elif columns:
                self._by_name.setdefault(one.spellings, []).extend(columns)
        self._names = Names.of(list(self._by_name), [])
        self._longest = max((len(spelling) for group in self._by_name for spelling in group), default=0)

    def name_beginnings(self, words: NDArray[np.integer], vocabulary: Vocabulary) -> set[int]:
        """Return which words, given as numbers of a vocabulary, a name of the question can begin with."""
        firsts = self._names.first_words
        if not firsts:
            return set()
        masks = vocabulary.near_words.masks.masks[words][:, np.newaxis]
        may = ((CharacterMasks.of_few(firsts).masks & ~masks) == 0).any(axis=1)
        return {number for number in set(words[may].tolist()) if self._names.can_begin_with(vocabulary.words[number])}

    def read_names(self, words: Sequence[int], places: Iterable[int], vocabulary: Vocabulary) -> list[str]:
        """Return words, given as numbers, in normal form where a name begun at one of the places may have them."""
        read = {at for place in places for at in range(place, place + self._longest)}
        return [vocabulary.words[word] if at in read else "" for at, word in enumerate(words)]

    def names(self, normals: Sequence[str], places: Iterable[int] | None = None) -> Iterator[Cell]:
        """Yield the cells where words in normal form are a name of the question, begun at given places or anywhere."""
        for named in self._names.find(normals, places):
            yield from product(range(named.start, named.end), self._by_name[named.spellings])

    def value_words(self, words: NDArray[np.integer], vocabulary: Vocabulary) -> NDArray[np.bool_] | None:
        """Tell which words, by number, may be of a number or a year of the question; None where it has neither."""
        if not (self._by_number or self._by_date):
            return None
        if not all(year for year, _, _ in self._by_date):
            return np.ones(len(words), dtype=np.bool_)
        wanted = {*map(int, self._by_number), *(year for year, _, _ in self._by_date if year)}
        # No number of a thousand or more is written in words without «ألف» or the like.
        is_large = min(wanted, default=0) >= _THOUSAND
        found: NDArray[np.bool_] = vocabulary.among(SCALE_WORDS if is_large else NUMBER_WORDS)[words]
        written = set(map(str, wanted))
        # «2,475 دينارا» is two and a half, and one figure in the index.
        written.update(str(int(number * _THOUSAND)) for number in self._by_number if number != int(number))
        for at in np.flatnonzero((words >= vocabulary.figures.start) & (words < vocabulary.figures.stop)).tolist():
            figure = vocabulary.words[words[at]]
            # Parts of whole numbers are added up, but only in words.
            found[at] = "." in figure or (figure.lstrip("0") or "0") in written
        return found

    def values(self, text: str, read_starts: Callable[[], Sequence[int]], value_words: Sequence[int]) -> Iterator[Cell]:
        """Yield the cells where a text has a number or a date of the question; `read_starts` tells where words begin.

        Given by place, `value_words` may be of one; without them, it has but dates in digits.
        """
        if not (value_words or _DIGIT.search(text)):
            return
        in_words = bool(value_words) or bool(_OTHER_DIGIT.search(text))
        spans = [(0, len(text))]
        if value_words and len(text) > _FAR:
            starts = read_starts()
            spans = _around(text, [starts[place] for place in value_words])
        found = [
            (columns, first + start, first + end)
            for first, last in spans
            for columns, start, end in self._valued(text[first:last], in_words=in_words)
        ]
        starts = read_starts() if found else ()
        for columns, start, end in found:
            yield from product(range(bisect_left(starts, start), bisect_left(starts, end)), columns)

    def _valued(self, text: str, *, in_words: bool) -> Iterator[tuple[Sequence[int], int, int]]:
        """Yield the columns of the numbers and dates of the question that a text has, each with its start and end."""
        for number in _numbers(text) if in_words and self._by_number else ():
            if columns := self._by_number.get(number.value):
                yield columns, number.start, number.end
        if not self._by_date:
            return
        for date in _dates(text) if in_words else dates_from_words([], text, []):
            for parts in date.included_parts & self._by_date.keys():
                yield self._by_date[parts], date.start, date.end


def _around(text: str, places: Sequence[int]) -> list[tuple[int, int]]:
    """Return spans of a text around places, in order, each as far as a number or a date goes from one of its words."""
    spans = list[tuple[int, int]]()
    for place in places:
        first, last = max(text.rfind(" ", 0, max(place - _FAR, 0)), 0), text.find(" ", place + _FAR)
        if spans and first <= spans[-1][1]:
            first, _ = spans.pop()
        spans.append((first, len(text) if last < 0 else last))
    return spans


@dataclass(frozen=True, slots=True)
class _PassageRows:
    """A passage, and the rows of a matrix of matches that the words of its text, title and heading have."""

    source: IndexedPassage
    text: slice
    title: slice
    heading: slice

    @property
    def segments(self) -> list[int]:
        """The first row of each sentence, and that of title and heading."""
        return [*(self.text.start + own.start for own in self.source.layout.words), self.title.start]

    def texts(self) -> Iterator[tuple[str, Callable[[], Sequence[int]], slice]]:
        """Yield text, title and heading, each with what reads the places where its words start, and its rows."""
        source, passage = self.source, self.source.passage
        yield passage.text, lambda: source.layout.starts, self.text
        yield passage.article.title, lambda: [term.start for term in source.title_and_heading[0][1]], self.title
        yield passage.heading, lambda: [term.start for term in source.title_and_heading[1][1]], self.heading


def match_passages(
    sources: Sequence[IndexedPassage], question: Question, vocabulary: Vocabulary, matcher: Matcher
) -> list[Candidate]:
    """Compare every word of passages, their titles and headings with every term of a question.

    The words are numbers of the vocabulary. Names, numbers and dates are then found in their other spellings.
    """
    rows = [row for source in sources for row in (source.words, source.title_words, source.heading_words)]
    words = np.concatenate([np.zeros(0, dtype=np.int32), *rows])
    starts = list(accumulate(map(len, rows), initial=0))
    slices = [slice(start, stop) for start, stop in pairwise(starts)]
    passages = [_PassageRows(source, *slices[3 * at : 3 * at + 3]) for at, source in enumerate(sources)]
    equivalents = EquivalentMatches(question) if question.equivalents else None
    cells = list(_equivalent_cells(passages, words, equivalents, vocabulary)) if equivalents else []
    matches = _compare(words, question, vocabulary, matcher)
    for cell in cells:
        matches[cell] = SAME
    return _candidates(passages, matches)


def _compare(words: NDArray[np.integer], question: Question, vocabulary: Vocabulary, matcher: Matcher) -> Matches:
    """Compare words with the terms of a question; a word that matches a standard word stands for its dialect word."""
    columns = [
        (column, term)
        for column, asked in enumerate(question.terms)
        for term in question.standard_terms.get(asked.stem, ())
    ]
    # Passages have many words in common, which pays to find where dialect words bring many terms to compare.
    distinct, places = np.unique(words, return_inverse=True) if columns else (words, slice(None))
    compared = compare(distinct, question.terms, vocabulary, matcher, standard=[term for _, term in columns])
    matches = compared[:, : len(question.terms)]
    if columns:
        # The standard words of a dialect word are neighbours.
        own = [column for column, _ in columns]
        starts = [at for at, column in enumerate(own) if not at or column != own[at - 1]]
        is_match = np.logical_or.reduceat(compared[:, len(question.terms) :] >= RANKING.least_match, starts, axis=1)
        for start, match in zip(starts, is_match.T, strict=True):
            matches[match, own[start]] = np.maximum(matches[match, own[start]], SYNONYM)
    return np.asarray(matches.T[:, places].T)


def _equivalent_cells(
    passages: Sequence[_PassageRows],
    words: NDArray[np.integer],
    equivalents: EquivalentMatches,
    vocabulary: Vocabulary,
) -> Iterator[Cell]:
    """Yield where passages, titles and headings write names, numbers and dates of the question in other words."""
    beginnings = equivalents.name_beginnings(words, vocabulary)
    value_words = equivalents.value_words(words, vocabulary)
    # All paragraphs of an article have its title, and many their heading.
    values = dict[str, list[Cell]]()
    for passage in passages:
        for rows in (passage.text, passage.title, passage.heading) if beginnings else ():
            numbers = words[rows].tolist()
            if places := [place for place, number in enumerate(numbers) if number in beginnings]:
                for row, column in equivalents.names(equivalents.read_names(numbers, places, vocabulary), places):
                    yield rows.start + row, column
        if value_words is not None:
            for text, read_starts, rows in passage.texts():
                if text not in values:
                    values[text] = list(equivalents.values(text, read_starts, value_words[rows].nonzero()[0].tolist()))
                yield from ((rows.start + row, column) for row, column in values[text])


def _candidates(passages: Sequence[_PassageRows], matches: Matches) -> list[Candidate]:
    """Sum up the matches of each passage's words by sentence, and those of its title and heading together."""
    if not passages:
        return []
    asking = [passage.source.layout.asking for passage in passages]
    # Without a sentence that asks, a passage mentions what it matches.
    mentions = _best([passage.text.start for passage in passages], matches) if any(map(any, asking)) else None
    for passage, sentences in zip(passages, asking, strict=True) if mentions is not None else ():
        for sentence in compress(passage.source.layout.words, sentences):
            matches[passage.text][sentence] = 0
    segments = [passage.segments for passage in passages]
    best = _best([start for starts in segments for start in starts], matches)
    *firsts, _ = ends = list(accumulate(map(len, segments), initial=0))
    whole = np.maximum.reduceat(best, firsts)
    return [
        Candidate(
            passage.source,
            matches[passage.text],
            matches[passage.title.start : passage.heading.stop],
            sentence_matches=best[first : end - 1],
            heading_matches=best[end - 1],
            matches=matched,
            asking=own,
            mentions=mentioned,
        )
        for passage, own, matched, mentioned, (first, end) in zip(
            passages, asking, whole, whole if mentions is None else mentions, pairwise(ends), strict=True
        )
    ]


def _best(starts: Sequence[int], matches: Matches) -> Matches:
    """Return the best matches of the rows from each start to the next one or the end, 0 where there are none."""
    size = len(matches)
    if starts[-1] == size:
        matches = np.vstack((matches, np.zeros_like(matches, shape=(1, matches.shape[1]))))
    best = np.maximum.reduceat(matches, starts)
    if empty := [at for at, (start, stop) in enumerate(pairwise((*starts, size))) if start == stop]:
        best[empty] = 0
    return np.asarray(best)
