"""The signals of one candidate that the evidence model weighs.

They are those that a trial on three question sets found strongest. None of them grows with the corpus: a word's weight
comes from the background where the corpus is too small to tell.
"""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answering.background import Background
from bot.answering.candidate import Candidate
from bot.answering.lexicon import Lexicon
from bot.answering.matching import LEAST_MATCH
from bot.answering.question import Question
from bot.answering.values import lacks_value
from bot.arabic import Term
from bot.edition import Edition
from bot.retrieval import Shortlist

_PSEUDO_PASSAGES = 100
_LEAD_WORDS = 12
_NEAR = 2
# The lead is taken over the fifth best passage of other articles: syndicated twins must not hide it.
_RIVAL = 5


@dataclass(frozen=True, slots=True)
class Signals:
    """What the model sees of one candidate."""

    gap: float
    """Lead over the passages of other articles in BM25 of 4-grams, as a share of the best possible score."""
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
    valueless: float
    """1 where a time or a quantity is asked for and the window names none but the question's own."""
    terms: float
    """How many terms the question has: little is proved by matching a single one."""

    def array(self) -> NDArray[np.float64]:
        """Return the signals in the order of the fields."""
        return np.array(astuple(self))


class Weights:
    """What each word of a question is worth on one edition, and how its passages score by the background alone."""

    def __init__(self, question: Question, edition: Edition, shortlist: Shortlist, background: Background) -> None:
        self._index = edition.index
        stems = [term.stem for term in question.terms]
        shares = np.array([background.share(stem, self._index.stems.avgdl) for stem in stems])
        held = np.array([self._index.stems.document_frequency(stem) for stem in stems])
        self.information = -np.log(shares)
        # The corpus's idf, shrunk towards the background's as if by a hundred passages more.
        self.importance = -np.log((held + _PSEUDO_PASSAGES * shares) / (len(self._index) + _PSEUDO_PASSAGES))
        grams = _spread(question.terms, self.information)
        self._shortlist = shortlist
        self._scores = shortlist.grams.scores(grams)
        self._best_score = sum(grams.values()) * (self._index.grams.k1 + 1)

    def gap(self, number: int) -> float:
        """Return a listed passage's lead over the fifth best listed passage of other articles."""
        place = np.searchsorted(self._shortlist.passages, number)
        others = self._scores[self._shortlist.articles != self._shortlist.articles[place]]
        rival = float(np.partition(others, -_RIVAL)[-_RIVAL]) if len(others) >= _RIVAL else 0.0
        return float((self._scores[place] - rival) / self._best_score)


def read_signals(candidate: Candidate, gap: float, question: Question, weights: Weights, lexicon: Lexicon) -> Signals:
    """Read the signals of a candidate in its best window."""
    window = candidate.window(weights.importance)
    matches = candidate.window_matches(window)
    total = float(weights.importance.sum())
    lead = np.maximum(candidate.word_matches[:_LEAD_WORDS].max(axis=0, initial=0.0), candidate.heading)
    return Signals(
        gap=gap,
        information=float(weights.information @ matches),
        aboutness=float(weights.importance @ lead) / total,
        coverage=float(weights.importance @ matches) / total,
        absent=float((weights.importance * (1 - matches)).max()) / total,
        adjacency=_adjacency(candidate),
        valueless=float(lacks_value((candidate.text_of(window),), question, lexicon)),
        terms=float(len(question.terms)),
    )


def _spread(terms: Sequence[Term], information: NDArray[np.float64]) -> dict[str, float]:
    """Spread the information of each word evenly over its grams; a gram of two words counts where it tells more."""
    grams: dict[str, float] = {}
    for term, nats in zip(terms, information.tolist(), strict=True):
        for gram in term.grams:
            grams[gram] = max(grams.get(gram, 0.0), nats / len(term.grams))
    return grams


def _adjacency(candidate: Candidate) -> float:
    matched = candidate.word_matches >= LEAST_MATCH
    pairs = matched.shape[1] - 1
    if pairs < 1:
        return 0.0
    together = 0
    for left in range(pairs):
        first, second = np.flatnonzero(matched[:, left]), np.flatnonzero(matched[:, left + 1])
        together += _distance(first, second) <= _NEAR
    return float(together / pairs)


def _distance(first: NDArray[np.intp], second: NDArray[np.intp]) -> float:
    """Return the least distance between two sorted lists of places; infinity where one is empty."""
    if not len(first) or not len(second):
        return math.inf
    behind = np.searchsorted(second, first)
    last = len(second) - 1
    return float(min(np.abs(first - second[np.clip(at, 0, last)]).min() for at in (behind - 1, behind)))
