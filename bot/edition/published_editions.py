"""The store of editions on a cluster, of which one serves for all processes: published, made to serve, rolled back."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from weakref import WeakKeyDictionary

from bot.edition.build import StageCallback
from bot.edition.edition import Edition
from bot.edition.edition_errors import NothingPublishedError
from bot.edition.serving_store import Served, ServingRecord, ServingStore, SourceState
from bot.retrieval import (
    IncompleteIndexError,
    IndexBlockedError,
    SearchAwayError,
    SearchError,
    ServedElsewhereError,
    SideFileError,
)
from bot.retrieval.opensearch import Publication, Publications

logger = logging.getLogger(__name__)

PASSING = (
    *(NothingPublishedError, SearchAwayError, IndexBlockedError, IncompleteIndexError),
    *(SideFileError, ServedElsewhereError),
)
"""What a start on a cluster may meet, and a later one not: others publish, make room, or were quicker."""
OpenEdition = Callable[[Publication], Edition]
"""Makes the edition of an index: what is small of it is brought here, and the rest read as questions come."""


class PublishedEditions(ServingStore):
    """What serves on a cluster, and the ones before it; nothing of that is on this machine but what it can fetch."""

    def __init__(self, publisher: Publications, open_edition: OpenEdition, shown: str) -> None:
        self.shown = shown
        """The cluster and its indices without what is secret."""
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
        # A node that copies a large index may answer too late for the gates.
        self._publisher.wait_for_copies(publication, note)
        return replace(self._served(publication), state=built.state)

    def serve(self, new: Served, old: Served | None, rolled_back_from: SourceState | None, by: str | None) -> None:
        """Make an edition serve for all; raise ServedElsewhereError where another one does than the old."""
        del rolled_back_from
        publication = self._known[new.edition]
        self._publisher.serve(publication, self._known[old.edition] if old else None)
        try:
            for one in self._publisher.kept():
                if one.withdrawn is not None and (by is not None or one.name == publication.name):
                    self._publisher.reinstate(one)
            self._publisher.remove_old()
        except SearchError as error:
            logger.warning("Old indices were not removed from the cluster yet, the next reload tries again: %s", error)

    def clear(self, broken: Served | None = None) -> None:
        """Take away what is no longer of use, and what is broken; where that fails, the next reload does it."""
        with suppress(SearchError, ServedElsewhereError):
            if broken is not None:
                self._publisher.discard(self._known[broken.edition])
            self._publisher.remove_old()

    def find_previous(self, now: Served) -> Served | None:
        """Return what served before what serves now, except what was rolled back from."""
        for one in self._publisher.kept():
            if one.fingerprint != now.edition.fingerprint and one.served is not None and one.withdrawn is None:
                return self._served(one)
        return None

    def roll_back(self, old: Served, new: Served, rolled_back_from: SourceState | None) -> None:
        """Mark what serves, so that no schedule of any process brings it back, and make the one before serve."""
        del rolled_back_from
        left, back = self._known[old.edition], self._known[new.edition]
        self._publisher.withdraw(left)
        try:
            self._publisher.serve(back, left)
        except Exception:
            with suppress(SearchError):
                self._publisher.reinstate(left)
            raise

    def lift(self) -> None:
        """Let what was rolled back from return with the next build of any process."""
        for one in self._publisher.kept():
            if one.withdrawn is not None:
                self._publisher.reinstate(one)

    def _served(self, publication: Publication) -> Served:
        edition = self._open(publication)
        self._known[edition] = publication
        return Served(edition, _state(publication))


def _rolled_back_from(publications: Sequence[Publication]) -> SourceState | None:
    withdrawn = (one for one in publications if one.withdrawn is not None)
    return next((_state(one) for one in withdrawn), None)


def _state(publication: Publication) -> SourceState:
    return replace(SourceState.from_record(publication.state), fingerprint=publication.fingerprint)
