"""The signals of one candidate that the evidence model weighs.

They are those that trials on three question sets found strongest. None of them grows with the corpus: a word's weight
comes from the background where the corpus is too small to tell.
"""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answering.background import Background
from bot.answering.candidate import Candidate
from bot.answering.matching import LEAST_MATCH
from bot.answering.proximity import adjacency
from bot.answering.question import Question
from bot.answering.weights import Weights
from bot.arabic import is_inflected

_LEAD_WORDS = 12
# «يقع نهر النيل …»: a verb and a word more may stand before the subject of a sentence.
_BEFORE_SUBJECT = 2


@dataclass(frozen=True, slots=True)
class Signals:
    """What the model sees of one candidate."""

    gap: float
    """Lead over the passages of other articles in BM25 of 4-grams, as a share of the best possible score."""
    lead: float
    """Lead in rank over the best candidate of other articles; where few words match, it is never great."""
    information: float
    """Sum over the question's words of background weight x match, in nats."""
    aboutness: float
    """Share of the question's importance in the title or the passage's first words."""
    coverage: float
    """Share of the question's importance that the best window, title and heading match."""
    absent: float
    """Share of the question's importance in its most important word that is not matched."""
    adjacency: float
    """Share of the question's neighbouring words that are neighbours in the passage."""
    subject: float
    """Share of the importance outside the focus, the words around the question word, that the passage matches."""
    focus: float
    """Share of the importance of the focus that the best sentence, title and heading match."""
    unknown: float
    """How many words of the question no candidate has, nor the corpus, nor news at large, and that may be names."""
    numbers: float
    """How many numbers of the question the passage does not have."""
    undefined: float
    """Where it is asked what or who X is, the share of X that neither the heading nor the head of a sentence has."""

    def array(self) -> NDArray[np.float64]:
        """Return the signals in the order of the fields."""
        return np.array(astuple(self))


def read_signals(
    candidates: Sequence[Candidate],
    ranks: Sequence[float],
    question: Question,
    weights: Weights,
    background: Background,
) -> Iterator[Signals]:
    """Read the signals of each candidate in turn, given what all of them rank by."""
    if not candidates:
        return
    asked = _Asked(
        focus=np.array([term in question.focus for term in question.terms]),
        subject=np.array([term in question.subject for term in question.terms]),
        numbers=np.array([term.normal[0].isdecimal() for term in question.terms]),
        unknown=_unknown(candidates, question, weights, background),
    )
    for candidate, margin in zip(candidates, _margins(candidates, ranks), strict=True):
        yield _signals(candidate, margin, asked, weights)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which terms of a question are its focus, the subject that it asks what or who is, numbers; how many unknown."""

    focus: NDArray[np.bool_]
    subject: NDArray[np.bool_]
    numbers: NDArray[np.bool_]
    unknown: int


def _signals(candidate: Candidate, margin: float, asked: _Asked, weights: Weights) -> Signals:
    gap = weights.gap(candidate.number)
    matches = candidate.window_matches(candidate.window(weights.importance))
    sentence = candidate.window_matches(candidate.window(weights.importance, 1))
    first_words = np.maximum(candidate.word_matches[:_LEAD_WORDS].max(axis=0, initial=0.0), candidate.heading)
    opening = candidate.best_opening(weights.importance * asked.subject, int(asked.subject.sum()) + _BEFORE_SUBJECT)
    return Signals(
        gap=gap,
        # The best of all ranks high even where it is alone or the others have nothing of the question, so it leads by
        # no more than it has itself.
        lead=min(margin, gap + weights.share(sentence)),
        information=float(weights.information @ matches),
        aboutness=weights.share(first_words),
        coverage=weights.share(matches),
        absent=float((weights.importance * (1 - matches)).max()) / float(weights.importance.sum()),
        adjacency=adjacency(candidate.word_matches >= LEAST_MATCH),
        subject=weights.share(candidate.matches, ~asked.focus),
        focus=weights.share(sentence, asked.focus),
        unknown=float(asked.unknown),
        numbers=float((asked.numbers & (candidate.matches < LEAST_MATCH)).sum()),
        undefined=1 - weights.share(opening, asked.subject),
    )


def _unknown(candidates: Sequence[Candidate], question: Question, weights: Weights, background: Background) -> int:
    """Count the words that are found nowhere and may be names: a swapped firm, a place that nobody wrote about."""
    matched = np.max([candidate.matches for candidate in candidates], axis=0) >= LEAST_MATCH
    return sum(
        not (known or found or is_inflected(term.normal) or background.lists(term.stem))
        for term, known, found in zip(question.terms, weights.is_known, matched, strict=True)
    )


def _margins(candidates: Sequence[Candidate], ranks: Sequence[float]) -> Iterator[float]:
    """Yield how far each candidate ranks before the best one of other articles."""
    articles = [candidate.passage.article.id for candidate in candidates]
    for own, article in zip(ranks, articles, strict=True):
        yield own - max((rank for rank, other in zip(ranks, articles, strict=True) if other != article), default=0.0)
