"""An index of ours on the cluster: its names, its marks, requests about it, and whether anybody still needs it.

Its aliases say what becomes of it, since they alone change all at once or not at all, whoever writes meanwhile:
that of its edition, which one index has, once that is whole; that of its configuration, while it serves; and marks, its
own name with a word and a time behind it.
"""

import re
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.retrieval.engine import SearchUnknownError
from bot.retrieval.opensearch.cluster import Cluster, SearchRequestError
from bot.retrieval.opensearch.index_fields import FORMAT
from bot.retrieval.opensearch.sealed_index import Seal

SECONDS = 30.0
"""For how long a node may take over a request that others have to know of: under load they take their time."""
LOOK_SECONDS = 10.0
"""For how long it may take to say what there is. Seen: more than two seconds beside a builder at work."""
_CONFIGURATION = 12  # hexadecimal digits of 32
# Bytes of a name that no other index had before it: who searches one that was deleted never meets another.
_RANDOM = 4
_NAME = re.compile(r"-[0-9a-f]{12}-(?P<fingerprint>[0-9a-f]{16})-[0-9a-f]{8}")
_EPOCH, _TICK = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
# Chosen: longer than the gates take, to which an index is put before it serves.
_UNSERVED = timedelta(hours=1)
# Chosen: longer than ten million passages take to be sent and merged.
_UNFINISHED = timedelta(hours=6)
# Chosen: longer than an update of all processes of a bot takes, or than one that failed is noticed.
_LEFT_BEHIND = timedelta(weeks=1)

Action = dict[str, Any]
"""A change of aliases."""


@dataclass(frozen=True, slots=True)
class Publication:
    """An index that holds a whole edition, together with its base where it has one.

    `seals` are those of both by their names; `state` is the state of the source, which JSON can hold; `withdrawn` is
    when it was rolled back from, None where it was not; `served` is when it began to serve last, None where it has not.
    """

    name: str
    fingerprint: str
    articles: int
    state: Mapping[str, Any]
    created: datetime
    seals: Mapping[str, Seal]
    served: datetime | None = None
    withdrawn: datetime | None = None


@dataclass(frozen=True, slots=True)
class PublishedIndex:
    """An index as the cluster lists it: its aliases, and what its mapping says of it."""

    name: str
    created: datetime
    aliases: frozenset[str]
    meta: Mapping[str, Any]

    @property
    def alias(self) -> str:
        """The alias that names the index of its configuration that serves."""
        return self.name.rsplit("-", 2)[0]

    @property
    def is_serving(self) -> bool:
        return self.alias in self.aliases

    @property
    def is_whole(self) -> bool:
        """Whether it was filled, and is the one of its edition."""
        return self.name.rpartition("-")[0] in self.aliases and self.meta["format"] == FORMAT

    @property
    def served(self) -> datetime | None:
        """When it came to serve last, None where it never has."""
        return self._mark("served")

    @property
    def since(self) -> datetime | None:
        """Since when its configuration has an index that serves, as it was known when this one came to serve."""
        return self._mark("since")

    @property
    def used(self) -> datetime:
        """When it was begun, a builder last had it or found it there, or it came to serve."""
        return max(filter(None, (self.created, self._mark("asked"), self.served)))

    @property
    def publication(self) -> Publication | None:
        """The edition that it holds, None where it is not whole."""
        if not self.is_whole:
            return None
        return Publication(
            name=self.name,
            fingerprint=self.meta["fingerprint"],
            articles=self.meta["articles"],
            state=self.meta["state"],
            created=self.created,
            seals={name: Seal(*seal) for name, seal in self.meta["seals"].items()},
            served=self.served,
            withdrawn=self._mark("withdrawn"),
        )

    def _mark(self, word: str) -> datetime | None:
        """Return the time of a mark, the latest of several."""
        begin = f"{self.name}-{word}-"
        times = [int(alias.removeprefix(begin)) for alias in self.aliases if alias.startswith(begin)]
        return _EPOCH + max(times) * _TICK if times else None


