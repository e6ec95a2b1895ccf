"""The index of one edition: its name, its settings, the fields of its three kinds of documents, and its seal.

A passage has the stems of title (as often as it counts), heading and text, as numbers of the vocabulary's forms: so no
server's idea of a word matters. An article has what is read of it as a whole. A chunk is a part of the side file. An
answer of the index counts only while its documents are those that were published.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bot.retrieval.engine import IncompleteIndexError
from bot.retrieval.opensearch.cluster import Cluster
from bot.retrieval.ranking_parameters import RANKING

FORMAT = 1
"""Raised with each change of what documents hold, which the name of an index does not show."""
PASSAGE, ARTICLE, CHUNK = "p", "a", "s"
"""What the id of a document begins with, before its number."""
STEMS, WORDS, LAYOUT = "t", "w", "l"
"""The fields of a passage that queries weigh, and the columns that it is read from (see `packed_passages`)."""
NUMBER, ARTICLE_OF, GROUP, PLACE_IN_GROUP, DAY, OUTLET = "n", "a", "g", "r", "day", "outlet"
"""The passage's number, its article's, its group of near duplicates, its place in that, day and outlet's label."""
ARTICLE_NUMBER, LINK, TEXT = "article", "link", "text"
"""The number of an article, the digest of its link, and the digest of its paragraphs."""
CHUNK_NUMBER, DATA = "chunk", "j"
"""The number of a chunk; and of articles and chunks what they hold, compressed."""

_INTEGER = {"type": "integer"}
_COLUMN = {"type": "binary", "doc_values": True, "store": False}
_DIGEST = {"type": "keyword", "doc_values": False, "norms": False}


def index_body(meta: dict[str, Any]) -> dict[str, Any]:
    """Return settings and mappings of a new index: a single shard, since only so the server never scores below us.

    While it is filled it has neither replicas nor refreshes; `ready_settings` gives it both.
    """
    return {
        "settings": {
            "number_of_shards": 1,
            "number_of_replicas": 0,
            "refresh_interval": "-1",
            "similarity": {"passages": {"type": "BM25", "k1": RANKING.k1, "b": RANKING.b}},
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": meta,
            # A whole second copy of all documents, for copies of the index that missed some: ours come once it is full.
            "_source": {"includes": [DATA], "recovery_source_enabled": False},
            "properties": {
                STEMS: {
                    "type": "text",
                    "analyzer": "whitespace",
                    "index_options": "freqs",
                    "similarity": "passages",
                },
                WORDS: _COLUMN,
                LAYOUT: _COLUMN,
                **dict.fromkeys((NUMBER, ARTICLE_OF, GROUP, PLACE_IN_GROUP, DAY, OUTLET), _INTEGER),
                **dict.fromkeys((ARTICLE_NUMBER, CHUNK_NUMBER), _INTEGER),
                **dict.fromkeys((LINK, TEXT), _DIGEST),
                DATA: {"type": "binary"},
            },
        },
    }


def ready_settings() -> dict[str, Any]:
    """Return the settings of an index that is filled: a copy on each of up to three nodes, and no more writing."""
    return {"index": {"auto_expand_replicas": "0-2", "refresh_interval": None, "blocks": {"write": True}}}


_NEWEST = "_seq_no"


class Seal(NamedTuple):
    """The number of documents of an index when it was whole, and the sequence number of the last that was written."""

    documents: int
    last: int


class SealedIndex:
    """Searches an index by name; raises IncompleteIndexError where a document was changed, added or deleted since.

    A document that is written gets a later sequence number than all before: those of the seal that are left are counted
    in the same request, and those after. Of an index that is as it was neither count costs more than a look.
    """

    def __init__(self, cluster: Cluster, name: str, seal: Seal) -> None:
        self._cluster, self._name, self._seal = cluster, name, seal
        self._counts = [_count({"lte": seal.last}), _count({"gt": seal.last})]

    def search(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Run a search; return the response."""
        return self.search_all([body])[0]

    def search_all(self, bodies: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Run searches in one request; return the responses in order."""
        *found, kept, added = self._cluster.search_all(self._name, [*bodies, *self._counts])
        counts = [response["hits"]["total"]["value"] for response in (kept, added)]
        if counts != [self._seal.documents, 0]:
            raise IncompleteIndexError(f"{self._name}: {counts[0]} of {self._seal.documents}, {counts[1]} others")
        return found


def read_seal(cluster: Cluster, name: str, documents: int) -> Seal:
    """Return the seal of an index that has so many documents, and is written to no more."""
    newest = {"size": 1, "sort": [{_NEWEST: "desc"}], "_source": False, "track_total_hits": False}
    [found] = cluster.search_all(name, [newest])
    return Seal(documents, max((hit["sort"][0] for hit in found["hits"]["hits"]), default=-1))


def _count(bounds: Mapping[str, int]) -> dict[str, Any]:
    return {"size": 0, "track_total_hits": True, "query": {"range": {_NEWEST: bounds}}}
