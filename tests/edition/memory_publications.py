"""A cluster that is this process' memory, shared by as many editions as a test has bots."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from bot.articles import ProgressCallback, Removal, RemovalList, Removals
from bot.articles.sources import Source
from bot.edition import Edition, EditionBuilder, Editions, PublishedEditions, SharedEditions
from bot.retrieval import IncompleteIndexError, IndexGoneError, SearchAwayError, ServedElsewhereError
from bot.retrieval.opensearch import Publication, Publications, Seal
from bot.storage import Arrays
from tests.answering.coverage import ANALYSER
from tests.edition.samples import CHECK, PHRASES


@dataclass
class MemoryPublications:
    """Indices by name, and the one that the alias names; `before` has what happens before the next call of a name.

    Of those whose names are in `changed`, somebody has changed documents.
    """

    indices: dict[str, Publication] = field(default_factory=dict)
    stored: dict[str, tuple[Arrays, Mapping[str, Any]]] = field(default_factory=dict)
    alias: str | None = None
    is_away: bool = False
    calls: list[str] = field(default_factory=list)
    before: dict[str, Callable[[], object]] = field(default_factory=dict)
    other_versions: list[Publication] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)
    _clock: datetime = datetime(2026, 3, 8, tzinfo=UTC)

    def serving(self) -> Publication | None:
        self._ask("serving")
        if self.alias in self.changed:
            raise IncompleteIndexError(self.alias)
        return self.indices[self.alias] if self.alias else None

    def kept(self) -> list[Publication]:
        self._ask("kept")
        return sorted(self.indices.values(), key=lambda one: one.served or datetime.min.replace(tzinfo=UTC))[::-1]

    def others(self) -> list[Publication]:
        self._ask("others")
        return self.other_versions

    def publish(
        self, arrays: Arrays, facts: Mapping[str, Any], state: Mapping[str, Any], progress: ProgressCallback
    ) -> Publication:
        self._ask("publish")
        for damaged in self.changed & self.indices.keys():
            del self.indices[damaged], self.stored[damaged]
        self.alias = None if self.alias in self.changed else self.alias
        progress(1, 2)
        name = f"news-{facts['fingerprint']}"
        name += "-anew" * (name in self.changed)
        self.stored.setdefault(name, (arrays, facts))
        fresh = Publication(name, facts["fingerprint"], facts["articles"], {}, self._tick(), {name: Seal(0, -1)})
        known = self.indices.get(name) or fresh
        self.indices[name] = replace(known, state=state)
        progress(2, 2)
        return self.indices[name]

    def wait_for_copies(self, publication: Publication, progress: ProgressCallback) -> bool:
        self._ask("wait_for_copies")
        progress(publication.articles, publication.articles)
        return True

    def serve(self, new: Publication, instead_of: Publication | None) -> None:
        self._ask("serve")
        if self.alias not in {instead_of.name if instead_of else None, new.name}:
            raise ServedElsewhereError
        self.indices[new.name] = replace(self.indices[new.name], served=self._tick())
        self.alias = new.name

    def withdraw(self, publication: Publication) -> None:
        self._ask("withdraw")
        self.indices[publication.name] = replace(self.indices[publication.name], withdrawn=self._tick())

    def reinstate(self, publication: Publication) -> None:
        self._ask("reinstate")
        self.indices[publication.name] = replace(self.indices[publication.name], withdrawn=None)

    def discard(self, publication: Publication) -> None:
        self._ask("discard")
        if publication.name == self.alias:
            raise ServedElsewhereError
        del self.indices[publication.name], self.stored[publication.name]

    def remove_old(self) -> list[str]:
        self._ask("remove_old")
        others = [one for one in self.kept() if one.name != self.alias]
        served = [one for one in others if one.served and not one.withdrawn][:1]
        withdrawn = [one for one in others if one.withdrawn][:1]
        old = [one for one in others if one not in served + withdrawn]
        for one in old:
            del self.indices[one.name], self.stored[one.name]
        return [one.name for one in old]

    def open_edition(self, publication: Publication) -> Edition:
        self._ask("open")
        if publication.name not in self.stored:
            raise IndexGoneError(publication.name)
        return Edition.from_arrays(*self.stored[publication.name], ANALYSER)

    def lose_all(self) -> None:
        self.indices, self.stored, self.alias = {}, {}, None

    def _ask(self, call: str) -> None:
        self.calls.append(call)
        if happening := self.before.pop(call, None):
            happening()
        if self.is_away:
            raise SearchAwayError(f"played, and in other words each time: {len(self.calls)}")

    def _tick(self) -> datetime:
        self._clock += timedelta(seconds=1)
        return self._clock


def member(  # noqa: PLR0913 (of what, and what is kept out)
    cluster: MemoryPublications,
    source: Source,
    cache: Path | None = None,
    *,
    builds: bool = True,
    removals: RemovalList | None = None,
    withdrawn: Sequence[Removal] = (),
) -> Editions:
    """Make the editions of one bot of a cluster; they have not started."""

    def listed() -> Removals:
        return Removals([*withdrawn, *(removals.read() if removals else ())])

    make = EditionBuilder(PHRASES, ANALYSER, cache, 0, removals=listed)
    publications = cast("Publications", cluster)
    store = PublishedEditions(publications, cluster.open_edition, "https://search.example (news)")
    return SharedEditions(
        source,
        make.build,
        key=make.key,
        check=CHECK,
        store=store,
        builds=builds,
        build_in_process=make.build_in_process,
        kept_out=listed,
        removal_list=removals,
    )


def started_member(cluster: MemoryPublications, source: Source, *, builds: bool = True) -> Editions:
    """Start a bot of a cluster."""
    editions = member(cluster, source, builds=builds)
    editions.start()
    return editions
