"""The shortlist of passages that is scored more closely, and how it is chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.bm25 import BM25
from bot.retrieval.gram_bm25 import GramCounts
from bot.retrieval.passage import IndexedPassage
from bot.retrieval.postings import Scores
from bot.retrieval.query import Query
from bot.retrieval.ranking_parameters import RANKING
from bot.retrieval.top_k import top_k_in_order
from bot.retrieval.variants import Variant
from bot.storage import IntArray


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Passages by number, in the order of the corpus, the number of each one's article, and their scores.

    `variants` holds for each term of the query the words that stand for it where no passage holds its stem.
    `read_passages` reads passages of the engine by number.
    """

    passages: NDArray[np.intp]
    articles: IntArray
    scores: Scores
    grams: GramCounts
    variants: Sequence[Sequence[Variant]]
    read_passages: Callable[[Sequence[int]], list[IndexedPassage]]

    def top_k(self, limit: int) -> NDArray[np.intp]:
        """Return the places in the list of the best passages, best first; equal scores keep their order."""
        return np.argsort(-self.scores, kind="stable")[:limit]

    def read(self, places: NDArray[np.intp]) -> list[IndexedPassage]:
        """Return the passages at some places in the list, with all that comparing them with a question needs."""
        return self.read_passages(self.passages[places].tolist())


def choose_matching(
    query: Query, scores: Scores, stems: BM25, articles: IntArray, within: NDArray[np.bool_] | None = None
) -> NDArray[np.intp]:
    """Choose among the passages that hold anything of a query (see `choose`), whether it scores or not."""
    silent = query.silent_stems(stems)
    if silent:
        holds = scores != 0
        for stem in silent:
            holds[stems.passages_with_all((stem,))] = True
        return choose(scores, articles, holds if within is None else holds & within)
    chosen = choose(scores, articles, within)
    return np.asarray(chosen[scores[chosen] != 0])


def choose(scores: Scores, articles: IntArray, within: NDArray[np.bool_] | None = None) -> NDArray[np.intp]:
    """Return the hundred passages of the best scores, of all or of those within, in order; of equal scores the first.

    Where one article fills nearly all of the list, the best passages of others join it, since a passage's lead is
    measured over those.
    """
    if within is not None:
        places = np.flatnonzero(within)
        return places[choose(scores[places], articles[places])]
    chosen = top_k_in_order(scores, RANKING.shortlist_size)
    filling = filling_article(articles[chosen])
    if filling is None:
        return chosen
    others = np.flatnonzero(articles != filling)
    return np.union1d(chosen, others[top_k_in_order(scores[others], RANKING.least_of_other_articles)])


def filling_article(articles: IntArray) -> int | None:
    """Return the article that nearly all of some passages are of, given the article of each; None where none is."""
    # Mostly there are too many for one to fill the list.
    if len(set(articles.tolist())) > RANKING.least_of_other_articles:
        return None
    listed, counts = np.unique(articles, return_counts=True)
    if len(articles) - counts.max(initial=0) >= RANKING.least_of_other_articles or not len(articles):
        return None
    return int(listed[counts.argmax()])
