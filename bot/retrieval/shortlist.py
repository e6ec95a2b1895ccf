"""The passages that a question's stems find first, scored more closely."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.grams import GramCounts
from bot.retrieval.highest import highest
from bot.retrieval.lookup import Variant
from bot.retrieval.postings import Scores
from bot.storage import Numbers

_LISTED = 100
_LEAST_OTHERS = 10


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Passages by number, in the order of the corpus, the number of each one's article, and what they score.

    `variants` says for each of the question's terms what stands for it where no passage holds its stem.
    """

    passages: NDArray[np.intp]
    articles: Numbers
    scores: Scores
    grams: GramCounts
    variants: Sequence[Sequence[Variant]]

    def best(self, limit: int) -> NDArray[np.intp]:
        """Return the places in the list of the best passages, best first; equal scores keep their order."""
        return np.argsort(-self.scores, kind="stable")[:limit]


def choose(scores: Scores, articles: Numbers, within: NDArray[np.bool_] | None = None) -> NDArray[np.intp]:
    """Return the hundred passages of the best scores, of all or of those within, in order; of equal scores the first.

    Where one article fills nearly all of the list, the best passages of others join it, since a passage's lead is
    measured over those.
    """
    if within is not None:
        places = np.flatnonzero(within)
        return places[choose(scores[places], articles[places])]
    chosen = highest(scores, _LISTED)
    listed, counts = np.unique(articles[chosen], return_counts=True)
    if len(chosen) - counts.max(initial=0) >= _LEAST_OTHERS or not len(chosen):
        return chosen
    others = np.flatnonzero(articles != listed[counts.argmax()])
    return np.union1d(chosen, others[highest(scores[others], _LEAST_OTHERS)])
