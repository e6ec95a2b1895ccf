"""The query that finds candidates: weighted so that the server's score of a passage is never below ours."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bot.retrieval.opensearch.candidate_passages import EditionModel
from bot.retrieval.opensearch.index_fields import ARTICLE_OF, KEY, STEMS, WORDS
from bot.retrieval.postings import Scores
from bot.retrieval.query import Query, StemEquivalents, run_scale
from bot.retrieval.ranking_parameters import RANKING
from bot.storage import IntArray

Clause = dict[str, Any]
# A server takes 1,024 clauses in a query, those inside of others and the scope's among them. Of 3,300 questions in the
# words of the street the longest has some hundred.
_MOST_CLAUSES = 900


class CandidateQuery:
    """A query of stems and their equivalents in the language of the server.

    A server that counts a term of document frequency n has the idf ln(1 + (N - n + 0.5) / (n + 0.5)), with N the
    passages that have any term; a boost makes ours of it. It rounds the length of a passage down and so its score up,
    and what says one thing in two ways counts here by itself where ours is the difference: so its scores bound ours.
    Those that its passages are shorter on average than ours take off are no more than the ratio of the two averages.
    """

    def __init__(self, query: Query, equivalents: Sequence[StemEquivalents], model: EditionModel) -> None:
        self.query, self.equivalents = query, equivalents
        self._model, self._stems = model, model.stems_without_passages
        self._left = _MOST_CLAUSES - len(query.stems)
        self._clauses = self._weigh()

    def body(
        self, limit: int, filters: Sequence[Clause] = (), without_article: int | None = None, *, in_order: bool = False
    ) -> Clause | None:
        """Return the request for the best `limit` passages; None where no passage has anything of the query.

        `in_order` has those of equal scores come in the order of the corpus, for which the server may have to weigh
        more passages than for the best alone.
        """
        if not self._clauses:
            return None
        found: Clause = {"should": self._clauses, "minimum_should_match": 1, "filter": list(filters)}
        if without_article is not None:
            found["must_not"] = [{"term": {ARTICLE_OF: int(self._model.keys.articles[without_article])}}]
        body = {**read_columns(WORDS), "size": limit, "query": {"bool": found}}
        return {**body, "sort": [{"_score": "desc"}, {KEY: "asc"}]} if in_order else body

    def _weigh(self) -> list[Clause]:
        clauses, left = list[Clause](), dict(self.query.stems)
        for one in self.equivalents:
            others = self._others(one)
            if others:
                own = [stem for stem in self.query.standing_for(one.stems) if stem in left]
                terms = self._stem_terms({stem: left.pop(stem) for stem in sorted(own)})
                own_terms = [{"bool": {"should": terms}}] if terms else []
                clauses.append({"dis_max": {"queries": [*own_terms, *others]}})
        return [*self._stem_terms(left), *clauses]

    def _others(self, one: StemEquivalents) -> list[Clause]:
        """Return the clauses of what says stems of the query in other words, as `score_stems` scores it."""
        worth, forms, idf = self._stems.worth(one.stems), self._model.vocabulary.forms, self._model.stem_idf
        alone = one.numbers(self._stems)
        alone = alone[idf[alone] > 0]
        times = one.weight * np.minimum(1.0, worth / idf[alone])
        runs = [
            (forms.find_all(frozenset(run)), one.weight * run_scale(run, worth, self._stems))
            for run in sorted(one.longer_runs)
            if all(map(self._stems.document_frequency, run))
        ]
        self._left -= len(alone) + sum(len(run) for run, _ in runs)
        if self._left >= 0:
            return [*self._terms(alone, times), *({"bool": {"must": self._terms(*run)}} for run in runs)]
        # Of very many, any counts as much as the best could: the saturation of a count is below k1 + 1.
        best = max([0.0, *(times * idf[alone]), *(many * np.maximum(idf[run], 0).sum() for run, many in runs)])
        held = self._model.document_stems[np.unique(np.concatenate((alone, *(run for run, _ in runs))))]
        clause = {"terms": {STEMS: list(map(str, held.tolist())), "boost": float(best) * (RANKING.k1 + 1)}}
        return [clause] if len(held) else []

    def _stem_terms(self, times: Mapping[str, float]) -> list[Clause]:
        """Return a clause for each stem that a passage holds, which counts so many times."""
        find = self._model.vocabulary.forms.find
        known = {number: many for stem, many in times.items() if (number := find(stem)) is not None}
        return self._terms(np.array(list(known), dtype=np.int64), np.array(list(known.values())))

    def _terms(self, stems: IntArray, times: Scores | float) -> list[Clause]:
        """Return a clause for each of (n,) stems that a passage holds, which counts so many times.

        Its boost is our idf as a multiple of the server's.
        """
        model = self._model
        served = model.served_frequencies[stems]
        theirs = np.log1p((model.served_passages - served + 0.5) / (served + 0.5))
        boosts = times * model.stem_idf[stems] * max(1.0, model.length_ratio) / theirs
        return [
            {"term": {STEMS: {"value": str(stem), "boost": boost}}}
            for stem, boost, is_held in zip(
                model.document_stems[stems].tolist(),
                np.maximum(boosts, 0.0).tolist(),
                model.stem_frequencies[stems] > 0,
                strict=True,
            )
            if is_held
        ]


def read_columns(*names: str) -> Clause:
    """Return the part of a request that has columns of passages come, and nothing of what is stored of them."""
    return {"_source": False, "stored_fields": "_none_", "track_total_hits": False, "docvalue_fields": list(names)}
