"""Queries: stems, 4-grams, equivalents and scope, and the shortlist of passages that is scored more closely."""

import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bot.arabic import Term, grams
from bot.articles import Article, ArticleStore, outlet_key
from bot.retrieval.bm25 import BM25
from bot.retrieval.gram_bm25 import GramCounts
from bot.retrieval.passage import IndexedPassage
from bot.retrieval.postings import Scores
from bot.retrieval.ranking_parameters import RANKING
from bot.retrieval.top_k import top_k_in_order
from bot.retrieval.variants import Variant
from bot.storage import IntArray

MAX_VARIANT_TERMS = 32
"""So many words of a query are looked for in other spellings. Of 3,223 questions the longest has 25 words."""

FindVariants = Callable[[Term], tuple[Variant, ...]]
"""Returns what stands for a term where no passage holds its stem, else nothing."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A filter of articles: from one day to another, both included, of one outlet, however it is spelled.

    None sets no bound. An article without a date is in no scope that has a first or a last day.
    """

    since: date | None = None
    until: date | None = None
    outlet: str | None = None

    def includes(self, article: Article) -> bool:
        """Tell whether an article is in scope."""
        return self._includes_day(article.published) and self._includes_outlet(article.outlet)

    def mask(self, articles: ArticleStore, numbers: NDArray[np.integer] | slice = slice(None)) -> NDArray[np.bool_]:
        """Tell of articles of a store, of all or of these numbers, whether they are in scope, without reading any."""
        days, outlets = articles.columns.days[numbers], articles.columns.outlets[numbers]
        included = np.ones(len(days), dtype=np.bool_)
        if self.since is not None:
            included &= days >= self.since.toordinal()
        if self.until is not None:
            included &= (days > 0) & (days <= self.until.toordinal())
        if self.outlet is not None:
            key, names = outlet_key(self.outlet), articles.outlet_names
            included &= np.isin(outlets, [label for label, name in names.items() if outlet_key(name) == key])
        return included

    def _includes_day(self, day: date | None) -> bool:
        if day is None:
            return self.since is None and self.until is None
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def _includes_outlet(self, outlet: str | None) -> bool:
        if self.outlet is None:
            return True
        return outlet is not None and outlet_key(outlet) == outlet_key(self.outlet)


@dataclass(frozen=True, slots=True)
class Query:
    """How much each stem and gram counts, and for each term what stands for it where no passage holds its stem."""

    terms: Sequence[Term]
    stems: Mapping[str, float]
    grams: Mapping[str, float]
    variants: tuple[tuple[Variant, ...], ...]

    def standing_for(self, stems: Collection[str]) -> set[str]:
        """Return those of the query's stems that stand for these, which are among them."""
        found = (each for term, each in zip(self.terms, self.variants, strict=True) if term.stem in stems)
        return {*stems, *(variant.stem for each in found for variant in each)}


def make_query(terms: Sequence[Term], find_variants: FindVariants) -> Query:
    """Make a query of terms; variants count by their similarity, the grams of the nearest beside those of the term."""
    variants = tuple(find_variants(term) if place < MAX_VARIANT_TERMS else () for place, term in enumerate(terms))
    weights = dict.fromkeys((term.stem for term in terms), 1.0)
    counts: dict[str, float] = dict(Counter(gram for term in terms for gram in term.grams))
    for found in variants:
        for variant in found:
            weights[variant.stem] = max(weights.get(variant.stem, 0.0), variant.similarity)
        for gram in [gram for variant in found[:1] for gram in grams(variant.word)]:
            counts[gram] = max(counts.get(gram, 0.0), found[0].similarity)
    return Query(terms, weights, counts, variants)


@dataclass(frozen=True, slots=True)
class StemEquivalents:
    """Stems of a query that together say one thing, and the stems and the runs of stems that say it in other words.

    `weight`, 0 to 1, is what these count beside the stems themselves.
    """

    stems: frozenset[str]
    single: frozenset[str] = frozenset()
    runs: frozenset[tuple[str, ...]] = frozenset()
    weight: float = 1.0


def equivalents_gain(
    equivalents: StemEquivalents, own: Mapping[str, float], stems: BM25
) -> tuple[NDArray[np.integer], Scores]:
    """Return the passages that have another spelling of a query's own stems, and how much more than those it scores.

    `own` are those stems, with what stands for them in the corpus, and how many times each counts. A spelling counts
    only where all its stems stand, and is worth at most what the query's own words are, so it never outdoes them.
    """
    worth = sum(stems.weight(stem, _unknown(stems)) for stem in equivalents.stems)
    alone = frozenset(run[0] for run in equivalents.runs if len(run) == 1)
    single = equivalents.single | alone if alone else equivalents.single
    runs = (run for run in equivalents.runs if len(run) > 1 and not equivalents.stems.issuperset(run))
    found = [
        stems.postings(single, worth, without=equivalents.stems),
        *(_score(run, worth, stems) for run in runs),
    ]
    if not any(len(held) for held, _ in found):
        return np.zeros(0, dtype=np.int32), np.zeros(0)
    best, is_held = np.full(len(stems), -np.inf), np.zeros(len(stems), dtype=np.bool_)
    for held, scores in found:
        np.maximum.at(best, held, scores)
        is_held[held] = True
    passages = np.flatnonzero(is_held)
    before = stems.get_scores(list(own), own)[passages]
    return passages, np.maximum(equivalents.weight * best[passages], before) - before


def _score(run: tuple[str, ...], worth: float, stems: BM25) -> tuple[NDArray[np.integer], Scores]:
    """Return the passages that hold every stem of a spelling, and score them."""
    held = stems.passages_with_all(run)
    weights = {stem: stems.weight(stem, 0.0) for stem in run}
    scale = min(1.0, worth / (sum(weights.values()) or 1.0))
    return held, stems.score_passages(list(weights), held, dict.fromkeys(weights, scale))


def _unknown(stems: BM25) -> float:
    """Return the idf of a stem that no passage holds."""
    return math.log(2 * len(stems) + 1)


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


def choose(scores: Scores, articles: IntArray, within: NDArray[np.bool_] | None = None) -> NDArray[np.intp]:
    """Return the hundred passages of the best scores, of all or of those within, in order; of equal scores the first.

    Where one article fills nearly all of the list, the best passages of others join it, since a passage's lead is
    measured over those.
    """
    if within is not None:
        places = np.flatnonzero(within)
        return places[choose(scores[places], articles[places])]
    chosen = top_k_in_order(scores, RANKING.shortlist_size)
    listed, counts = np.unique(articles[chosen], return_counts=True)
    if len(chosen) - counts.max(initial=0) >= RANKING.least_of_other_articles or not len(chosen):
        return chosen
    others = np.flatnonzero(articles != listed[counts.argmax()])
    return np.union1d(chosen, others[top_k_in_order(scores[others], RANKING.least_of_other_articles)])
