"""The search engine over the index of an edition in a cluster: the same passages, scores and order as in memory."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from bot.arabic import Analyser, Term
from bot.articles import Article
from bot.retrieval.duplicates.near_duplicates import NearDuplicates
from bot.retrieval.engine import IncompleteIndexError, SearchEngine
from bot.retrieval.opensearch import index_fields as field
from bot.retrieval.opensearch.candidate_passages import EditionModel
from bot.retrieval.opensearch.candidate_query import CandidateQuery, Clause, read_columns
from bot.retrieval.opensearch.candidate_search import CandidateSearch
from bot.retrieval.opensearch.packed_passages import PackedLayout, PassageWords, unpack_layout
from bot.retrieval.opensearch.published_articles import PublishedArticles, outlet_digest
from bot.retrieval.opensearch.sealed_index import SealedIndex
from bot.retrieval.passage import IndexedPassage, Passage
from bot.retrieval.query import Scope, StemEquivalents, make_query
from bot.retrieval.ranking_parameters import RANKING
from bot.retrieval.shortlist import Shortlist, choose_matching
from bot.storage import Arrays, IntArray, strip_prefix

# Passages that are looked at for their words at a time; a few more are read, since a base has some that do not count.
_LOOKED_AT, _READ_TO_LOOK_AT, _READ_AT_ONCE = 256, 260, 1000


def open_engine(
    index: SealedIndex, arrays: Arrays, facts: Mapping[str, Any], analyser: Analyser
) -> tuple["OpenSearchEngine", PublishedArticles]:
    """Return the engine and the articles of an index, given the arrays and facts of its side file."""
    model = EditionModel(strip_prefix(arrays, "index"), facts)
    articles = PublishedArticles(index, strip_prefix(arrays, "articles"), model.keys)
    duplicates = NearDuplicates(strip_prefix(arrays, "near_duplicates"))
    return OpenSearchEngine(index, model, articles, duplicates, analyser), articles


class OpenSearchEngine(SearchEngine):
    """The search engine over one index of a cluster, with the models of its edition at hand.

    Every method that reads passages raises a SearchError where the cluster does not give all of what is asked.
    """

    _articles: PublishedArticles

    def __init__(
        self,
        index: SealedIndex,
        model: EditionModel,
        articles: PublishedArticles,
        duplicates: NearDuplicates,
        analyser: Analyser,
    ) -> None:
        """Search an index; raise SearchUnknownError where the server scores in a way that nobody foresaw."""
        super().__init__(analyser, model.vocabulary, model.stems_without_passages, articles, duplicates)
        self._index = index
        self._model = model
        self._search = CandidateSearch(index, model)
        self._expected: dict[frozenset[int], Mapping[str, Any]] = {}

    def shortlist(
        self, terms: Sequence[Term], equivalents: Sequence[StemEquivalents] = (), scope: Scope | None = None
    ) -> Shortlist:
        """Find the passages in scope that hold the terms' stems or equivalents best; score those by stems and grams."""
        query = make_query(terms, self.variants)
        found = self._search.find(CandidateQuery(query, equivalents, self._model), self._filters(scope))
        passages = found.passages
        chosen = choose_matching(query, found.scores, passages.stems, passages.articles)
        grams = passages.grams.count(query.grams, chosen)
        closer = found.scores[chosen] + RANKING.gram_weight * grams.scores()
        read = partial(self._read, words=passages.words)
        return Shortlist(passages.numbers[chosen], passages.articles[chosen], closer, grams, query.variants, read)

    def read(self, numbers: Sequence[int]) -> list[IndexedPassage]:
        parts = (numbers[first : first + _READ_AT_ONCE] for first in range(0, len(numbers), _READ_AT_ONCE))
        return [passage for part in parts for passage in self._read(part)]

    def holds(self, number: int, stems: Collection[str]) -> bool:
        known = [form for stem in stems if (form := self.vocabulary.forms.find(stem)) is not None]
        if len(known) < len(stems) or not known:
            return False
        body = _columns([*self._with_stems(known), self._with_numbers([number])], field.KEY, size=1)
        return bool(_values(self._index.search(body), field.KEY))

    def expect_words_before(self, normals: Iterable[str]) -> None:
        found = (self.vocabulary.words.find(normal) for normal in normals if (normal,) not in self._before)
        forms = {frozenset((int(self.vocabulary.stems[number]),)) for number in found if number is not None}
        if forms:
            responses = self._index.search_all([self._after(-1, each) for each in forms])
            self._expected = dict(zip(forms, responses, strict=True))

    def articles_of(self, passages: IntArray) -> IntArray:
        return self._model.keys.articles_of(passages)

    def _passages(self, numbers: IntArray) -> list[Passage]:
        return [passage.passage for passage in self.read(numbers.tolist())]

    def _words_before(self, run: Sequence[int], forms: Collection[int]) -> Iterator[IntArray]:
        response = self._expected.pop(frozenset(forms), None)
        keys, values, hits = [-1], list[str](), [None] * _READ_TO_LOOK_AT
        while len(hits) == _READ_TO_LOOK_AT:
            hits = (response or self._index.search(self._after(keys[-1], forms)))["hits"]["hits"]
            response = None
            keys = [hit["sort"][0] for hit in hits]
            own = np.flatnonzero(self._model.keys.passages(np.array(keys, dtype=np.int64)) >= 0)
            values += [hits[place]["fields"][field.WORDS][0] for place in own]
            while len(values) >= _LOOKED_AT or (values and len(hits) < _READ_TO_LOOK_AT):
                yield self._model.words_before(run, values[:_LOOKED_AT])
                del values[:_LOOKED_AT]

    def _after(self, key: int, forms: Iterable[int]) -> Clause:
        filters = [*self._with_stems(forms), {"range": {field.KEY: {"gt": key}}}]
        return _columns(filters, field.WORDS, size=_READ_TO_LOOK_AT)

    def _filters(self, scope: Scope | None) -> list[Clause]:
        if scope is None:
            return []
        days = {"gte": scope.since.toordinal()} if scope.since else {"gt": 0} if scope.until else {}
        if scope.until:
            days["lte"] = scope.until.toordinal()
        filters: list[Clause] = [{"range": {field.DAY: days}}] if days else []
        if scope.outlet is not None:
            filters.append({"term": {field.OUTLET: outlet_digest(scope.outlet)}})
        if scope.articles is not None:
            keys = self._model.keys.articles[scope.numbers(self._articles)]
            filters.append({"terms": {field.ARTICLE_OF: keys.tolist()}})
        return filters

    def _read(self, numbers: Sequence[int], words: PassageWords | None = None) -> list[IndexedPassage]:
        """Read passages, of which the words may be at hand, and their articles, in one request."""
        if not numbers:
            return []
        of_articles = self.articles_of(np.array(numbers)).tolist()
        missing = sorted(self._articles.missing(of_articles))
        columns = (field.LAYOUT,) if words else (field.LAYOUT, field.WORDS)
        bodies = [_columns([self._with_numbers(list(set(numbers)))], *columns, size=len(numbers))]
        if missing:
            bodies.append(self._articles.body(missing))
        found, *others = self._index.search_all(bodies)
        articles = self._articles.take(missing, others[0]) if missing else {}
        words = words or self._model.read_words(_values(found, field.WORDS))
        layouts = [unpack_layout(value) for value in _values(found, field.LAYOUT)]
        of_layouts = self._model.keys.passages(np.array([place.key for place in layouts], dtype=np.int64))
        places = dict(zip(of_layouts.tolist(), layouts, strict=True))
        if lacking := set(numbers) - places.keys():
            raise IncompleteIndexError(f"{len(lacking)} of {len(numbers)} passages lack")
        return [
            self._indexed(number, words, places[number], article, articles.get(article))
            for number, article in zip(numbers, of_articles, strict=True)
        ]

    def _indexed(
        self, number: int, words: PassageWords, place: PackedLayout, of_article: int, article: Article | None
    ) -> IndexedPassage:
        def read_passage() -> Passage:
            return Passage(article or self._articles.at(of_article), place.paragraph)

        row, fields = words.row(number), words.fields
        return IndexedPassage(
            number,
            of_article,
            self._duplicates.group(number),
            fields.texts[row],
            fields.titles[row],
            fields.headings[row],
            place.layout,
            self.vocabulary,
            self.analyser,
            read_passage,
        )

    def _with_stems(self, forms: Iterable[int]) -> list[Clause]:
        return [{"term": {field.STEMS: str(self._model.document_stems[form])}} for form in forms]

    def _with_numbers(self, numbers: Sequence[int]) -> Clause:
        return {"terms": {field.KEY: self._model.keys.of_passages(np.array(numbers)).tolist()}}


def _columns(filters: Sequence[Clause], *names: str, size: int) -> Clause:
    """Return the request for columns of the passages that some clauses leave."""
    return {**read_columns(*names), "query": {"bool": {"filter": filters}}, "size": size, "sort": [{field.KEY: "asc"}]}


def _values(response: Mapping[str, Any], name: str) -> list[Any]:
    return [hit["fields"][name][0] for hit in response["hits"]["hits"]]
