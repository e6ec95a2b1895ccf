"""Other spellings of what a query says: a passage that has one of them is found as if it had the query's own words."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.bm25 import BM25
from bot.retrieval.postings import Scores


@dataclass(frozen=True, slots=True)
class Spelled:
    """Stems of a query that together say one thing, and the runs of stems that say it in other words."""

    stems: frozenset[str]
    others: frozenset[tuple[str, ...]]


def gain(spelled: Spelled, own: Mapping[str, float], stems: BM25) -> tuple[NDArray[np.integer], Scores]:
    """Return the passages that have another spelling of a query's own stems, and how much more than those it scores.

    `own` are those stems, with what stands for them in the corpus, and how many times each counts. A spelling counts
    only where all its stems stand, and is worth at most what the query's own words are, so it never outdoes them.
    """
    worth = sum(stems.weight(stem, _unknown(stems)) for stem in spelled.stems)
    runs = sorted(run for run in spelled.others if run and not spelled.stems.issuperset(run))
    found = [(run, passages) for run in runs if len(passages := stems.holding(run))]
    if not found:
        return np.zeros(0, dtype=np.int32), np.zeros(0)
    passages = np.unique(np.concatenate([held for _, held in found]))
    before = stems.scores_of(list(own), passages, own)
    best = before.copy()
    for run, held in found:
        places = np.searchsorted(passages, held)
        best[places] = np.maximum(best[places], _score(run, held, worth, stems))
    return passages, best - before


def _score(run: tuple[str, ...], passages: NDArray[np.integer], worth: float, stems: BM25) -> Scores:
    """Score the passages that hold every stem of a spelling."""
    weights = {stem: stems.weight(stem, 0.0) for stem in run}
    scale = min(1.0, worth / (sum(weights.values()) or 1.0))
    return stems.scores_of(list(weights), passages, dict.fromkeys(weights, scale))


def _unknown(stems: BM25) -> float:
    """Return the idf of a stem that no passage holds."""
    return math.log(2 * len(stems) + 1)
