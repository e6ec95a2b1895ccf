"""Queries: stems, their equivalents and 4-grams, with variants for stems that no passage holds, and the scope."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bot.arabic import Term, grams
from bot.articles import Article, ArticleStore, outlet_key, outlet_labels
from bot.retrieval.bm25 import BM25
from bot.retrieval.postings import Scores
from bot.retrieval.variants import Variant

MAX_VARIANT_TERMS = 32
"""So many words of a query are looked for in other spellings. Of 3,223 questions the longest has 25 words."""

FindVariants = Callable[[Term], tuple[Variant, ...]]
"""Returns what stands for a term where no passage holds its stem, else nothing."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A filter of articles: from one day to another, both included, of one outlet, however it is spelled, by their ids.

    None sets no bound. An article without a date is in no scope that has a first or a last day.
    """

    since: date | None = None
    until: date | None = None
    outlet: str | None = None
    articles: frozenset[str] | None = None

    def includes(self, article: Article) -> bool:
        day, outlet = article.published, article.outlet
        if self.outlet is not None and (outlet is None or outlet_key(outlet) != outlet_key(self.outlet)):
            return False
        if self.articles is not None and article.id not in self.articles:
            return False
        if day is None:
            return self.since is None and self.until is None
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def mask(self, articles: ArticleStore, numbers: NDArray[np.integer] | slice = slice(None)) -> NDArray[np.bool_]:
        """Whether articles of a store, all or these numbers, are in scope, without reading any; (n,) bool."""
        days, outlets = articles.columns.days[numbers], articles.columns.outlets[numbers]
        included = np.ones(len(days), dtype=np.bool_)
        if self.since is not None:
            included &= days >= self.since.toordinal()
        if self.until is not None:
            included &= (days > 0) & (days <= self.until.toordinal())
        if self.outlet is not None:
            included &= np.isin(outlets, outlet_labels(articles, self.outlet))
        if self.articles is not None:
            included &= np.isin(np.arange(len(articles))[numbers], self.numbers(articles))
        return included

    def numbers(self, articles: ArticleStore) -> list[int]:
        """Return the numbers of the articles that are chosen by their ids, as far as a store has them."""
        return sorted(number for number in map(articles.number, self.articles or ()) if number is not None)


@dataclass(frozen=True, slots=True)
class Query:
    """How much each stem and gram counts, and for each term what stands for it where no passage holds its stem."""

    terms: Sequence[Term]
    stems: Mapping[str, float]
    grams: Mapping[str, float]
    variants: tuple[tuple[Variant, ...], ...]

    def standing_for(self, stems: Collection[str]) -> dict[str, float]:
        """Return those of the query's stems that stand for these, which are among them, with how much each counts."""
        found = (each for term, each in zip(self.terms, self.variants, strict=True) if each and term.stem in stems)
        return {stem: self.stems[stem] for stem in {*stems, *(one.stem for each in found for one in each)}}

    def silent_stems(self, stems: BM25) -> list[str]:
        """Return the stems that a passage may hold and score nothing, since half of all passages hold them."""
        return [stem for stem in self.stems if stems.weight(stem, 1.0) <= 0]


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

    `groups` are sets of such stems that are those of many queries. `weight`, 0 to 1, is what all count beside the stems
    themselves.
    """

    stems: frozenset[str]
    single: frozenset[str] = frozenset()
    runs: frozenset[tuple[str, ...]] = frozenset()
    weight: float = 1.0
    groups: tuple[frozenset[str], ...] = ()

    def numbers(self, stems: BM25) -> NDArray[np.int64]:
        """Return the stems that say it each by itself, as numbers of a model, in order."""
        alone = self.single.union(run[0] for run in self.runs if len(run) == 1) if self.runs else self.single
        return stems.numbers(alone, self.groups, without=self.stems)

    @property
    def longer_runs(self) -> list[tuple[str, ...]]:
        """The runs of several stems, not all of which the query has."""
        return [run for run in self.runs if len(run) > 1 and not self.stems.issuperset(run)]


def score_stems(query: Query, equivalents: Sequence[StemEquivalents], stems: BM25) -> Scores:
    """Score the passages of a model by a query's stems, and by what says the same in other words; (rows,)."""
    scores = stems.get_scores(list(query.stems), query.stems)
    if not equivalents:
        return scores
    # A spelling counts only where all its stems stand, and never outdoes what the query's own words are worth.
    worths = [stems.worth(one.stems) for one in equivalents]
    found = stems.postings([one.numbers(stems) for one in equivalents], worths)
    best, before = np.full(len(scores), -np.inf), np.zeros(len(scores))
    for one, worth, of_stems in zip(equivalents, worths, found, strict=True):
        held, gains = of_stems
        for run in one.longer_runs:
            having, scale = stems.passages_with_all(run), run_scale(run, worth, stems)
            of_run = stems.score_passages(list(dict.fromkeys(run)), having, dict.fromkeys(run, scale))
            held, gains = np.concatenate((held, having)), np.concatenate((gains, of_run))
        if len(held):
            np.maximum.at(best, held, one.weight * gains)
            own = stems.weighted_postings(query.standing_for(one.stems))
            for passages, values in own:
                before[passages] += values
            # A passage that has several spellings is held as often, and takes the best once.
            scores[held] += np.maximum(best[held] - before[held], 0.0)
            best[held] = -np.inf
            for passages, _ in own:
                before[passages] = 0.0
    return scores


def run_scale(run: Collection[str], worth: float, stems: BM25) -> float:
    """Return how many times each stem of a run counts, which together are worth no more than `worth`."""
    total = sum(stems.weight(stem, 0.0) for stem in dict.fromkeys(run))
    return min(1.0, worth / total) if total > 0 else 1.0
