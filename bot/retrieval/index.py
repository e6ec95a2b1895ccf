"""The index of an edition: BM25 over stems finds passages, and with BM25 over character 4-grams they are ranked."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.arabic import Analyser, Term
from bot.articles import ArticleTable
from bot.retrieval.bm25 import BM25
from bot.retrieval.fields import Fields
from bot.retrieval.gram_bm25 import GramBM25
from bot.retrieval.passage import Passage, Passages
from bot.retrieval.query import Shortlist, StemEquivalents, choose, equivalents_gain, make_query
from bot.retrieval.variants import Variant, VariantLookup
from bot.retrieval.vocabulary import Vocabulary
from bot.retrieval.word_places import Layouts
from bot.storage import Arrays, IntArray, strip_prefix

# Grams find what stems miss, but a word has several of them: R@1 .876 with half their score, .873 with all of it.
_GRAM_WEIGHT = 0.5
# Words that are neighbours anywhere are so in one of the first passages that have both.
_LOOKED_AT = 256


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that ranks, by its number in the index, and the score it ranks by."""

    number: int
    passage: Passage
    score: float


class PassageIndex:
    """Ranks the passages of articles: title (twice), heading and paragraph are counted in one field."""

    def __init__(self, arrays: Arrays, articles: ArticleTable, analyser: Analyser) -> None:
        """Take an index of a table's articles, read by an `IndexBuilder` with the same analyser, out of its arrays."""
        self.analyser = analyser
        self.fields = Fields.from_arrays(strip_prefix(arrays, "fields"))
        self.passages = Passages(articles, self.fields.articles, arrays["paragraphs"])
        self.layouts = Layouts(strip_prefix(arrays, "layouts"))
        self.vocabulary = Vocabulary(strip_prefix(arrays, "vocabulary"))
        self.stems = BM25.from_arrays(strip_prefix(arrays, "stems"), self.vocabulary.forms)
        self.grams = GramBM25(strip_prefix(arrays, "grams"), self.fields, self.vocabulary)
        self._lookup = VariantLookup(self.vocabulary, self.stems)

    def __len__(self) -> int:
        return len(self.passages)

    @property
    def article_numbers(self) -> IntArray:
        """The number of each passage's article, in the order of the corpus."""
        return self.fields.articles

    def search(self, terms: Sequence[Term], limit: int, equivalents: Sequence[StemEquivalents] = ()) -> list[Hit]:
        """Return the best passages for terms, best first; equal scores keep the order of the corpus."""
        return self.hits(self.shortlist(terms, equivalents), limit)

    def shortlist(
        self,
        terms: Sequence[Term],
        equivalents: Sequence[StemEquivalents] = (),
        within: NDArray[np.bool_] | None = None,
    ) -> Shortlist:
        """Find the passages that hold the terms' stems or other spellings best; score those by stems and grams.

        `within` says of each passage whether it may be found. What a word is worth is a matter of the whole corpus.
        """
        query = make_query(terms, self.variants)
        scores = self.stems.get_scores(list(query.stems), query.stems)
        for one in equivalents:
            own = {stem: query.stems[stem] for stem in query.standing_for(one.stems)}
            passages, more = equivalents_gain(one, own, self.stems)
            scores[passages] += more
        chosen = choose(scores, self.article_numbers, within)
        grams = self.grams.count(query.grams, chosen)
        closer = scores[chosen] + _GRAM_WEIGHT * grams.scores()
        return Shortlist(chosen, self.article_numbers[chosen], closer, grams, query.variants)

    def variants(self, term: Term) -> tuple[Variant, ...]:
        """Return what a term can stand for that no passage holds; nothing for one that is held."""
        return () if self.stems.document_frequency(term.stem) else self._lookup.variants(term)

    def has_adjacent(self, first: str, second: str) -> bool:
        """Tell whether two words in normal form stand side by side anywhere, but for stop words."""
        one, other = map(self.vocabulary.words.find, (first, second))
        if one is None or other is None:
            return False
        both = self.stems.passages_with_all((self.vocabulary[one].stem, self.vocabulary[other].stem))
        parts = (both[start : start + _LOOKED_AT] for start in range(0, len(both), _LOOKED_AT))
        return any(self.fields.has_adjacent(one, other, part) for part in parts)

    def hits(self, shortlist: Shortlist, limit: int) -> list[Hit]:
        """Return the best passages of a shortlist, best first."""
        best = ((int(shortlist.passages[place]), float(shortlist.scores[place])) for place in shortlist.top_k(limit))
        return [Hit(number, self.passages[number], score) for number, score in best]
