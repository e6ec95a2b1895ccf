"""A new index filled, counted, merged, and closed for writing."""

import logging
import time
from collections.abc import Callable, Iterable

from bot.retrieval.opensearch.bulk_writer import BulkWriter
from bot.retrieval.opensearch.cluster import Cluster
from bot.retrieval.opensearch.index_fields import ready_settings
from bot.retrieval.opensearch.index_requests import SECONDS
from bot.retrieval.opensearch.search_errors import IncompleteIndexError

logger = logging.getLogger(__name__)

# Of a million passages it took 40 seconds. An index of several segments is slower, and not wrong.
_LONGEST_MERGE = 1800.0
_PAUSE = 0.5
# A merge that has not begun after so many looks has ended, or never will begin.
_IDLE_LOOKS = 20


def fill_index(
    cluster: Cluster, writer: BulkWriter, documents: Iterable[bytes], count: int, note: Callable[[int], None]
) -> None:
    """Send `count` documents to a new index, and make it ready to be searched.

    `note` is told how many have arrived, and may raise. Raise what `BulkWriter.write` raises, and IncompleteIndexError
    where the index does not have them all.
    """
    alias = writer.alias
    writer.write(documents, note)
    cluster.request("POST", f"/{alias}/_refresh", seconds=SECONDS)
    found = cluster.request("GET", f"/{alias}/_count", seconds=SECONDS)["count"]
    if found != count:
        raise IncompleteIndexError(f"{found} != {count}")
    _merge(cluster, alias, lambda: note(count))
    cluster.request("PUT", f"/{alias}/_settings", ready_settings(), seconds=SECONDS)


def _merge(cluster: Cluster, alias: str, note: Callable[[], None]) -> None:
    """Merge an index to one segment, which nobody waits for in a request: it may take longer than one may."""
    how = {"max_num_segments": 1, "wait_for_completion": "false"}
    cluster.request("POST", f"/{alias}/_forcemerge", params=how, seconds=SECONDS)
    end, idle = time.monotonic() + _LONGEST_MERGE, 0
    while time.monotonic() < end and idle < _IDLE_LOOKS:
        # Until then the segments that were merged are counted.
        cluster.request("POST", f"/{alias}/_refresh", seconds=SECONDS)
        shard = cluster.request("GET", f"/{alias}/_stats/segments,merge", seconds=SECONDS)["_all"]["primaries"]
        if shard["segments"]["count"] <= 1:
            return
        idle = 0 if shard["merges"]["current"] else idle + 1
        note()
        time.sleep(_PAUSE)
    logger.warning("The index %s is not merged: its searches may be slower", alias)
