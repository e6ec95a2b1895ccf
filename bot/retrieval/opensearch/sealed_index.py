"""The index of an edition, of which an answer counts only while its documents are those that were published."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bot.retrieval.engine import IncompleteIndexError
from bot.retrieval.opensearch.cluster import Cluster

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