def alias_name(prefix: str, configuration: str) -> str:
    """Return the alias of the index that serves bots of a configuration (see `bot.edition.configuration_key`)."""
    return f"{prefix}-{configuration[:_CONFIGURATION]}"


def new_name(edition_alias: str) -> str:
    return f"{edition_alias}-{secrets.token_hex(_RANDOM)}"


def mark(name: str, **times: datetime | None) -> list[Action]:
    """Return the changes that give an index marks in the place of those of the same words; None takes them away.

    A server refuses them where there is nothing to add, and nothing to take away.
    """
    actions = list[Action]()
    for word, time in times.items():
        actions.append({"remove": {"index": name, "alias": f"{name}-{word}-*"}})
        if time is not None:
            actions.append({"add": {"index": name, "alias": f"{name}-{word}-{(time - _EPOCH) // _TICK}"}})
    return actions


def read_indices(prefix: str, listed: Mapping[str, Any]) -> Iterator[PublishedIndex]:
    """Read what a cluster lists of indices; those that have another form of name, or not our `_meta`, are not ours."""
    for name, described in listed.items():
        parts = _NAME.fullmatch(name.removeprefix(prefix)) if name.startswith(prefix) else None
        meta = described["mappings"].get("_meta", {})
        if parts is not None and meta.get("fingerprint") == parts["fingerprint"]:
            created = datetime.fromtimestamp(int(described["settings"]["index"]["creation_date"]) / 1000, UTC)
            yield PublishedIndex(name, created, frozenset(described["aliases"]), meta)


class IndexRequests:
    """Requests about the indices of a prefix."""

    def __init__(self, cluster: Cluster, prefix: str) -> None:
        self._cluster = cluster
        self._prefix = prefix

    def all(self) -> list[PublishedIndex]:
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
        try:
            self._send("PUT", f"/{name}", body)
        except SearchRequestError as error:
            # A request that was not answered in time was sent again, and had come through at first.
            if error.kind != "resource_already_exists_exception":
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


def newest_first(publications: Iterable[Publication]) -> list[Publication]:
    """Sort publications: the one that came to serve last first, and those that never did by their creation last."""
    never = datetime.min.replace(tzinfo=UTC)
    return sorted(publications, key=lambda each: (each.served or never, each.created, each.name), reverse=True)


def outdated(indices: Collection[PublishedIndex], alias: str, now: datetime) -> list[PublishedIndex]:
    """Return the indices of a prefix that nobody needs; `alias` is that of our own configuration.

    * What serves stays: of another configuration until a week after anything was done with it and after ours began to
      serve, by when all processes have been brought up to date, or else publish anew.
    * Of our configuration, two more stay: the index that served before and was not withdrawn, to roll back to, and the
      index that was withdrawn last, whose mark keeps it out.
    * All others go an hour after anything was done with them, so that processes that gate or ask them are done; those
      that were never whole go after six.
    * The bases of all that stay do.
    """
    own = [index for index in indices if index.alias == alias]
    left = newest_first(index.publication for index in own if index.publication and not index.is_serving)
    before = [publication.name for publication in left if publication.served and not publication.withdrawn][:1]
    withdrawn = sorted((publication.withdrawn, publication.name) for publication in left if publication.withdrawn)[-1:]
    left_over = {*before, *(name for _, name in withdrawn)}
    began = min((index.since for index in own if index.since), default=now)

    def is_needed(index: PublishedIndex) -> bool:
        if index.is_serving:
            return index.alias == alias or now - max(index.used, began) <= _LEFT_BEHIND
        return index.name in left_over or now - index.used <= (_UNSERVED if index.is_whole else _UNFINISHED)

    needed = [index for index in indices if is_needed(index)]
    kept = {name for index in needed for name in (index.name, *index.meta.get("seals", ()))}
    return [index for index in indices if index.name not in kept]
