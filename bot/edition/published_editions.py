"""The editions on a cluster, of which one serves for all processes: published, made to serve, gone back from."""

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from bot.articles import ProgressCallback
from bot.edition.build import StageCallback
from bot.edition.edition import Edition
from bot.edition.served import Served, SourceState
from bot.edition.serving_store import ServingRecord, ServingStore
from bot.retrieval.opensearch import Publication, SearchError, ServedElsewhereError
from bot.storage import Arrays

logger = logging.getLogger(__name__)

OpenEdition = Callable[[Publication], Edition]
"""Makes the edition of an index: what is small of it is brought here, and the rest read as questions come."""


class Publisher(Protocol):
    """The indices of one version of this program on a cluster; every method raises SearchError."""

    def serving(self) -> Publication | None:
        """Return what serves."""

    def kept(self) -> Sequence[Publication]:
        """Return all that are whole, what served last first."""

    def others(self) -> Sequence[Publication]:
        """Return what other versions of this program published, what serves of each first."""

    def publish(
        self, arrays: Arrays, facts: Mapping[str, Any], state: Mapping[str, Any], progress: ProgressCallback
    ) -> Publication:
        """Put an edition into an index, or find it there, and return it; it does not serve by that."""

    def wait_for_copies(self, publication: Publication, progress: ProgressCallback) -> bool:
        """Wait until each node that is to have a copy of an index has one; tell whether that is so."""

    def serve(self, new: Publication, instead_of: Publication | None) -> None:
        """Make another one serve; raise ServedElsewhereError where what serves is neither of the two."""

    def withdraw(self, publication: Publication) -> None:
        """Mark one as gone back from."""

    def reinstate(self, publication: Publication) -> None:
        """Take that mark away."""

    def discard(self, publication: Publication) -> None:
        """Remove one; raise ServedElsewhereError where it serves."""

    def remove_old(self) -> Sequence[str]:
        """Remove all that neither serve nor may serve again; return their names."""


class PublishedEditions(ServingStore):
    """What serves on a cluster, and the ones before it; nothing of that is on this machine but what it can fetch."""

    is_shared = True

    def __init__(self, publisher: Publisher, open_edition: OpenEdition, shown: str) -> None:
        """Publish by one publisher; `shown` names the cluster and its indices without what is secret."""
        self.shown = shown
        self._publisher = publisher
        self._open = open_edition
        self._known = WeakKeyDictionary[Edition, Publication]()

    def recall(self, now: Served | None) -> ServingRecord | None:
        """Return what serves for all; where nothing does, what is known by other versions of this program."""
        serving, kept = self._publisher.serving(), self._publisher.kept()
        if serving is None:
            kept = self._publisher.others()
            return ServingRecord(None, kept[0].articles, _rolled_back_from(kept)) if kept else None
        gone = _rolled_back_from([one for one in kept if one.name != serving.name])
        # One that was made anew has the same fingerprint.
        is_same = now is not None and self._known[now.edition].name == serving.name
        return ServingRecord(now if is_same else self._served(serving), serving.articles, gone)

    def prepare(self, built: Served, progress: StageCallback) -> Served:
        """Publish an edition that was built here, and return it as every process will have it."""
        edition, note = built.edition, partial(progress, "publishing")
        publication = self._publisher.publish(edition.arrays, edition.facts, built.state.to_record(), note)
        # Who is asked while copies of a large index are made may answer too late for the gates.
        self._publisher.wait_for_copies(publication, note)
        return replace(self._served(publication), state=built.state)

    def serve(self, new: Served, old: Served | None, rolled_back_from: SourceState | None, by: str | None) -> None:
        """Make an edition serve for all; raise ServedElsewhereError where another one does than the old."""
        del rolled_back_from
        publication = self._known[new.edition]
        self._publisher.serve(publication, self._known[old.edition] if old else None)
        try:
            self._settle(publication, by)
        except SearchError as error:
            logger.warning("What serves no more was not removed from the cluster yet: %s", error)

    def clear(self, broken: Served | None = None) -> None:
        """Take away what is of no use any more, and what is broken; where that fails, the next that serves does it."""
        with suppress(SearchError, ServedElsewhereError):
            if broken is not None:
                self._publisher.discard(self._known[broken.edition])
            self._publisher.remove_old()

    def find_previous(self, now: Served) -> Served | None:
        """Return what served before what serves now, but for what was gone back from."""
        for one in self._publisher.kept():
            if one.fingerprint != now.edition.fingerprint and one.served is not None and one.withdrawn is None:
                return self._served(one)
        return None

    def roll_back(self, old: Served, new: Served) -> None:
        """Mark what serves, so that no schedule of any process brings it back, and make the one before serve."""
        left, back = self._known[old.edition], self._known[new.edition]
        self._publisher.withdraw(left)
        try:
            self._publisher.serve(back, left)
        except Exception:
            with suppress(SearchError):
                self._publisher.reinstate(left)
            raise

    def lift(self) -> None:
        """Let what was gone back from return, by the next build of whichever process."""
        for one in self._publisher.kept():
            if one.withdrawn is not None:
                self._publisher.reinstate(one)

    def _served(self, publication: Publication) -> Served:
        """Open an edition."""
        edition = self._open(publication)
        self._known[edition] = publication
        return Served(edition, _state(publication))

    def _settle(self, serving: Publication, by: str | None) -> None:
        """Forget what was gone back from, where it serves or somebody wants what serves; remove what is old."""
        for one in self._publisher.kept():
            if one.withdrawn is not None and (by is not None or one.name == serving.name):
                self._publisher.reinstate(one)
        self._publisher.remove_old()


def _rolled_back_from(publications: Sequence[Publication]) -> SourceState | None:
    """Return the state of the source that somebody went back from, of several the last one's."""
    withdrawn = (one for one in publications if one.withdrawn is not None)
    return next((_state(one) for one in withdrawn), None)


def _state(publication: Publication) -> SourceState:
    return replace(SourceState.from_record(publication.state), fingerprint=publication.fingerprint)
