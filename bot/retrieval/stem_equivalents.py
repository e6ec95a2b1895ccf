"""Other words for stems of a query, and what passages that have them score by the stems of both."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.bm25 import BM25, StemWeights
from bot.retrieval.postings import Scores
from bot.retrieval.query import Query


@dataclass(frozen=True, slots=True)
class StemEquivalents:
    """Stems of a query that together say one thing, and the stems and the runs of stems that say it in other words.

    `weight`, 0 to 1, is what these count beside the stems themselves.
    """

    stems: frozenset[str]
    single: frozenset[str] = frozenset()
    runs: frozenset[tuple[str, ...]] = frozenset()
    weight: float = 1.0

    @property
    def alone(self) -> frozenset[str]:
        """The stems that say it each by itself."""
        alone = frozenset(run[0] for run in self.runs if len(run) == 1)
        return self.single | alone if alone else self.single

    @property
    def longer_runs(self) -> list[tuple[str, ...]]:
        """The runs of several stems, not all of which the query has."""
        return [run for run in self.runs if len(run) > 1 and not self.stems.issuperset(run)]


def score_stems(query: Query, equivalents: Sequence[StemEquivalents], stems: BM25) -> Scores:
    """Score the passages of a model by a query's stems, and by what says the same in other words; (rows,)."""
    scores = stems.get_scores(list(query.stems), query.stems)
    for one in equivalents:
        own = {stem: query.stems[stem] for stem in query.standing_for(one.stems)}
        passages, more = equivalents_gain(one, own, stems)
        scores[passages] += more
    return scores


def equivalents_gain(
    equivalents: StemEquivalents, own: Mapping[str, float], stems: BM25
) -> tuple[NDArray[np.integer], Scores]:
    """Return the passages that have another spelling of a query's own stems, and how much more than those it scores.

    `own` are those stems, with what stands for them in the corpus, and how many times each counts. A spelling counts
    only where all its stems stand, and is worth at most what the query's own words are, so it never outdoes them.
    """
    worth = stems.worth(equivalents.stems)
    found = [
        stems.postings(equivalents.alone, worth, without=equivalents.stems),
        *(_score(run, worth, stems) for run in equivalents.longer_runs),
    ]
    if not any(len(held) for held, _ in found):
        return np.zeros(0, dtype=np.int32), np.zeros(0)
    best, is_held = np.full(stems.row_count, -np.inf), np.zeros(stems.row_count, dtype=np.bool_)
    for held, scores in found:
        np.maximum.at(best, held, scores)
        is_held[held] = True
    passages = np.flatnonzero(is_held)
    before = stems.get_scores(list(own), own)[passages]
    return passages, np.maximum(equivalents.weight * best[passages], before) - before


def _score(run: tuple[str, ...], worth: float, stems: BM25) -> tuple[NDArray[np.integer], Scores]:
    """Return the passages that hold every stem of a spelling, and score them."""
    held = stems.passages_with_all(run)
    return held, stems.score_passages(list(dict.fromkeys(run)), held, dict.fromkeys(run, run_scale(run, worth, stems)))


def run_scale(run: Collection[str], worth: float, stems: StemWeights) -> float:
    """Return how many times each stem of a run counts, which together are worth no more than `worth`."""
    total = sum(stems.weight(stem, 0.0) for stem in dict.fromkeys(run))
    return min(1.0, worth / total) if total > 0 else 1.0
