"""Documents sent to an index in bulk requests, two at once, and again what the cluster had no room for."""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from bot.retrieval.opensearch.cluster import Cluster
from bot.retrieval.opensearch.search_errors import (
    IncompleteIndexError,
    IndexBlockedError,
    IndexGoneError,
    SearchAwayError,
)

# Chosen: fewer and larger requests are no faster, and take more memory on both sides.
_MOST_BYTES, _MOST_DOCUMENTS = 5_000_000, 1000
_AT_ONCE = 2
# Seconds; a healthy server takes a tenth of one.
_SECONDS = 30.0
PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds before documents are sent again that the cluster has no room for at the moment. Chosen."""
_CREATED, _NOT_FOUND, _EXISTS, _BUSY, _FAILED = 201, 404, 409, 429, 500


class BulkWriter:
    """Creates documents in an index, known by an alias that ends with it; those that are there already are left."""

    def __init__(self, cluster: Cluster, alias: str, pauses: Sequence[float] = PAUSES) -> None:
        """Pause before each new try."""
        self._cluster = cluster
        self.alias = alias
        self._pauses = pauses
        self._stopped = threading.Event()

    def write(self, documents: Iterable[bytes], note: Callable[[int], None]) -> int:
        """Send documents, each an action and its own line, and tell `note` how many have arrived; return their number.

        Raise IndexGoneError where the alias is no more, SearchAwayError, SearchDeniedError, IndexBlockedError, and
        IncompleteIndexError where the cluster refuses a document.
        """
        written = 0
        under_way = deque[Future[int]]()
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            try:
                for batch in _batches(documents):
                    if len(under_way) == _AT_ONCE:
                        note(written := written + under_way.popleft().result())
                    under_way.append(pool.submit(self._send, batch))
                while under_way:
                    note(written := written + under_way.popleft().result())
            finally:
                self._stopped.set()
        return written

    def _send(self, batch: list[bytes]) -> int:
        left = batch
        for pause in (*self._pauses, None):
            try:
                left, cause = self._try(left)
            except IndexGoneError:
                raise
            except SearchAwayError as error:
                cause = error.cause
            if not left:
                break
            if pause is None or self._stopped.wait(pause):
                raise SearchAwayError(cause)
        return len(batch)

    def _try(self, batch: list[bytes]) -> tuple[list[bytes], str]:
        """Send documents; return those that may be taken later, and why they were not."""
        response = self._cluster.bulk(self.alias, b"".join(batch), seconds=_SECONDS)
        left, cause = list[bytes](), ""
        if response["errors"]:
            for document, item in zip(batch, response["items"], strict=True):
                status, error = item["create"]["status"], item["create"].get("error")
                if status in (_CREATED, _EXISTS):
                    continue
                cause = _judge(status, error)
                left.append(document)
        return left, cause


def _judge(status: int, error: dict[str, Any]) -> str:
    """Return why a document may be taken later; raise the error for one that will not be."""
    cause = f"{status} {error['type']}: {error['reason']}"
    if error["type"] == "cluster_block_exception":
        raise IndexBlockedError(cause)
    if status == _NOT_FOUND:
        raise IndexGoneError(cause)
    if status != _BUSY and status < _FAILED:
        raise IncompleteIndexError(cause)
    return cause


def _batches(documents: Iterable[bytes]) -> Iterator[list[bytes]]:
    batch, size = list[bytes](), 0
    for document in documents:
        if batch and (size + len(document) > _MOST_BYTES or len(batch) == _MOST_DOCUMENTS):
            yield batch
            batch, size = [], 0
        batch.append(document)
        size += len(document)
    if batch:
        yield batch
