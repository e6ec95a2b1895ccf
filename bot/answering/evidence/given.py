"""What passages give of what is asked for: values, names, clauses, and how near they stand to the question's words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from unicodedata import category, combining

import numpy as np
from numpy.typing import NDArray

from bot.answering.evidence.analysed_sentence import AnalysedSentence, FoundPositions
from bot.answering.evidence.answer_values import AnswerValues, may_have
from bot.answering.evidence.asked_names import AskedNames
from bot.answering.evidence.candidate import Candidate
from bot.answering.evidence.clause_spans import ClauseSpans, set_aside
from bot.answering.evidence.term_weights import TermWeights
from bot.answering.evidence.value_spans import ValueSpans
from bot.answering.knowledge import Lexicon
from bot.answering.question import Question
from bot.answering.reasons import AMOUNTS, AnswerType, AskedKind
from bot.arabic import CONJUNCTIONS, Span
from bot.retrieval import RANKING

# Fitted on three question sets: what the words next to the question word count in addition, and the first behind it, a
# verb as a rule.
_FOCUS, _EVENT = 1.0, 2.0
# Fitted on the same, so that at most 5 of 100 sure spans are other words than the answer: what fits less, and what
# leads a rival by less, is not sure; nor is what stands further than so many words from the nearest word of the
# question, whatever else of it the sentence has.
_LEAST_FIT, _LEAST_LEAD, _NEAREST = 0.3, 0.18, 5
# Chosen: no paragraph of news has more sentences that match as well as its best.
_MOST_SENTENCES = 40

Finder = Callable[[AnalysedSentence], Iterable[FoundPositions]]


@dataclass(frozen=True, slots=True)
class GivenSpan:
    """A span of a passage that may be what is asked for.

    `fit` is how near it stands to the question's words, 1 where it stands beside all of them, more or less by its kind
    and unit; `distance` is how many words it stands from the nearest of them.
    """

    span: Span
    fit: float
    distance: int


class Given:
    """Finds what passages give of what one question asks for; `in_focus` is a mask of its terms, (terms,)."""

    def __init__(self, question: Question, weights: TermWeights, lexicon: Lexicon) -> None:
        self.question, self.weights, self.lexicon = question, weights, lexicon
        self.in_focus = np.array([term in question.focus for term in question.terms], dtype=np.bool_)
        self.values = AnswerValues(question, lexicon)
        self.names = AskedNames(question, lexicon, weights)
        self.is_of_kind = self.values.is_valued or question.asked_name is not None

    def is_in_sentence(self, candidate: Candidate, number: int) -> bool:
        """Whether a sentence of a candidate, given by number, has a value or a name of the kind that is asked for."""
        return self.values.found_in_sentence(candidate, number) or self.names.found_in_sentence(candidate, number)

    def best_share(self, candidate: Candidate, shares: Sequence[float]) -> float:
        """Return the greatest of the shares of a candidate's sentences of those that give what is asked for, or 0.

        Where no kind is asked for, each that states something gives it.
        """
        order = [number for number in _best_first(shares) if not candidate.asking[number]][:_MOST_SENTENCES]
        return next((shares[n] for n in order if not self.is_of_kind or self.is_in_sentence(candidate, n)), 0.0)

    def fit(self, candidate: Candidate, shares: Sequence[float]) -> float:
        """Return the fit of the best span of a candidate, 0 where there is none or spans of the kind are not found.

        Of a flood of sentences those are read that have the greatest shares of the question.
        """
        found = self._fits(candidate, _best_first(shares)[:_MOST_SENTENCES], self._find)
        return max([0.0, *(fit for *_, fit in found)])

    def sure_span(self, candidate: Candidate, sentences: Iterable[int], *, is_definition: bool) -> Span | None:
        """Return the span of sentences, given by number, that is what is asked for; None where no span is sure."""
        spans = self.spans(candidate, sentences, is_definition=is_definition)
        if not spans:
            return None
        best, span = spans[0], spans[0].span
        rival = next((one.fit for one in spans if one.span.end <= span.start or span.end <= one.span.start), 0.0)
        is_sure = best.fit >= _LEAST_FIT and best.fit - rival >= _LEAST_LEAD and best.distance <= _NEAREST
        return span if is_sure else None

    def spans(self, candidate: Candidate, sentences: Iterable[int], *, is_definition: bool = False) -> list[GivenSpan]:
        """Return the spans of sentences, given by number, that may be what is asked for, the best first.

        With `is_definition` a definition is asked for, whatever the question word says.
        """
        fits = self._fits(candidate, sentences, self._clauses.definitions if is_definition else self._find)
        found = [
            GivenSpan(self._span(sentence, first, last), fit, sentence.nearest(first, last))
            for sentence, first, last, fit in fits
        ]
        return sorted(found, key=lambda one: (-one.fit, one.span.start))

    def _fits(
        self, candidate: Candidate, sentences: Iterable[int], find: Finder | None
    ) -> Iterator[tuple[AnalysedSentence, int, int, float]]:
        """Yield the positions of what is found in sentences, given by number, and how well it fits."""
        if find is None:
            return
        # What stands in a sentence without a word of the question is near none of them.
        matched = (candidate.sentence_matches.max(axis=1, initial=0.0) >= RANKING.least_match).tolist()
        for number in sentences:
            if candidate.asking[number] or not matched[number]:
                continue
            sentence = AnalysedSentence(candidate, number, self.weights, self._shares)
            for (first, last), bonus in find(sentence):
                yield sentence, first, last, sentence.closeness(first, last) + bonus

    def is_set_aside(self, candidate: Candidate) -> bool:
        """Whether a word of the focus stands only in what is not known yet, or a place where something is near it."""
        source, setting_aside = candidate.source, self.lexicon.answer_words.setting_aside
        may = may_have(source, source.words, setting_aside)
        # Few passages have such a word, and to read a sentence takes longer than all else.
        if 1 not in may:
            return False
        told = candidate.heading_matches >= RANKING.least_match
        aside = np.zeros_like(told)
        matched = (candidate.sentence_matches >= RANKING.least_match) & self._roles.any(axis=0)
        for number in np.flatnonzero(matched.any(axis=1)).tolist():
            # Of most everything that counts is told before.
            if not (matched[number] & ~told).any():
                continue
            sentence = AnalysedSentence(candidate, number, self.weights, self._shares)
            if 1 not in may[source.layout.words[number]] or setting_aside.isdisjoint(sentence.normals):
                told = told | candidate.meant_words(number).any(axis=0)
                continue
            matches = np.array([sentence.matches] * 2) & self._roles[:, np.newaxis]
            kept = np.ones(matches.shape[:2], dtype=np.bool_)
            for role, places in enumerate(set_aside(sentence, self.lexicon)):
                kept[role, places] = False
            told = told | matches[kept].any(axis=0)
            aside |= matches[~kept].any(axis=0)
        return bool((aside & ~told).any())

    @cached_property
    def _roles(self) -> NDArray[np.bool_]:
        """Which terms stand next to the question word, and which behind a noun for places: (2, terms)."""
        names = self.lexicon.name_words
        kinds = [term.normal in names.things or term.normal in names.places for term in self.question.terms]
        return np.array([self.in_focus, [False, *kinds[:-1]]])

    @cached_property
    def _shares(self) -> list[float]:
        """What each term counts for how near a span stands, 1 in all."""
        question, weights = self.question, self.weights
        counted = weights.importance + _FOCUS * weights.focus
        if question.event is not None:
            counted = counted + _EVENT * weights.importance * np.array(
                [term is question.event for term in question.terms]
            )
        shares: list[float] = (counted / (float(counted.sum()) or 1.0)).tolist()
        return shares

    @cached_property
    def _clauses(self) -> ClauseSpans:
        return ClauseSpans(self.question, self.lexicon)

    @cached_property
    def _find(self) -> Finder | None:
        """What finds spans of the kind that the question asks for; None where nothing of that kind is sure."""
        values = ValueSpans(self.question, self.values, self.lexicon)
        if self.question.defined_terms:
            return self._clauses.definitions
        match self.question.asked_for.kind:
            case AskedKind.DATE | AskedKind.TIME_OF_DAY:
                return values.times
            case AskedKind.REASON:
                return self._clauses.reasons
            case kind:
                return values.amounts if kind in AMOUNTS else None

    def _span(self, sentence: AnalysedSentence, first: int, last: int) -> Span:
        words, text = sentence.words, sentence.text
        start, end = words[first].start, words[last].end
        bare = words[first].normal.removeprefix(CONJUNCTIONS[0])
        kinds = AnswerType.QUANTITY, AnswerType.TIME
        # «وثلاثة», not «واحد».
        if bare != words[first].normal and any(bare in self.lexicon.values[kind] for kind in kinds):
            start += 1
            while combining(text[start]):
                start += 1
        # A mark of direction belongs to what stands around a word.
        while category(text[end - 1]) == "Cf":
            end -= 1
        while end < len(text) and text[end].isalnum():
            end += 1
        # «44 %» with its sign.
        for sign in (" %", " ٪", "%", "٪", "$", "€"):
            if text.startswith(sign, end):
                end += len(sign)
                break
        return Span(start + sentence.start, end + sentence.start)


def _best_first(shares: Sequence[float]) -> list[int]:
    return sorted(range(len(shares)), key=lambda number: -shares[number])
