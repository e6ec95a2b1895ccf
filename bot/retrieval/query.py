"""Queries: stems and 4-grams, with what stands for those that no passage holds, and the scope."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bot.arabic import Term, grams
from bot.articles import Article, ArticleStore, outlet_key, outlet_labels
from bot.retrieval.bm25 import StemWeights
from bot.retrieval.variants import Variant

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
            included &= np.isin(outlets, outlet_labels(articles, self.outlet))
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

    def silent_stems(self, stems: StemWeights) -> list[str]:
        """Return the stems that a passage may hold and score nothing: the idf of those that half of all hold is 0.

        Where nearly every stem is held by more than half, it is even less.
        """
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
