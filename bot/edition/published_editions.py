"""The editions on a cluster, of which one serves for all processes: published, made to serve, rolled back."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from bot.articles.sources import Source
from bot.edition.build import Build, StageCallback
from bot.edition.edition import Edition
from bot.edition.edition_errors import NothingPublishedError
from bot.edition.editions import Editions
from bot.edition.history import History, Move
from bot.edition.reload_lock import Attempt, log_outcome
from bot.edition.reload_outcomes import Reloaded, ReloadOutcome, Resumed, RolledBack, Unchanged
from bot.edition.serving_store import Served, ServingRecord, ServingStore, SourceState
from bot.retrieval.opensearch import (
    IncompleteIndexError,
    IndexBlockedError,
    Publication,
    Publications,
    SearchAwayError,
    SearchError,
    ServedElsewhereError,
    SideFileError,
)

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

    is_shared = True

    def __init__(self, publisher: Publications, open_edition: OpenEdition, shown: str) -> None:
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
        """Let what was rolled back from return with the next build of any process."""
        for one in self._publisher.kept():
            if one.withdrawn is not None:
                self._publisher.reinstate(one)

    def _served(self, publication: Publication) -> Served:
        """Open an edition."""
        edition = self._open(publication)
        self._known[edition] = publication
        return Served(edition, _state(publication))


def _rolled_back_from(publications: Sequence[Publication]) -> SourceState | None:
    """Return the state of the source that was rolled back from last."""
    withdrawn = (one for one in publications if one.withdrawn is not None)
    return next((_state(one) for one in withdrawn), None)


def _state(publication: Publication) -> SourceState:
    return replace(SourceState.from_record(publication.state), fingerprint=publication.fingerprint)


class SharedHistory(History):
    """What serves for all processes; one that builds takes an index that is damaged for none, and makes it anew."""

    def __init__(self, source: Source, store: ServingStore, *, builds: bool) -> None:
        super().__init__(source, store)
        self._builds = builds

    def catch_up(self) -> Move | None:
        """Serve what another process made serve meanwhile; return None where that is what serves here."""
        with self._moving:
            old, record = self.now, self._recalled()
            self.is_lost = old is not None and (record is None or record.served is None)
            if record is None:
                return None
            self.rolled_back_from = record.rolled_back_from
            if record.served is None or record.served is old:
                return None
            self.now, gone = record.served, record.rolled_back_from
            if old is not None:
                old.edition.release_memory()
            if old is not None and old.edition.fingerprint == self.now.edition.fingerprint:
                # What it lies in was made anew, and nothing of it is news.
                self.now = replace(self.now, questions=old.questions, golden=old.golden)
                return None
            return Move(old, self.now, is_back=old is not None and gone is not None and gone.matches(old.state))

    def lift(self) -> None:
        """Let what was rolled back from return."""
        self.store.lift()
        self.rolled_back_from = None

    def _recalled(self) -> ServingRecord | None:
        try:
            return super()._recalled()
        except IncompleteIndexError as error:
            if not self._builds:
                raise
            if not self.is_lost:
                logger.warning("The index that serves is damaged; the next reload builds it anew: %s", error)
            return None


class SharedEditions(Editions):
    """Editions of which one serves for all processes: where another of these makes one serve, `follow` does here too.

    Without `builds` others publish, and nothing is ever built or fetched here. Each method may raise SearchError, and
    one that changes what serves ServedElsewhereError where another edition serves already.
    """

    is_shared = True
    _history: SharedHistory

    def __init__(self, source: Source, build: Build, *, store: ServingStore | None, **options: Any) -> None:
        """Hold the editions of the cluster of a store; `options` are the others of `Editions`."""
        store = store or ServingStore()
        super().__init__(source, build, store=store, **options)
        self._history = SharedHistory(source, store, builds=self.builds)
        self._shown = store.shown
        self.published_at = store.shown if self.builds else ""
        self._unannounced: Reloaded | RolledBack | None = None

    @property
    def source_name(self) -> Path | str:
        """The source, or without builds where others publish, without what is secret in it."""
        return super().source_name if self.builds else self._shown

    def start(self, progress: StageCallback | None = None) -> ReloadOutcome:
        """Serve what serves for all; a process that builds makes it anew where it is damaged or gone."""
        if self.builds:
            return super().start(progress)
        now = self._history.now if self.resume() else None
        if now is None:
            return self.reload(progress)
        self.last = Resumed(serving=now.figures, by=None, is_followed=True)
        return self.last

    def follow(self) -> Reloaded | RolledBack | None:
        """Serve what another process made serve, and return that; None where it serves here.

        A reload that runs here meanwhile, and has begun from another edition, fails in the end.
        """
        unannounced, self._unannounced = self._unannounced, None
        outcome = unannounced or self._catch_up(None)
        if outcome is not None:
            self.last = outcome
            log_outcome(outcome)
        return outcome

    def _catch_up(self, by: str | None) -> Reloaded | RolledBack | None:
        """Serve what another process made serve; return None where that is what serves here."""
        move = self._history.catch_up()
        return move.outcome(by, is_followed=True) if move else None

    def _reload(self, attempt: Attempt) -> ReloadOutcome:
        """Serve what others made serve, and reload where this process builds."""
        followed = self._catch_up(attempt.by)
        try:
            attempt = replace(attempt, base=self._history.now)
            outcome = super()._reload(attempt) if self.builds else self._stay(attempt.by)
        except BaseException:
            self._unannounced = followed
            raise
        return outcome if followed is None or isinstance(outcome, Reloaded) else followed

    def _stay(self, by: str | None) -> Unchanged:
        """Serve on what others made serve; what was rolled back from may return where a person reloads."""
        now = self._history.now
        if now is None:
            raise NothingPublishedError(self._shown)
        if by is not None:
            self._history.lift()
        return Unchanged(serving=now.figures, by=by, rejections=now.edition.rejections, is_followed=True)

    def _roll_back(self, by: str | None) -> RolledBack:
        if followed := self._catch_up(None):
            self._unannounced = followed
            raise ServedElsewhereError
        return super()._roll_back(by)

    @contextmanager
    def _judging(self, new: Served) -> Iterator[None]:
        try:
            yield
        except IncompleteIndexError:
            # The next build would find it there, and take it for whole.
            self._history.store.clear(new)
            raise
