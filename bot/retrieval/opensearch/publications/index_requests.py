"""Requests about indices as a whole: to list ours, to create and delete one, to change what names it."""

from collections.abc import Mapping
from typing import Any

from bot.retrieval.engine import SearchUnknownError
from bot.retrieval.opensearch.cluster import Cluster, SearchRequestError
from bot.retrieval.opensearch.publications.published_index import PublishedIndex, read_indices

SECONDS = 30.0
"""For how long a node may take over a request that others have to know of: under load they take their time."""
LOOK_SECONDS = 10.0
"""For how long it may take to say what there is. Seen: more than two seconds beside a builder at work."""
_EXISTS = "resource_already_exists_exception"


class IndexRequests:
    """Requests about the indices of a prefix."""

    def __init__(self, cluster: Cluster, prefix: str) -> None:
        self._cluster = cluster
        self._prefix = prefix

    def all(self) -> list[PublishedIndex]:
        """Return the indices of the prefix, whatever their configuration."""
        listed = self._cluster.request("GET", f"/{self._prefix}-*", seconds=LOOK_SECONDS)
        return list(read_indices(self._prefix, listed))

    def find(self, name: str) -> PublishedIndex | None:
        """Return the index of a name or alias, None where there is none; raise SearchUnknownError if it is not ours."""
        listed = self._cluster.request("GET", f"/{name}", seconds=LOOK_SECONDS, missing_ok=True)
        if listed is None:
            return None
        found = list(read_indices(self._prefix, listed))
        if len(found) != 1 or len(listed) != 1:
            raise SearchUnknownError(f"{name}: {', '.join(sorted(listed))}")
        return found[0]

    def create(self, name: str, body: Mapping[str, Any]) -> None:
        """Create an index under a name that nobody else has."""
        try:
            self._send("PUT", f"/{name}", body)
        except SearchRequestError as error:
            # A request that was not answered in time was sent again, and had come through at first.
            if error.kind != _EXISTS:
                raise

    def write_meta(self, name: str, meta: Mapping[str, Any]) -> None:
        """Write what the mapping of an index says of it, all of that."""
        self._send("PUT", f"/{name}/_mapping", {"_meta": meta})

    def change_aliases(self, *actions: Mapping[str, Any]) -> None:
        """Change aliases all at once, or none; raise SearchRequestError where one to be removed is no more."""
        self._send("POST", "/_aliases", {"actions": actions})

    def delete(self, name: str) -> bool:
        """Delete an index; return whether it was there."""
        return self._cluster.request("DELETE", f"/{name}", seconds=SECONDS, missing_ok=True) is not None

    def _send(self, method: str, path: str, body: Mapping[str, Any]) -> None:
        self._cluster.request(method, path, body, seconds=SECONDS)
