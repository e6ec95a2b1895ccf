"""The lock that keeps two processes from building one index: its name, and the alias that it was created with.

All that a builder sends goes to that alias, which is no more once another process has taken the index for abandoned. So
two never fill the same index, although nobody can ask whether the one that began it is still alive.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from bot.retrieval.opensearch.cluster import Cluster
from bot.retrieval.opensearch.index_fields import index_body
from bot.retrieval.opensearch.publications.index_requests import LOOK_SECONDS, IndexRequests
from bot.retrieval.opensearch.publications.published_index import Publication, PublishedIndex
from bot.retrieval.opensearch.search_errors import IndexGoneError, SearchError

ABANDONED = 60.0
"""Seconds in which an index gets no document, and is not merged, until it is taken for abandoned. Chosen: a builder
pauses for half as long before it gives up."""
_PAUSE = 1.0
# Chosen: more often no index is taken away from those who fill it.
_TRIES = 3


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

    def build(
        self, name: str, meta: Mapping[str, Any], fill: Callable[[str], None], note: Callable[[int], None]
    ) -> tuple[Publication, bool]:
        """Return the publication of a name, built here unless it is there already, and whether it was built here.

        `fill` is given the alias to send all documents to. While another process builds the index, `note` is told how
        many have arrived there. Both may raise: the index that was begun here is then removed. Raise IndexGoneError
        where it is taken away again and again.
        """
        for _ in range(_TRIES):
            found = self._acquire(name, meta, note)
            if isinstance(found, Publication):
                return found, False
            with self._removed_on_error(name, found):
                built = self._fill(name, found, meta, fill)
            if built is not None:
                return built, True
        raise IndexGoneError(name)

    def _acquire(self, name: str, meta: Mapping[str, Any], note: Callable[[int], None]) -> str | Publication:
        """Return the alias of a new index that is to be filled, or the publication that is there already."""
        while True:
            alias = self._indices.create(name, index_body(dict(meta)))
            found = alias or self._wait(name, note)
            if found is not None:
                return found

    def _fill(self, name: str, alias: str, meta: Mapping[str, Any], fill: Callable[[str], None]) -> Publication | None:
        """Fill a new index and let go of it; return None where another process has taken it over meanwhile."""
        try:
            fill(alias)
            self._indices.write_meta(alias, {**meta, "complete": datetime.now(UTC).isoformat()})
        except IndexGoneError:
            return None
        # From here on it is complete for all, and nobody takes it over.
        self._indices.remove_alias(name, alias)
        index = self._indices.find(name)
        return index.publication if index is not None else None

    @contextmanager
    def _removed_on_error(self, name: str, alias: str) -> Iterator[None]:
        """Remove an index of ours that is not complete, whatever ends this context early."""
        try:
            yield
        except BaseException:
            with suppress(SearchError):
                index = self._indices.find(name)
                if index is not None and index.builder == alias:
                    self._indices.discard(index)
            raise

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
            stats = self._cluster.request("GET", f"/{index.name}/_stats/indexing,merge", seconds=LOOK_SECONDS)
        except IndexGoneError:
            return None
        shard = stats["_all"]["primaries"]
        if not shard:
            # No node has it yet, or none that has it is there.
            return 0, False
        return shard["indexing"]["index_total"], bool(shard["merges"]["current"])
