"""Passages held against a question: every word of theirs, titles and headings is compared with every term, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from bot.answering.alike import Alike
from bot.answering.candidate import Candidate
from bot.answering.comparison import Matches, compare
from bot.answering.matching import SAME, Matcher
from bot.answering.question import Question
from bot.retrieval import Layout, PassageIndex


@dataclass(frozen=True, slots=True)
class _Held:
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


def examine(passages: Sequence[int], question: Question, index: PassageIndex, match: Matcher) -> list[Candidate]:
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
    matches = compare(found, question.terms, index.vocabulary, match)
    starts = list(accumulate(map(len, rows), initial=0))
    slices = [slice(start, stop) for start, stop in pairwise(starts)]
    held = [_Held(number, index.layout(number), *slices[3 * at : 3 * at + 3]) for at, number in enumerate(passages)]
    if question.equivalents:
        _match_alike(held, matches, found, Alike(question), index)
    return _candidates(held, matches, index)


def _match_alike(
    held: Sequence[_Held], matches: Matches, found: NDArray[np.integer], alike: Alike, index: PassageIndex
) -> None:
    """Count as matched what passages, titles and headings say of the question in other words."""
    names = alike.beginnings(found, index.vocabulary)
    for one in held:
        for rows in (one.rows, one.title_rows, one.heading_rows):
            numbers = found[rows].tolist()
            if beginning := [row for row, number in enumerate(numbers) if number in names]:
                normals = [index.vocabulary.words[number] for number in numbers]
                for row, column in alike.names(normals, beginning):
                    matches[rows.start + row, column] = SAME
        if alike.has_values:
            passage = index.passages[one.number]
            texts = [(passage.text, one.layout.starts, one.rows)]
            for text, rows in ((passage.article.title, one.title_rows), (passage.heading, one.heading_rows)):
                texts.append((text, [term.start for term in index.analyser.terms(text)], rows))
            for text, starts, rows in texts:
                for row, column in alike.values(text, starts):
                    matches[rows.start + row, column] = SAME


def _candidates(held: Sequence[_Held], matches: Matches, index: PassageIndex) -> list[Candidate]:
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
