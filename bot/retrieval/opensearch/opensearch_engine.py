"""The search engine over the index of an edition in a cluster: the same passages, scores and order as in memory."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.arabic import Analyser, Term
from bot.articles import Article, outlet_labels
from bot.articles.article_store import NONE
from bot.retrieval.engine import IncompleteIndexError, SearchEngine
from bot.retrieval.fields import Fields
from bot.retrieval.opensearch import index_fields as field
from bot.retrieval.opensearch.candidate_passages import EditionModel
from bot.retrieval.opensearch.candidate_query import CandidateQuery, Clause, read_columns
from bot.retrieval.opensearch.candidate_search import CandidateSearch
from bot.retrieval.opensearch.packed_passages import PackedLayout, PassageWords, unpack_layout, unpack_words
from bot.retrieval.opensearch.published_articles import PublishedArticles
from bot.retrieval.opensearch.sealed_index import SealedIndex
from bot.retrieval.passage import NO_GROUP, IndexedPassage, Passage
from bot.retrieval.query import Scope, StemEquivalents, make_query
from bot.retrieval.ranking_parameters import RANKING
from bot.retrieval.shortlist import Shortlist, choose_matching
from bot.storage import Arrays, strip_prefix

# Passages that are read for their words at a time.
_LOOKED_AT, _READ_AT_ONCE = 256, 1000


def open_engine(
    index: SealedIndex, arrays: Arrays, facts: Mapping[str, Any], analyser: Analyser
) -> tuple["OpenSearchEngine", PublishedArticles]:
    """Return the engine and the articles of an index, given the arrays and facts of its side file."""
    articles = PublishedArticles(index, strip_prefix(arrays, "articles"))
    model = EditionModel.from_arrays(strip_prefix(arrays, "index"), facts)
    return OpenSearchEngine(index, model, articles, analyser), articles


class OpenSearchEngine(SearchEngine):
    """The search engine over one index of a cluster, with the models of its edition at hand.

    Every method that reads passages raises a SearchError where the cluster does not give all of what is asked.
    """

    def __init__(
        self, index: SealedIndex, model: EditionModel, articles: PublishedArticles, analyser: Analyser
    ) -> None:
        """Search an index; raise SearchUnknownError where the server scores in a way that nobody foresaw."""
        super().__init__(analyser, model.vocabulary, model.stems_without_passages)
        self._index = index
        self._model = model
        self._articles = articles
        self._search = CandidateSearch(index, model)

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
        """Return passages by number, in that order, with their texts."""
        parts = (numbers[first : first + _READ_AT_ONCE] for first in range(0, len(numbers), _READ_AT_ONCE))
        return [passage for part in parts for passage in self._read(part)]

    def holds(self, number: int, stems: Collection[str]) -> bool:
        """Whether a passage holds every one of some stems, at least one."""
        known = [form for stem in stems if (form := self.vocabulary.forms.find(stem)) is not None]
        if len(known) < len(stems) or not known:
            return False
        body = _columns([*_with_stems(known), {"term": {field.NUMBER: number}}], field.NUMBER, size=1)
        return bool(_values(self._index.search(body), field.NUMBER))

    def near_duplicates(self, passage: IndexedPassage, scope: Scope | None, limit: int) -> list[Passage]:
        """Return near duplicates of other articles in scope: those of other outlets first, then by day."""
        if passage.group == NO_GROUP:
            return []
        names = self._articles.outlet_names
        outlet = names.get(int(self._articles.columns.outlets[passage.article_number]))
        own: Clause = {"terms": {field.OUTLET: [NONE, *outlet_labels(self._articles, outlet)]}}
        others = {"bool": {"must_not": [{"term": {field.ARTICLE_OF: passage.article_number}}]}}
        group: list[Clause] = [{"term": {field.GROUP: passage.group}}, others, *self._filters(scope)]
        outlets = {"bool": {"must_not": [own]}}, own
        bodies = [_columns([*group, one], field.LAYOUT, size=limit, order=field.PLACE_IN_GROUP) for one in outlets]
        found = self._index.search_all(bodies)
        places = [unpack_layout(value) for response in found for value in _values(response, field.LAYOUT)][:limit]
        articles = self._articles.read(self._model.articles_of([place.number for place in places]).tolist())
        return [Passage(article, place.paragraph) for place, article in zip(places, articles, strict=True)]

    def _holding(self, forms: Collection[int]) -> Iterator[tuple[Fields, NDArray[np.integer]]]:
        last, count = -1, _LOOKED_AT
        while count == _LOOKED_AT:
            after = {"range": {field.NUMBER: {"gt": last}}}
            body = _columns([*_with_stems(forms), after], field.WORDS, size=_LOOKED_AT)
            found = unpack_words(_values(self._index.search(body), field.WORDS))
            count = len(found.fields)
            yield found.fields, np.arange(count)
            last = int(found.numbers[-1]) if count else last

    def _filters(self, scope: Scope | None) -> list[Clause]:
        """Return the clauses that leave the passages in scope."""
        if scope is None:
            return []
        days = {"gte": scope.since.toordinal()} if scope.since else {"gt": 0} if scope.until else {}
        if scope.until:
            days["lte"] = scope.until.toordinal()
        filters: list[Clause] = [{"range": {field.DAY: days}}] if days else []
        if scope.outlet is not None:
            filters.append({"terms": {field.OUTLET: outlet_labels(self._articles, scope.outlet)}})
        if scope.articles is not None:
            filters.append({"terms": {field.ARTICLE_OF: scope.numbers(self._articles)}})
        return filters

    def _read(self, numbers: Sequence[int], words: PassageWords | None = None) -> list[IndexedPassage]:
        """Read passages, of which the words may be at hand, and their articles, in one request."""
        if not numbers:
            return []
        of_articles = self._model.articles_of(numbers).tolist()
        missing = sorted(self._articles.missing(of_articles))
        columns = (field.LAYOUT,) if words else (field.LAYOUT, field.WORDS)
        bodies = [_columns([{"terms": {field.NUMBER: list(set(numbers))}}], *columns, size=len(numbers))]
        if missing:
            bodies.append(self._articles.body(missing))
        found, *others = self._index.search_all(bodies)
        articles = self._articles.take(missing, others[0]) if missing else {}
        words = words or unpack_words(_values(found, field.WORDS))
        places = {place.number: place for place in map(unpack_layout, _values(found, field.LAYOUT))}
        if lacking := set(numbers) - places.keys():
            raise IncompleteIndexError(f"{len(lacking)} of {len(numbers)} passages lack")
        return [
            self._indexed(words, places[number], article, articles.get(article))
            for number, article in zip(numbers, of_articles, strict=True)
        ]

    def _indexed(
        self, words: PassageWords, place: PackedLayout, number: int, article: Article | None
    ) -> IndexedPassage:
        def read_passage() -> Passage:
            return Passage(article or self._articles.at(number), place.paragraph)

        row, fields = words.row(place.number), words.fields
        return IndexedPassage(
            place.number,
            number,
            int(words.groups[row]),
            fields.texts[row],
            fields.titles[row],
            fields.headings[row],
            place.layout,
            self.vocabulary,
            self.analyser,
            read_passage,
        )


def _with_stems(forms: Iterable[int]) -> list[Clause]:
    """Return the clauses that leave the passages that hold all of some stems."""
    return [{"term": {field.STEMS: str(form)}} for form in forms]


def _columns(filters: Sequence[Clause], *names: str, size: int, order: str = field.NUMBER) -> Clause:
    """Return the request for columns of the passages that some clauses leave."""
    return {**read_columns(*names), "query": {"bool": {"filter": filters}}, "size": size, "sort": [{order: "asc"}]}


def _values(response: Mapping[str, Any], name: str) -> list[Any]:
    return [hit["fields"][name][0] for hit in response["hits"]["hits"]]
