"""The query that finds candidates: weighted so that the server's score of a passage is never below ours."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from bot.retrieval.opensearch.candidate_passages import EditionModel
from bot.retrieval.opensearch.index_fields import ARTICLE_OF, NUMBER, STEMS, WORDS
from bot.retrieval.query import Query, StemEquivalents, run_scale
from bot.retrieval.ranking_parameters import RANKING

Clause = dict[str, Any]
# A server takes 1,024 clauses in a query, those inside of others and the scope's among them. Of 3,300 questions in the
# words of the street the longest has some hundred.
_MOST_CLAUSES = 900


class CandidateQuery:
    """A query of stems and their equivalents in the language of the server.

    A server that counts a term of document frequency n has the idf ln(1 + (N - n + 0.5) / (n + 0.5)), with N the
    passages that have any term; a boost makes ours of it. It rounds the length of a passage down and so its score up,
    and what says one thing in two ways counts here by itself where ours is the difference: so its scores bound ours.
    """

    def __init__(self, query: Query, equivalents: Sequence[StemEquivalents], model: EditionModel) -> None:
        """Weigh a query by the model of an edition."""
        self.query, self.equivalents = query, equivalents
        self._model, self._stems = model, model.stems_without_passages
        self._left = _MOST_CLAUSES - len(query.stems)
        self._clauses = self._weigh()

    def body(
        self,
        limit: int,
        filters: Sequence[Clause] = (),
        without_article: int | None = None,
        *,
        in_order: bool = False,
    ) -> Clause | None:
        """Return the request for the best `limit` passages; None where no passage has anything of the query.

        `in_order` has those of equal scores come in the order of the corpus, for which the server may have to weigh
        more passages than for the best alone.
        """
        if not self._clauses:
            return None
        found: Clause = {"should": self._clauses, "minimum_should_match": 1, "filter": list(filters)}
        if without_article is not None:
            found["must_not"] = [{"term": {ARTICLE_OF: without_article}}]
        body = {**read_columns(WORDS), "size": limit, "query": {"bool": found}}
        return {**body, "sort": [{"_score": "desc"}, {NUMBER: "asc"}]} if in_order else body

    def _weigh(self) -> list[Clause]:
        clauses, left = list[Clause](), dict(self.query.stems)
        for one in self.equivalents:
            others = self._others(one)
            if others:
                own = [stem for stem in self.query.standing_for(one.stems) if stem in left]
                terms = self._terms({stem: left.pop(stem) for stem in sorted(own)})
                own_terms = [{"bool": {"should": terms}}] if terms else []
                clauses.append({"dis_max": {"queries": [*own_terms, *others]}})
        return [*self._terms(left), *clauses]

    def _others(self, one: StemEquivalents) -> list[Clause]:
        """Return the clauses of what says stems of the query in other words, as `score_stems` scores it."""
        worth = self._stems.worth(one.stems)
        alone = {
            stem: one.weight * min(1.0, worth / idf)
            for stem in sorted(one.alone - one.stems)
            if (idf := self._stems.weight(stem, 0.0)) > 0
        }
        runs = [
            {stem: one.weight * run_scale(run, worth, self._stems) for stem in dict.fromkeys(run)}
            for run in sorted(one.longer_runs)
            if all(map(self._stems.document_frequency, run))
        ]
        self._left -= len(alone) + sum(map(len, runs))
        if self._left < 0:
            return self._bounds(alone, runs)
        return [*self._terms(alone), *({"bool": {"must": self._terms(run)}} for run in runs)]

    def _bounds(self, alone: Mapping[str, float], runs: Sequence[Mapping[str, float]]) -> list[Clause]:
        """Return a clause for very many equivalents, of which any counts as much as the best could."""
        best = [
            sum(many * max(0.0, self._stems.weight(stem, 0.0)) for stem, many in run.items())
            for run in (*runs, *({stem: many} for stem, many in alone.items()))
        ]
        numbers = [
            self._model.vocabulary.forms.find(stem) for stem in {*alone, *(stem for run in runs for stem in run)}
        ]
        if not numbers:
            return []
        # The saturation of a count is below k1 + 1.
        return [{"terms": {STEMS: [str(number) for number in numbers], "boost": max(best) * (RANKING.k1 + 1)}}]

    def _terms(self, times: Mapping[str, float]) -> list[Clause]:
        """Return a clause for each stem that a passage holds, which counts so many times."""
        return [
            {"term": {STEMS: {"value": str(number), "boost": max(0.0, many * self._boost(number))}}}
            for stem, many in times.items()
            if (number := self._model.vocabulary.forms.find(stem)) is not None and self._model.stem_frequencies[number]
        ]

    def _boost(self, number: int) -> float:
        """Return our idf of a stem as a multiple of the server's."""
        frequency = int(self._model.stem_frequencies[number])
        theirs = math.log1p((self._model.passages_with_stems - frequency + 0.5) / (frequency + 0.5))
        return float(self._model.stem_idf[number]) / theirs


def read_columns(*names: str) -> Clause:
    """Return the part of a request that has columns of passages come, and nothing of what is stored of them."""
    return {"_source": False, "stored_fields": "_none_", "track_total_hits": False, "docvalue_fields": list(names)}
