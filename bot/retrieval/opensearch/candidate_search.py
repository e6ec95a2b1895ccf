"""Finds candidates in a cluster, and proves that none better is left there."""

import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.retrieval.engine import SearchUnknownError
from bot.retrieval.opensearch.candidate_passages import CandidatePassages, EditionModel
from bot.retrieval.opensearch.candidate_query import CandidateQuery, Clause
from bot.retrieval.opensearch.index_fields import WORDS
from bot.retrieval.opensearch.sealed_index import SealedIndex
from bot.retrieval.postings import Scores
from bot.retrieval.query import Query, score_stems
from bot.retrieval.ranking_parameters import RANKING
from bot.retrieval.shortlist import filling_article
from bot.retrieval.top_k import top_k
from bot.storage import IntArray

logger = logging.getLogger(__name__)

# The first is enough for nearly every question, the last is as many as a server gives.
_CANDIDATES = (150, 600, 2400, 10_000)
_OTHER_CANDIDATES = (50, *_CANDIDATES[1:])
# The server's scores are 32-bit floats: surely above one is what exceeds it by more than they round. Where equal ones
# come in order, what is as good as equal and did not come stands behind.
_ABOVE, _EQUAL = 1 + 1e-5, 1 - 1e-6
# A server that scores as ours does is never below us by more than it rounds; above it is by a tenth where it rounds
# lengths down, and by a little more where many passages are empty. Chosen: far from the factors that it may have.
_LEAST, _MOST = 0.99, 1.3


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Passages with their words, packed, and their scores by stems, (n,), those of equivalents among them.

    `bound` is what no passage that did not come can score more than, None where all that hold anything of it came, and
    infinite where that cannot be told.
    """

    passages: CandidatePassages
    values: Sequence[str]
    scores: Scores
    bound: float | None

    def has_best(self, wanted: int, places: IntArray | slice = slice(None)) -> bool:
        """Whether the best passages at some places are the best of all that might have come there."""
        if self.bound is None:
            return True
        scores = self.scores[places]
        best = top_k(scores, wanted)
        least = float(scores[best[-1]]) if len(best) == wanted else 0.0
        # What came and scores nothing may hold nothing of the query, and then be in no shortlist.
        return least > 0 and least >= self.bound


class CandidateSearch:
    """Searches the index of an edition for the passages that may be the best, until they certainly are among them."""

    def __init__(self, index: SealedIndex, model: EditionModel) -> None:
        """Search an index; raise SearchUnknownError where the server scores in a way that nobody foresaw."""
        self._index, self._model = index, model
        # Where nearly all passages hold nearly every stem, some count less than nothing, and what takes their place may
        # then count more here than on a server, which knows no such weights.
        self._is_bound = float(model.stem_idf.min(initial=0.0)) >= 0
        self._gauge: list[Clause] = []
        self._gauge_score = 0.0
        self._calibrate()

    def find(self, query: CandidateQuery, filters: Sequence[Clause] = ()) -> Candidates:
        """Return the best passages for a query, as many as a shortlist has and more."""
        found = self._gather(query, filters, _CANDIDATES, RANKING.shortlist_size)
        articles = found.passages.articles
        filling = filling_article(articles[top_k(found.scores, RANKING.shortlist_size)])
        if filling is None or found.has_best(RANKING.least_of_other_articles, np.flatnonzero(articles != filling)):
            return found
        others = self._gather(query, filters, _OTHER_CANDIDATES, RANKING.least_of_other_articles, filling)
        return self._scored(query, tuple(dict.fromkeys((*found.values, *others.values))), None)

    def _gather(
        self,
        query: CandidateQuery,
        filters: Sequence[Clause],
        limits: Sequence[int],
        wanted: int,
        without_article: int | None = None,
    ) -> Candidates:
        """Ask for more and more passages until the best are among them."""
        for limit in limits:
            in_order = limit > limits[0]
            values, least = self._search(query.body(limit, filters, without_article, in_order=in_order))
            bound = least * (_EQUAL if in_order else _ABOVE) if self._is_bound else math.inf
            found = self._scored(query, values, bound if len(values) == limit else None)
            if found.has_best(wanted):
                return found
        logger.warning("More passages may be the best than the search cluster gives at a time")
        return found

    def _scored(self, query: CandidateQuery, values: Sequence[str], bound: float | None) -> Candidates:
        passages = CandidatePassages(self._model, self._model.read_words(values))
        return Candidates(passages, values, score_stems(query.query, query.equivalents, passages.stems), bound)

    def _calibrate(self) -> None:
        """Choose the search whose best score every other request measures the server's formula by."""
        frequencies = self._model.stem_frequencies
        # What comes is of the edition where all that the server has of a stem is.
        counted = np.flatnonzero((frequencies > 0) & (frequencies == self._model.served_frequencies))
        if not len(counted):
            return
        rarest = self._model.vocabulary.forms[int(counted[np.argmin(frequencies[counted])])]
        query = CandidateQuery(Query((), {rarest: 1.0}, {}, ()), (), self._model)
        body = query.body(1) or {}
        values, _ = self._search(body)
        [ours] = self._scored(query, values, None).scores.tolist() or [math.nan]
        # In very few passages no word says anything.
        if not ours <= 0:
            self._gauge, self._gauge_score = [{**body, "docvalue_fields": []}], ours
            self._search(body)

    def _factor(self, responses: Sequence[Mapping[str, Any]]) -> float:
        """Return by what the server's scores are to be multiplied, as those of the gauge were in the same request.

        The BM25 of Lucene has been without the factor k1 + 1 since version 8; servers of version 2 put it back, and may
        be brought to version 3 while an edition is open.
        """
        most = _MOST * max(self._model.length_ratio, 1 / self._model.length_ratio)
        for response in responses:
            theirs = max((_score(hit) for hit in response["hits"]["hits"]), default=0.0)
            for factor in (1.0, RANKING.k1 + 1):
                if _LEAST * self._gauge_score <= factor * theirs <= most * self._gauge_score:
                    return factor
            raise SearchUnknownError(f"scores of BM25: {theirs} instead of {self._gauge_score}")
        return RANKING.k1 + 1

    def _search(self, body: Clause | None) -> tuple[tuple[str, ...], float]:
        """Return the words of the passages that a search finds, packed, and the least score there, in our measure."""
        if body is None:
            return (), 0.0
        found, *gauge = self._index.search_all([body, *self._gauge])
        hits, factor = found["hits"]["hits"], self._factor(gauge)
        values = tuple(hit["fields"][WORDS][0] for hit in hits)
        return values, factor * _score(hits[-1]) if hits else 0.0


def _score(hit: Mapping[str, Any]) -> float:
    return float(hit["sort"][0] if "sort" in hit else hit["_score"])
