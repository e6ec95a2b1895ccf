"""The lock that keeps two processes from building one index: its name, and the alias that it was created with.

All that a builder sends goes to that alias, which is no more once another process has taken the index for abandoned. So
two never fill the same index, although nobody can ask whether the one that began it is still alive.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any

from bot.retrieval.opensearch.cluster import Cluster
from bot.retrieval.opensearch.index_requests import SECONDS, IndexRequests
from bot.retrieval.opensearch.publication import Publication
from bot.retrieval.opensearch.published_index import PublishedIndex
from bot.retrieval.opensearch.search_errors import IndexGoneError

ABANDONED = 60.0
"""Seconds in which an index gets no document, and is not merged, until it is taken for abandoned. Chosen: a builder
pauses for half as long before it gives up."""
_PAUSE = 1.0


class IndexLock:
    """Creates indices, waits for those that other processes build, and takes over those that nobody builds."""

    def __init__(
        self, cluster: Cluster, indices: IndexRequests, abandoned: float = ABANDONED, pause: float = _PAUSE
    ) -> None:
        """Take an index for abandoned after so many seconds, and look after it every `pause` seconds."""
        self._cluster = cluster
        self._indices = indices
        self._abandoned = abandoned
        self._pause = pause

    def acquire(self, name: str, body: Mapping[str, Any], note: Callable[[int], None]) -> str | Publication:
        """Return the alias of a new index that is to be filled, or the publication that is there already.

        While another process fills the index, `note` is told how many documents have arrived, and may raise.
        """
        while True:
            alias = self._indices.create(name, body)
            if alias is not None:
                return alias
            publication = self._wait(name, note)
            if publication is not None:
                return publication

    def _wait(self, name: str, note: Callable[[int], None]) -> Publication | None:
        """Wait for an index that another process builds; return None where it is no more, or was taken from it."""
        before, since = None, time.monotonic()
        while True:
            index = self._indices.find(name)
            if index is None or index.publication is not None:
                return index.publication if index is not None else None
            now = self._progress(index)
            if now is None:
                return None
            documents, is_merging = now
            if (index.builder, documents) != before or is_merging:
                before, since = (index.builder, documents), time.monotonic()
            elif time.monotonic() - since >= self._abandoned:
                self._indices.discard(index)
                return None
            note(documents)
            time.sleep(self._pause)

    def _progress(self, index: PublishedIndex) -> tuple[int, bool] | None:
        """Return how many documents an index was sent, and whether it is being merged; None where it is no more."""
        try:
            stats = self._cluster.request("GET", f"/{index.name}/_stats/indexing,merge", seconds=SECONDS)
        except IndexGoneError:
            return None
        shard = stats["_all"]["primaries"]
        return shard["indexing"]["index_total"], bool(shard["merges"]["current"])
