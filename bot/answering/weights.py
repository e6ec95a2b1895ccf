"""What each word of a question is worth on one edition, and how its passages score by that."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.answering.background import Background
from bot.answering.matching import LEAST_MATCH
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


class Weights:
    """An array over the question's terms each; `information` in nats, from the background alone."""

    def __init__(self, question: Question, edition: Edition, shortlist: Shortlist, background: Background) -> None:
        index = edition.index
        stems = [term.stem for term in question.terms]
        shares = np.array([background.share(stem, index.stems.avgdl) for stem in stems])
        held = np.array([index.stems.document_frequency(stem) for stem in stems])
        self.information = -np.log(shares)
        # The corpus's idf, shrunk towards the background's as if by a hundred passages more.
        self.importance = -np.log((held + _PSEUDO_PASSAGES * shares) / (len(index) + _PSEUDO_PASSAGES))
        # A word is also known by a slip in it, or an ending more.
        near = [max((variant.similarity for variant in variants), default=0.0) for variants in shortlist.variants]
        self.is_known = (held > 0) | (np.array(near) >= _NEARLY_SAME)
        # What every passage of a small corpus is about is rare elsewhere.
        self.is_worth_finding = np.maximum(self.importance, self.information) >= _LEAST_WORTH
        grams = _spread(question.terms, self.information)
        self._shortlist = shortlist
        self._scores = shortlist.grams.scores(grams)
        self._best_score = sum(grams.values()) * (index.grams.k1 + 1)

    def share(self, matches: NDArray[np.float64], among: NDArray[np.bool_] | None = None) -> float:
        """Return the share of the importance of terms, all or those among them, that is matched; 1 of none at all."""
        importance = self.importance if among is None else self.importance * among
        total = float(importance.sum())
        return float(importance @ matches) / total if total else 1.0

    def are_fair(self, matches: NDArray[np.float64]) -> bool:
        """Tell whether matches, but for those by chance, are a fair part of the question's importance."""
        meant = np.where(matches >= LEAST_MATCH, matches, 0)
        return float(self.importance @ meant) >= _LEAST_SHARE * float(self.importance.sum())

    def gap(self, number: int) -> float:
        """Return a listed passage's lead over the fifth best listed passage of other articles."""
        place = np.searchsorted(self._shortlist.passages, number)
        others = self._scores[self._shortlist.articles != self._shortlist.articles[place]]
        rival = float(np.partition(others, -_RIVAL)[-_RIVAL]) if len(others) >= _RIVAL else 0.0
        return float((self._scores[place] - rival) / self._best_score)


def _spread(terms: Sequence[Term], information: NDArray[np.float64]) -> dict[str, float]:
    """Spread the information of each word evenly over its grams; a gram of two words counts where it tells more."""
    grams: dict[str, float] = {}
    for term, nats in zip(terms, information.tolist(), strict=True):
        for gram in term.grams:
            grams[gram] = max(grams.get(gram, 0.0), nats / len(term.grams))
    return grams
