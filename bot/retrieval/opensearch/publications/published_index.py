"""An index of ours on the cluster: its names, what its mapping says of it, and whether anybody still needs it."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.retrieval.opensearch.index_fields import FORMAT
from bot.retrieval.opensearch.publications.side_file import SideFile

_CONFIGURATION = 12  # hexadecimal digits of 32
_NAME = re.compile(r"-[0-9a-f]{12}-(?P<fingerprint>[0-9a-f]{16})")
# Chosen: several times as long as a bot takes to follow the alias, and to let go of the edition before.
_LATE = timedelta(minutes=1)
# Chosen: longer than the gates take, to which an index is put before it serves.
_UNSERVED = timedelta(hours=1)
# Chosen: longer than ten million passages take to be sent and merged.
_UNFINISHED = timedelta(hours=6)
# Chosen: longer than an update of all processes of a bot takes, or than one that failed is noticed.
_LEFT_BEHIND = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Publication:
    """An index that holds a whole edition.

    `state` is the state of the source, which JSON can hold; `withdrawn` is when somebody went back from it, None where
    nobody did; `served` is when it began to serve last, None where it never has.
    """

    name: str
    fingerprint: str
    articles: int
    state: Mapping[str, Any]
    created: datetime
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
        return self.name.rpartition("-")[0]

    @property
    def is_serving(self) -> bool:
        """Whether it serves bots of its configuration."""
        return self.alias in self.aliases

    @property
    def builder(self) -> str | None:
        """The alias that its builder has it by, None once that has let go of it."""
        return next((alias for alias in sorted(self.aliases) if alias.startswith(f"{self.name}-")), None)

    @property
    def completed(self) -> datetime | None:
        """When all of it was there, None where it is not, or was not let go of."""
        is_known = self.meta.get("format") == FORMAT and self.builder is None
        return _time(self.meta.get("complete")) if is_known else None

    @property
    def served(self) -> datetime | None:
        """When it came to serve last, None where it never has."""
        return _time(self.meta.get("served"))

    @property
    def asked(self) -> datetime | None:
        """When a builder last found it there already."""
        return _time(self.meta.get("asked"))

    @property
    def since(self) -> datetime | None:
        """Since when its configuration has an index that serves, as it was known when this one came to serve."""
        return _time(self.meta.get("since"))

    @property
    def side(self) -> SideFile:
        """What its side file is."""
        return SideFile(**self.meta["side"])

    @property
    def publication(self) -> Publication | None:
        """The edition that it holds, None where it is not complete."""
        if self.completed is None:
            return None
        return Publication(
            name=self.name,
            fingerprint=self.meta["fingerprint"],
            articles=self.meta["counts"]["articles"],
            state=self.meta["state"],
            created=self.created,
            served=self.served,
            withdrawn=_time(self.meta.get("withdrawn")),
        )


def alias_name(prefix: str, configuration: str) -> str:
    """Return the alias of the index that serves bots of a configuration (see `bot.edition.configuration_key`)."""
    return f"{prefix}-{configuration[:_CONFIGURATION]}"


def index_name(prefix: str, configuration: str, fingerprint: str) -> str:
    """Return the name of the index of an edition."""
    return f"{alias_name(prefix, configuration)}-{fingerprint}"


def read_indices(prefix: str, listed: Mapping[str, Any]) -> Iterator[PublishedIndex]:
    """Read what a cluster lists of indices; those that have another form of name, or not our `_meta`, are not ours."""
    for name, described in listed.items():
        parts = _NAME.fullmatch(name.removeprefix(prefix)) if name.startswith(prefix) else None
        meta = described["mappings"].get("_meta", {})
        if parts is not None and meta.get("fingerprint") == parts["fingerprint"]:
            created = datetime.fromtimestamp(int(described["settings"]["index"]["creation_date"]) / 1000, UTC)
            yield PublishedIndex(name, created, frozenset(described["aliases"]), meta)


def newest_first(publications: Iterable[Publication]) -> list[Publication]:
    """Sort publications: the one that came to serve last first, and those that never did by their creation last."""
    never = datetime.min.replace(tzinfo=UTC)
    return sorted(publications, key=lambda each: (each.served or never, each.created, each.name), reverse=True)


def outdated(indices: Collection[PublishedIndex], alias: str, now: datetime) -> list[PublishedIndex]:
    """Return the indices of a prefix that nobody needs any more; `alias` is that of our own configuration.

    * Unfinished ones, of any configuration, six hours after they were begun.
    * Complete ones of any configuration that never served, an hour after they were complete: until then they may be put
      to the gates.
    * Complete ones of our configuration that have served, but for three: the one that serves; the one that served last
      before it and was not withdrawn, to roll back to; and the one that was withdrawn last, whose mark keeps it out.
      The others stay for a minute after the one to roll back to came to serve, for those who still ask them. Where none
      serves, all stay.
    * Complete ones of other configurations that have served and that no alias names, an hour after they came to serve.
    * Those that serve other configurations, a week after they came to serve and after ours began to: by then all
      processes have been brought up to date, or else publish anew.

    None of them within an hour of its being asked for again by a process that may be about to let it serve.
    """
    own = [index for index in indices if index.alias == alias]
    began = min((index.since for index in own if index.since), default=now)
    kept = {index.name for index in indices if index.is_serving and not _is_left_behind(index, alias, began, now)}
    kept |= _kept(own, now)
    return [index for index in indices if index.name not in kept and _is_old(index, now, is_own=index.alias == alias)]


def _kept(own: Collection[PublishedIndex], now: datetime) -> set[str]:
    """Return the names of those of our configuration that have served and stay besides the one that serves."""
    complete = newest_first(index.publication for index in own if index.publication)
    served = [publication for publication in complete if publication.served]
    serving = {index.name for index in own if index.is_serving}
    others = [publication for publication in served if publication.name not in serving]
    before = [publication for publication in others if publication.withdrawn is None][:1]
    last = before or [publication for publication in served if publication.name in serving]
    if not serving or any(publication.served and now - publication.served <= _LATE for publication in last):
        return {publication.name for publication in served}
    withdrawn = {publication.withdrawn: publication for publication in others if publication.withdrawn}
    return {publication.name for publication in (*before, *(withdrawn[at] for at in sorted(withdrawn)[-1:]))}


def _is_left_behind(index: PublishedIndex, alias: str, began: datetime, now: datetime) -> bool:
    """Tell whether an index serves a configuration that ours has taken the place of long ago."""
    times = (index.served, index.asked, began)
    return index.alias != alias and all(now - time > _LEFT_BEHIND for time in times if time)


def _is_old(index: PublishedIndex, now: datetime, *, is_own: bool) -> bool:
    publication, completed = index.publication, index.completed
    if publication is None or completed is None:
        return now - index.created > _UNFINISHED
    if index.asked and now - index.asked <= _UNSERVED:
        return False
    return (is_own and publication.served is not None) or now - (publication.served or completed) > _UNSERVED


def _time(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
