"""The comparison of a claim with passages: figures, dates, names, ranks, and what is denied."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.answering.evidence import INFLECTED, Candidate, Matches
from bot.answering.knowledge import Lexicon
from bot.answering.modes.claim_lines import Line, claim_line, sentence_line
from bot.answering.modes.claim_names import NameComparison
from bot.answering.modes.claim_polarity import PolarityComparison
from bot.answering.modes.claim_values import NOWHERE, ClaimValue, claim_values, compare_values
from bot.answering.ranking import Ranking
from bot.arabic import Span, light_stem
from bot.retrieval import RANKING

# Chosen: with a smaller share of the claim a passage may count, name or deny something else. Where nothing but words is
# the same, all of them have to be.
_LEAST_SAME, _LEAST_OTHER = 0.4, 0.6
# Chosen: what belongs together stands within so many words.
_NEAR = 4
# But for rounding.
_ALL = 1 - 1e-9
# Chosen: a figure is the claim's in a sentence with so much of what the best has.
_ON_VALUE = 0.75
# Chosen: so many sentences of a passage, those with most of the claim, are compared word by word; few have more.
_MOST_SENTENCES = 20
# Chosen: fewer words that are the same may say anything: a text has «شركة ألمانية» and the subject, and not of it.
_FEWEST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Compared:
    """A passage compared with a claim: places in it that have what the claim has, and places of both that differ.

    `has_kind` tells whether any figure or date is there where the claim has one, `has_values` whether all of a claim
    with any are, `is_same` whether the passage says all that is compared as the claim does. `share` is what the
    passage has of the claim, 0 to 1.
    """

    same: tuple[Span, ...]
    other: tuple[tuple[Span, Span], ...]
    has_kind: bool
    share: float
    has_values: bool
    is_same: bool


class ClaimComparison:
    """Compares one claim with passages."""

    def __init__(self, ranking: Ranking, lexicon: Lexicon) -> None:
        self._question, self._lexicon = ranking.question, lexicon
        self._line = claim_line(ranking.question)
        self._values = claim_values(ranking.question, lexicon)
        self.counted = _counted(self._line, self._values, len(ranking.question.terms))
        self._whole, self._importance = ranking.weights.importance, ranking.weights.importance * self.counted
        self._names = NameComparison(self._line, ranking.weights, lexicon)
        self._polarity = PolarityComparison(self._line, ranking.question, lexicon)

    def compare(self, candidate: Candidate) -> Compared:
        """Compare the claim with a passage."""
        same, others, has_kind = compare_values(
            self._values, candidate.passage, lambda value: self._sentences_of(candidate, value), self._lexicon
        )
        other = [(one.place, value.place) for one, value in others]
        share = self._share(candidate.matches, self._importance)
        order = self._best_first(candidate)
        stating = sorted(number for number in order[:_MOST_SENTENCES] if not candidate.asking[number])
        lines = {number: sentence_line(candidate, number) for number in stating}
        other += self._differing(candidate, lines)
        # Two sentences have the words of a claim that neither makes.
        window = candidate.window(self._whole, 1)
        told = candidate.window_matches(window)
        best = order[0]
        has_values = len(same) == len(self._values)
        # Beside a figure that is the same, only its own sentences can turn it.
        figures = (place for one, place in zip(self._values, same, strict=False) if not one.is_date)
        numbers = candidate.sentences_at(figures) or range(window.start, window.stop)
        turning = [lines[number] for number in numbers if number in lines]
        is_same = (
            not other
            and best in lines
            and has_values
            and self._has_words(told, lines[best], same)
            and int((told >= RANKING.least_match).sum()) >= _FEWEST_WORDS
            and self._names.are_in(candidate, window)
            and self._names.are_in_order(lines[best])
            and not any(map(self._polarity.is_turned, turning))
        )
        places = tuple(place for place in same if place is not NOWHERE)
        return Compared(places, tuple(other), has_kind, share, bool(self._values) and has_values, is_same)

    def _has_words(self, matches: Matches, sentence: Line, same: Sequence[Span]) -> bool:
        """Whether matches, (terms,), have the words of a claim: most where a figure is the same, else all.

        Where a sentence lists, «وزيرا للعدل … وزيرا للتجارة», its words say nothing of which is whose.
        """
        found = (matches >= INFLECTED).astype(float)
        # «واحد» is whoever the text names.
        people = [
            word.columns for word in self._line.words if light_stem(word.normal) in self._lexicon.polarity.counters
        ]
        found[list(frozenset[int]().union(*people))] = 1
        has_figure = any(not value.is_date for value in self._values) and bool(same)
        share = self._share(found, self._importance)
        if has_figure:
            return share >= _LEAST_SAME
        return share >= _ALL and self._are_near(sentence)

    def _are_near(self, sentence: Line) -> bool:
        """Whether words that stand side by side in the claim stand near each other in a sentence with both."""
        content = [word for word in sentence.words if word.is_content]
        for both in {(one.columns, other.columns) for one, other in pairwise(self._line.words)}:
            first, second = ({place for place, told in enumerate(content) if told.columns & own} for own in both)
            near = {place + distance for place in first for distance in range(-_NEAR, _NEAR + 1)}
            if first and second and near.isdisjoint(second):
                return False
        return True

    def _differing(self, candidate: Candidate, lines: dict[int, Line]) -> list[tuple[Span, Span]]:
        """Return the names and denials that differ in the first sentence that has enough of the claim beside them."""
        for number in self._best_first(candidate):
            if number not in lines:
                continue
            line = lines[number]
            found = [
                (self._line.place(asked.first, asked.last), line.place(told.first, told.last))
                for asked, told in self._names.differences(candidate, line)
                if self._share(candidate.read_sentence_matches[number], self._without(asked.words)) >= _LEAST_OTHER
            ]
            if not found and self._share(candidate.read_sentence_matches[number], self._importance) >= _LEAST_OTHER:
                contradiction = self._polarity.find(line)
                # A passage that says both says neither.
                if contradiction and not any(self._polarity.says_same(contradiction, one) for one in lines.values()):
                    found = [(contradiction.asked, contradiction.found)]
            if found:
                return found
        return []

    def has_rest(self, candidate: Candidate) -> bool:
        """Whether a passage has enough of the claim beside the countries and cities that it names."""
        return self._share(candidate.matches, self._without(self._names.region_words)) >= _LEAST_OTHER

    def _without(self, words: Iterable[int]) -> Matches:
        """Return the importance of a claim's terms with 0 for those of some words."""
        rest: Matches = self._importance.copy()
        for at in words:
            rest[list(self._line.words[at].columns)] = 0
        return rest

    def _sentences_of(self, candidate: Candidate, value: ClaimValue) -> tuple[list[Span], list[Span]]:
        """Return the sentences that may have a value, or another in its place, those with most of the claim first.

        Of dates a passage has many: a sentence is on the claim's if it has the word before it, «مولود عام 1958».
        """
        matches = candidate.sentence_matches
        shares = matches @ self._importance
        order = self._best_first(candidate)
        own = [number for number in order if shares[number] >= _ON_VALUE * shares.max(initial=0.0)]
        if value.is_date:
            units, look_up = self._lexicon.time_units, self._lexicon.dialects.look_up
            before = [
                column
                for column, term in enumerate(self._question.terms)
                if term.start < value.place.start
                # «سنة», «نهار» and the like.
                and units.isdisjoint((term.normal, *look_up(term.normal).standard))
            ]
            named = matches[:, before[-1]] if before else np.zeros(len(shares))
            order = [number for number in order if named[number] >= RANKING.least_match]
        spans = candidate.sentences
        return [spans[number] for number in own], [spans[number] for number in order]

    def _best_first(self, candidate: Candidate) -> Sequence[int]:
        shares = (candidate.sentence_matches @ self._importance).tolist()
        return sorted(range(len(shares)), key=lambda number: -shares[number])

    @staticmethod
    def _share(matches: NDArray[np.float64], importance: NDArray[np.float64]) -> float:
        total = float(importance.sum())
        return min(1.0, float((matches * importance).sum()) / total) if total else 0.0


def _counted(line: Line, values: Sequence[ClaimValue], count: int) -> NDArray[np.float64]:
    """Return 1 for each term of a claim that tells its subject, 0 for those of its figures and dates."""
    counted = np.ones(count)
    for word in line.words:
        if any(one.place.start <= word.start < one.place.end for one in values):
            counted[list(word.columns)] = 0
    return counted
