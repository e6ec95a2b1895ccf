"""The articles of an edition in a cluster: columns at hand, packed texts read in batches and remembered."""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import numpy as np

from bot.articles import Article, ArticleColumns, ArticleStore, header, link_key, outlet_key
from bot.articles.article import article_fields, article_of
from bot.retrieval.engine import IncompleteIndexError
from bot.retrieval.opensearch.index_fields import ARTICLE_KEY, DATA, LINK, TEXT, DocumentKeys
from bot.retrieval.opensearch.sealed_index import SealedIndex
from bot.storage import Arrays, TextTable, encode, strip_prefix

# What stands packed stands in this order, and in that of `article_fields`.
_FIELDS = tuple(article_fields(Article("", "", ())))
# Measured: an article takes 50 microseconds, and with the fastest level 38 and a fourteenth more room.
_LEVEL = 6
# Bytes; what is found by a digest is compared with what the digest stands for.
_DIGEST = 8


def pack_article(article: Article) -> str:
    """Pack an article, lone surrogates included; of its remarks an edition knows nothing."""
    line = encode(json.dumps([*article_fields(article).values()], ensure_ascii=False, separators=(",", ":")))
    return b64encode(zlib.compress(line, _LEVEL)).decode("ascii")


def unpack_article(value: str) -> Article:
    values = json.loads(zlib.decompress(b64decode(value)).decode("utf-8", "surrogatepass"))
    return article_of(dict(zip(_FIELDS, values, strict=True)))


def link_digest(url: str) -> str:
    """Return a digest of a link, the same for all spellings of it."""
    return _digest(link_key(url))


def outlet_digest(name: str) -> str:
    """Return a digest of an outlet, the same for all spellings of it."""
    return _digest(outlet_key(name))


def text_digest(paragraphs: Iterable[str]) -> str:
    return _digest("\n\n".join(paragraphs))


def _digest(text: str) -> str:
    return blake2b(encode(text), digest_size=_DIGEST).hexdigest()


Body = dict[str, Any]
# Articles with one digest are copies of each other; more are no use to anybody.
_MOST = 1000


class PublishedArticles(ArticleStore):
    """The articles in an index of a cluster; whatever reads one raises a SearchError where the cluster does not."""

    def __init__(self, index: SealedIndex, arrays: Arrays, keys: DocumentKeys) -> None:
        """Read the columns of articles out of the side file of an index, given the keys of their documents."""
        labels = TextTable.from_arrays(strip_prefix(arrays, "labels"))
        super().__init__(ArticleColumns.from_arrays(strip_prefix(arrays, "columns")), labels)
        self._index = index
        self._keys = keys

    def with_text(self, texts: Sequence[str]) -> list[Article]:
        found = self._with_digest(TEXT, text_digest(texts))
        return [article for article in found if [paragraph.text for paragraph in article.paragraphs] == list(texts)]

    def with_link(self, link: str) -> list[Article]:
        found, key = self._with_digest(LINK, link_digest(link)), link_key(link)
        return [header(article) for article in found if article.url and link_key(article.url) == key]

    def missing(self, numbers: Sequence[int]) -> list[int]:
        """Return those of some numbers whose articles are not remembered, each once."""
        return [number for number in dict.fromkeys(numbers) if number not in self._remembered]

    def body(self, numbers: Sequence[int]) -> Body:
        """Return the search that reads the articles with some distinct numbers, for a request with others."""
        return _body({"terms": {ARTICLE_KEY: self._keys.articles[np.asarray(numbers)].tolist()}}, len(numbers))

    def take(self, numbers: Sequence[int], response: Mapping[str, Any]) -> dict[int, Article]:
        """Return the articles that a search for some numbers, in order, found, and remember them."""
        found = self._by_number(numbers, response)
        return {number: self._remember(number, article) for number, article in found.items()}

    def _load(self, numbers: Sequence[int]) -> list[Article]:
        found = self._by_number(sorted(numbers), self._index.search(self.body(numbers)))
        return [found[number] for number in numbers]

    def _with_digest(self, field: str, digest: str) -> list[Article]:
        return self._articles(self._index.search(_body({"term": {field: digest}}, _MOST)))

    def _articles(self, response: Mapping[str, Any]) -> list[Article]:
        """Return the articles that a search found, without those of a base that the edition lacks."""
        hits = (hit for hit in response["hits"]["hits"] if self._keys.has_article(hit["sort"][0]))
        return [unpack_article(hit["_source"][DATA]) for hit in hits]

    def _by_number(self, numbers: Sequence[int], response: Mapping[str, Any]) -> dict[int, Article]:
        """Return the articles with some numbers in order, all of them."""
        found = self._articles(response)
        if len(found) != len(numbers):
            raise IncompleteIndexError(f"{len(found)} of {len(numbers)} articles")
        return dict(zip(numbers, found, strict=True))


def _body(query: Body, size: int) -> Body:
    found = {"query": {"bool": {"filter": [query]}}, "size": size, "sort": [{ARTICLE_KEY: "asc"}]}
    return {**found, "_source": [DATA], "track_total_hits": False}
