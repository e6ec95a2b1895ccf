"""What is searched for: the stems and grams of a question's terms, and what the corpus has in place of unknown ones."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.arabic import Term, grams
from bot.retrieval.lookup import Variant

MOST_SPELLINGS = 32
"""So many words of a query are looked for in other spellings. Of 3,223 questions the longest has 25 words."""

Near = Callable[[Term], tuple[Variant, ...]]
"""Returns what stands for a term where no passage holds its stem, else nothing."""


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


def make_query(terms: Sequence[Term], near: Near) -> Query:
    """Make a query of terms; variants count by their similarity, the grams of the nearest beside those of the term."""
    variants = tuple(near(term) if place < MOST_SPELLINGS else () for place, term in enumerate(terms))
    weights = dict.fromkeys((term.stem for term in terms), 1.0)
    counts: dict[str, float] = dict(Counter(gram for term in terms for gram in term.grams))
    for found in variants:
        for variant in found:
            weights[variant.stem] = max(weights.get(variant.stem, 0.0), variant.similarity)
        for gram in [gram for variant in found[:1] for gram in grams(variant.word)]:
            counts[gram] = max(counts.get(gram, 0.0), found[0].similarity)
    return Query(terms, weights, counts, variants)
