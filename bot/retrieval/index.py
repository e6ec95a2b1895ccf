"""The index of an edition: BM25 over stems finds passages, and with BM25 over character 4-grams they are ranked."""

from collections.abc import Collection, Iterator, Sequence
from functools import partial

import numpy as np

from bot.arabic import Analyser, Term
from bot.articles import ArticleStore
from bot.retrieval.bm25 import BM25
from bot.retrieval.duplicates.near_duplicates import NearDuplicates
from bot.retrieval.engine import SearchEngine
from bot.retrieval.fields import Fields
from bot.retrieval.gram_bm25 import GramBM25
from bot.retrieval.passage import IndexedPassage, Passage
from bot.retrieval.passage_layouts import Layouts
from bot.retrieval.query import Scope, StemEquivalents, make_query, score_stems
from bot.retrieval.ranking_parameters import RANKING
from bot.retrieval.shortlist import Shortlist, choose_matching
from bot.retrieval.vocabulary import Vocabulary
from bot.storage import Arrays, IntArray, strip_prefix

# Words that are neighbours anywhere are so in one of the first passages that have both.
_LOOKED_AT = 256


class PassageIndex(SearchEngine):
    """The embedded search engine: title (twice), heading and paragraph of a passage are counted in one field."""

    def __init__(
        self, arrays: Arrays, articles: ArticleStore, near_duplicates: NearDuplicates, analyser: Analyser
    ) -> None:
        """Take an index of a table's articles, read by an `IndexBuilder` with the same analyser, out of its arrays."""
        vocabulary = Vocabulary(strip_prefix(arrays, "vocabulary"))
        stems = BM25.from_arrays(strip_prefix(arrays, "stems"), vocabulary.forms)
        super().__init__(analyser, vocabulary, stems, articles, near_duplicates)
        self.fields = Fields.from_arrays(strip_prefix(arrays, "fields"))
        self._paragraphs = arrays["paragraphs"]
        self.layouts = Layouts(strip_prefix(arrays, "layouts"))
        self.grams = GramBM25.from_arrays(strip_prefix(arrays, "grams"), self.fields, vocabulary)

    def passage(self, number: int) -> Passage:
        return Passage(self._articles.at(int(self.article_numbers[number])), int(self._paragraphs[number]))

    @property
    def article_numbers(self) -> IntArray:
        """The number of each passage's article, in the order of the corpus."""
        return self.fields.articles

    def shortlist(
        self, terms: Sequence[Term], equivalents: Sequence[StemEquivalents] = (), scope: Scope | None = None
    ) -> Shortlist:
        """Find the passages in scope that hold the terms' stems or equivalents best; score those by stems and grams."""
        query = make_query(terms, self.variants)
        scores = score_stems(query, equivalents, self.stems)
        within = None if scope is None else scope.mask(self._articles)[self.article_numbers]
        chosen = choose_matching(query, scores, self.stems, self.article_numbers, within)
        grams = self.grams.count(query.grams, chosen)
        closer = scores[chosen] + RANKING.gram_weight * grams.scores()
        return Shortlist(chosen, self.article_numbers[chosen], closer, grams, query.variants, self.read)

    def read(self, numbers: Sequence[int]) -> list[IndexedPassage]:
        """Return passages by number, in that order; their texts are made when they are looked at."""
        return [self._indexed(number) for number in numbers]

    def holds(self, number: int, stems: Collection[str]) -> bool:
        return bool(np.any(self.stems.passages_with_all(stems) == number))

    def articles_of(self, passages: IntArray) -> IntArray:
        return self.article_numbers[passages]

    def _passages(self, numbers: IntArray) -> list[Passage]:
        return [self.passage(number) for number in numbers.tolist()]

    def _words_before(self, run: Sequence[int], forms: Collection[int]) -> Iterator[IntArray]:
        holding = self.stems.passages_with_all([self.vocabulary.forms[form] for form in forms])
        for start in range(0, len(holding), _LOOKED_AT):
            yield self.fields.before(run, holding[start : start + _LOOKED_AT])

    def _indexed(self, number: int) -> IndexedPassage:
        fields, article = self.fields, int(self.article_numbers[number])
        return IndexedPassage(
            number,
            article,
            self._duplicates.group(number),
            fields.texts[number],
            fields.titles[article],
            fields.headings[number],
            self.layouts.of(number),
            self.vocabulary,
            self.analyser,
            partial(self.passage, number),
        )
