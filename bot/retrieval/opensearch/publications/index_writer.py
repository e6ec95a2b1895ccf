"""A new index filled in bulk requests, two at once, and counted, merged and closed for writing."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from bot.retrieval.engine import IncompleteIndexError, IndexBlockedError, IndexGoneError, SearchAwayError
from bot.retrieval.opensearch.cluster import Cluster
from bot.retrieval.opensearch.index_fields import ready_settings
from bot.retrieval.opensearch.publications.published_index import SECONDS
from bot.retrieval.opensearch.sealed_index import Seal, read_seal

logger = logging.getLogger(__name__)

# Chosen: fewer and larger requests are no faster, and take more memory on both sides.
_MOST_BYTES, _MOST_DOCUMENTS = 5_000_000, 1000
_AT_ONCE = 2
# Seconds; a healthy server takes a tenth of one.
_SECONDS = 30.0
PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds before documents are sent again that the cluster has no room for at the moment. Chosen."""
_CREATED, _NOT_FOUND, _EXISTS, _BUSY, _FAILED = 201, 404, 409, 429, 500

# Chosen: so many documents, a gigabyte, a healthy node writes to its disk in less than `SECONDS`.
_DOCUMENTS = 1_000_000
# Of a million passages it took 40 seconds. An index of several segments is slower, and not wrong.
_LONGEST_MERGE = 1800.0
# A merge that has not begun after so many looks has ended, or never will begin.
_IDLE_LOOKS = 20


class BulkWriter:
    """Creates documents in an index, known by an alias that ends with it; those that are there already are left."""

    def __init__(self, cluster: Cluster, alias: str, pauses: Sequence[float] = PAUSES) -> None:
        self._cluster = cluster
        self.alias = alias
        self._pauses = pauses
        self._stopped = threading.Event()

    def write(self, documents: Iterable[bytes], note: Callable[[int], None]) -> int:
        """Send documents, each an action and its own line; call `note` with how many have arrived, return their number.

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


def fill_index(
    cluster: Cluster, writer: BulkWriter, documents: Iterable[bytes], count: int, note: Callable[[int], None]
) -> Seal:
    """Send `count` documents to a new index, make it ready to be searched, and return its seal.

    `note` is called with how many have arrived, and may raise. Raise what `BulkWriter.write` raises, and
    IncompleteIndexError where the index does not have them all.
    """
    alias, seconds = writer.alias, SECONDS * (1 + count / _DOCUMENTS)
    writer.write(documents, note)
    _check_count(cluster, alias, count, seconds)
    _merge(cluster, alias, lambda: note(count), seconds)
    # What was merged stays on the disk until then, and would be copied to the other nodes.
    cluster.request("POST", f"/{alias}/_flush", seconds=seconds)
    # A node that died meanwhile may have held the only copy: of what is gone, no segment is left to merge.
    _check_count(cluster, alias, count, seconds)
    cluster.request("PUT", f"/{alias}/_settings", ready_settings(), seconds=SECONDS)
    with cluster.patience(SECONDS):
        return read_seal(cluster, alias, count)


def _check_count(cluster: Cluster, alias: str, count: int, seconds: float) -> None:
    """Raise IncompleteIndexError where an index does not have so many documents."""
    cluster.request("POST", f"/{alias}/_refresh", seconds=seconds)
    found = cluster.request("GET", f"/{alias}/_count", seconds=SECONDS)["count"]
    if found != count:
        raise IncompleteIndexError(f"{found} != {count}")


def _merge(cluster: Cluster, alias: str, note: Callable[[], None], seconds: float) -> None:
    """Merge an index to one segment, which nobody waits for in a request: it may take longer than one may."""
    how = {"max_num_segments": 1, "wait_for_completion": "false"}
    cluster.request("POST", f"/{alias}/_forcemerge", params=how, seconds=SECONDS)
    end, idle = time.monotonic() + _LONGEST_MERGE, 0
    while time.monotonic() < end and idle < _IDLE_LOOKS:
        # Until then the segments that were merged are counted.
        cluster.request("POST", f"/{alias}/_refresh", seconds=seconds)
        shard = cluster.request("GET", f"/{alias}/_stats/segments,merge", seconds=SECONDS)["_all"]["primaries"]
        if shard["segments"]["count"] <= 1:
            return
        idle = 0 if shard["merges"]["current"] else idle + 1
        note()
        time.sleep(0.5)
    logger.warning("The index %s is not merged: its searches may be slower", alias)
