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
    """Searches the index of an edition, and its base; raises IncompleteIndexError where a document was written since.

    A document that is written gets a later sequence number than all before: those of the seals that are left are
    counted in the same request, and those after. Of an index that is as it was neither count costs more than a look.
    """

    def __init__(self, cluster: Cluster, seals: Mapping[str, Seal]) -> None:
        self._cluster, self._names = cluster, ",".join(sorted(seals))
        self._documents = sum(seal.documents for seal in seals.values())
        self._counts = [_count(seals, bound) for bound in ("lte", "gt")]

    def search(self, body: Mapping[str, Any]) -> dict[str, Any]:
        return self.search_all([body])[0]

    def search_all(self, bodies: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Run searches in one request; return the responses in order."""
        *found, kept, added = self._cluster.search_all(self._names, [*bodies, *self._counts], self._documents)
        counts = [response["hits"]["total"]["value"] for response in (kept, added)]
        if counts != [self._documents, 0]:
            raise IncompleteIndexError(f"{self._names}: {counts[0]} of {self._documents}, {counts[1]} others")
        return found


def read_seal(cluster: Cluster, name: str, documents: int) -> Seal:
    """Return the seal of an index that has so many documents, and is written to no more."""
    newest = {"size": 1, "sort": [{_NEWEST: "desc"}], "_source": False, "track_total_hits": False}
    [found] = cluster.search_all(name, [newest])
    return Seal(documents, max((hit["sort"][0] for hit in found["hits"]["hits"]), default=-1))


def _count(seals: Mapping[str, Seal], bound: str) -> dict[str, Any]:
    """Return the request that counts the documents of each index up to the last of its seal, or those after it."""
    each = [
        [{"term": {"_index": name}}, {"range": {_NEWEST: {bound: seal.last}}}] for name, seal in sorted(seals.items())
    ]
    query = {"bool": {"should": [{"bool": {"filter": filters}} for filters in each]}}
    return {"size": 0, "track_total_hits": True, "query": query}
