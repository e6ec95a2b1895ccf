"""Requests about indices as a whole: to list ours, to read and write what they say of themselves, to delete one."""

import secrets
from collections.abc import Mapping
from typing import Any

from bot.retrieval.opensearch.cluster import Cluster, SearchRequestError
from bot.retrieval.opensearch.publications.published_index import PublishedIndex, read_indices
from bot.retrieval.opensearch.search_errors import IndexGoneError, SearchUnknownError

SECONDS = 30.0
"""For how long a node may take over a request that others have to know of: under load they take their time."""
LOOK_SECONDS = 10.0
"""For how long it may take to say what there is. Seen: more than two seconds beside a builder at work."""
_EXISTS, _NO_ALIAS = "resource_already_exists_exception", "aliases_not_found_exception"
_BYTES = 4


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

    def create(self, name: str, body: Mapping[str, Any]) -> str | None:
        """Create an index with an alias that only its builder knows; return that, None where the index is there."""
        alias = _builder_alias(name)
        try:
            self._send("PUT", f"/{name}", {**body, "aliases": {alias: {}}})
        except SearchRequestError as error:
            if error.kind != _EXISTS:
                raise
            # A request that was not answered in time was sent again, and may have come through at first.
            index = self.find(name)
            return alias if index is not None and index.builder == alias else None
        return alias

    def update_meta(self, name: str, **changes: Any) -> None:
        """Change what an index says of itself; raise IndexGoneError where it is not there."""
        index = self.find(name)
        if index is None:
            raise IndexGoneError(name)
        self.write_meta(name, {**index.meta, **changes})

    def write_meta(self, name: str, meta: Mapping[str, Any]) -> None:
        """Write what an index, also one that is named by an alias, says of itself, all of it."""
        self._send("PUT", f"/{name}/_mapping", {"_meta": meta})

    def change_aliases(self, *actions: Mapping[str, Any]) -> None:
        """Change aliases all at once, or none; raise SearchRequestError where one to be removed is no more."""
        self._send("POST", "/_aliases", {"actions": actions})

    def discard(self, index: PublishedIndex) -> bool:
        """Delete an index that nobody may use, an unfinished one first taken from its builder; tell whether we did.

        Whoever takes it away first deletes it, and no other, so that nobody deletes what another made in its place.
        """
        if index.builder is not None:
            taken = {"add": {"index": index.name, "alias": _builder_alias(index.name)}}
            if not self.remove_alias(index.name, index.builder, taken):
                return False
        return self._cluster.request("DELETE", f"/{index.name}", seconds=SECONDS, missing_ok=True) is not None

    def remove_alias(self, name: str, alias: str, *more: Mapping[str, Any]) -> bool:
        """Remove an alias from an index, together with more changes; tell whether it was there."""
        removal = {"remove": {"index": name, "alias": alias, "must_exist": True}}
        try:
            self.change_aliases(removal, *more)
        except IndexGoneError:
            return False
        except SearchRequestError as error:
            if error.kind != _NO_ALIAS:
                raise
            return False
        return True

    def _send(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        return self._cluster.request(method, path, body, seconds=SECONDS)


def _builder_alias(name: str) -> str:
    return f"{name}-{secrets.token_hex(_BYTES)}"
