"""Other spellings of what a query says: a passage that has one of them is found as if it had the query's own words."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bot.retrieval.bm25 import BM25, Scores


@dataclass(frozen=True, slots=True)
class Spelled:
    """Stems of a query that together say one thing, and the runs of stems that say it in other words."""

    stems: frozenset[str]
    others: frozenset[tuple[str, ...]]


def gain(spelled: Spelled, own: Mapping[str, float], stems: BM25) -> Scores:
    """Return for every passage how much more than the query's own stems one other spelling of them scores.

    `own` are those stems, with what stands for them in the corpus, and what each is worth. A spelling counts only where
    all its stems stand, and is worth at most what the query's own words are, so it never outdoes them.
    """
    others = (run for run in spelled.others if not spelled.stems.issuperset(run))
    known = [run for run in others if all(map(stems.document_frequency, run))]
    if not known:
        return np.zeros(len(stems))
    before = stems.get_scores(list(own), own)
    worth = sum(stems.idf.get(stem, _unknown(stems)) for stem in spelled.stems)
    best = np.max([before, *(_score(run, worth, stems) for run in sorted(known))], axis=0)
    return np.asarray(best - before)


def _score(run: tuple[str, ...], worth: float, stems: BM25) -> Scores:
    """Score the passages that hold every stem of a spelling."""
    words = list(dict.fromkeys(run))
    # The idf of a stem that half of the passages hold is zero.
    saturations = np.array([stems.get_scores([stem], {stem: 1.0}) for stem in words])
    weights = np.array([stems.idf[stem] for stem in words])
    weights *= min(1.0, worth / (float(weights.sum()) or 1.0))
    return np.asarray((weights[:, np.newaxis] * saturations).sum(axis=0) * np.all(saturations > 0, axis=0))


def _unknown(stems: BM25) -> float:
    """Return the idf of a stem that no passage holds."""
    return math.log(2 * len(stems) + 1)
