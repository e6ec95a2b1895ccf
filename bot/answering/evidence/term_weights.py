"""What each word of a question is worth on one edition, and how its passages score by that."""

from collections.abc import Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from bot.answering.evidence.word_match import LEAST_MATCH
from bot.answering.knowledge import Background
from bot.answering.question import Question
from bot.arabic import Term
from bot.edition import Edition
from bot.retrieval import Shortlist

_PSEUDO_PASSAGES = 100
# The gap is taken over the fifth best passage of other articles: syndicated twins must not hide it.
_RIVAL = 5
_NEARLY_SAME = 0.8
# In nats: a word that more than a third of all passages hold tells nothing of any.
_LEAST_WORTH = 1.0
# A smaller share of the question's importance is chance.
_LEAST_SHARE = 0.25


class TermWeights:
    """An array over the question's terms each; `information` in nats, from the background alone."""

    def __init__(self, question: Question, edition: Edition, shortlist: Shortlist, background: Background) -> None:
        index = edition.index
        stems = [term.stem for term in question.terms]
        shares = np.array([background.passage_probability(stem, index.stems.avgdl) for stem in stems])
        held = np.array([index.stems.document_frequency(stem) for stem in stems])
        self.information = -np.log(shares)
        # The corpus's idf, shrunk towards the background's as if by a hundred passages more.
        self.importance = -np.log((held + _PSEUDO_PASSAGES * shares) / (len(index) + _PSEUDO_PASSAGES))
        self._total = float(self.importance.sum())
        # A word is also known by a slip in it, or an ending more.
        near = [max((variant.similarity for variant in variants), default=0.0) for variants in shortlist.variants]
        self.is_known = (held > 0) | (np.array(near) >= _NEARLY_SAME)
        self.is_listed = np.array([background.is_listed(stem) for stem in stems])
        # What every passage of a small corpus is about is rare elsewhere.
        self.is_informative = np.maximum(self.importance, self.information) >= _LEAST_WORTH
        grams = _spread(question.terms, self.information)
        self._shortlist = shortlist
        self._scores = shortlist.grams.scores(grams)
        self._best_score = sum(grams.values()) * (index.grams.k1 + 1)

    def share(self, matches: NDArray[np.float64], among: NDArray[np.bool_] | None = None) -> NDArray[np.float64]:
        """Return the share of the importance of terms, all or those among them, that each row of matches has.

        Of no terms at all it is 1.
        """
        importance = self.importance if among is None else self.importance * among
        total = float(importance.sum())
        return np.asarray((matches * importance).sum(axis=1) / total if total else np.ones(len(matches)))

    def is_fair_match(self, matches: NDArray[np.float64]) -> bool:
        """Tell whether matches, but for those by chance, are a fair part of the question's importance."""
        meant = np.where(matches >= LEAST_MATCH, matches, 0)
        return float(self.importance @ meant) >= _LEAST_SHARE * self._total

    def gaps(self, numbers: Sequence[int]) -> NDArray[np.float64]:
        """Return the lead of listed passages over the fifth best listed passage of other articles."""
        places = np.searchsorted(self._shortlist.passages, numbers)
        listed = sorted(zip(self._scores.tolist(), self._shortlist.articles.tolist(), strict=True), reverse=True)
        rivals = [
            next(islice((score for score, other in listed if other != article), _RIVAL - 1, None), 0.0)
            for article in self._shortlist.articles[places].tolist()
        ]
        return np.asarray((self._scores[places] - rivals) / self._best_score)


def _spread(terms: Sequence[Term], information: NDArray[np.float64]) -> dict[str, float]:
    """Spread the information of each word evenly over its grams; a gram of two words counts where it tells more."""
    grams: dict[str, float] = {}
    for term, nats in zip(terms, information.tolist(), strict=True):
        for gram in term.grams:
            grams[gram] = max(grams.get(gram, 0.0), nats / len(term.grams))
    return grams
