"""Editions of which one serves for all processes: what another one makes serve is followed here."""

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.articles import RemovalList, Removals
from bot.articles.sources import Source
from bot.edition.build import Build, StageCallback
from bot.edition.edition import Edition
from bot.edition.edition_errors import NothingPublishedError, UnknownEditionError
from bot.edition.editions import Editions
from bot.edition.gates import Verdict
from bot.edition.history import History, Move
from bot.edition.published_editions import PublishedEditions
from bot.edition.reload_lock import Attempt, log_outcome
from bot.edition.reload_outcomes import HeldBack, Reloaded, ReloadOutcome, Resumed, RolledBack, Unchanged
from bot.edition.serving_store import Served, ServingRecord
from bot.retrieval import IncompleteIndexError, ServedElsewhereError

logger = logging.getLogger(__name__)


class SharedHistory(History):
    """What serves for all processes; one that builds takes an index that is damaged for none, and makes it anew.

    `is_lost` where the cluster has nothing more of what serves. What served before is kept there, and not here.
    """

    store: PublishedEditions

    def __init__(self, source: Source, store: PublishedEditions, *, builds: bool) -> None:
        super().__init__(source, store)
        self.is_lost = False
        self._builds = builds

    def has_no_news(self, edition: Edition) -> bool:
        """Whether an edition serves; its rejections are those that whoever published it met."""
        del edition
        return self.now is not None

    def swap(self, new: Served, old: Served | None, by: str | None, *, is_step: bool = True) -> None:
        """Serve a new edition for all; raise ServedElsewhereError where another one serves than `old`."""
        with self._moving:
            super().swap(new, None if self.is_lost else old, by, is_step=is_step)

    def catch_up(self) -> Move | None:
        """Serve what another process made serve meanwhile; return None where that is what serves here."""
        with self._moving:
            old, record = self.now, self._recalled()
            self.is_lost = old is not None and (record is None or record.served is None)
            if record is None:
                return None
            self.rolled_back_from, self._is_back = record.rolled_back_from, False
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

    def _turn_to(self, new: Served, *, is_step: bool = True) -> None:
        super()._turn_to(new, is_step=is_step)
        self.before, self.is_lost = None, False

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

    def __init__(
        self,
        source: Source,
        build: Build,
        *,
        store: PublishedEditions,
        builds: bool = True,
        removal_list: RemovalList | None = None,
        **options: Any,
    ) -> None:
        """Hold the editions of the cluster of a store; `options` are the others of `Editions`.

        What others keep out of what they publish comes on the list of a process that builds, too.
        """
        super().__init__(source, build, **options)
        self.builds = builds
        self._history = SharedHistory(source, store, builds=builds)
        self._shown = store.shown
        self.published_at = store.shown if builds else ""
        self._removal_list = removal_list
        self._unannounced: Reloaded | RolledBack | None = None

    @property
    def removals(self) -> Removals:
        """What moderators keep out of what is built here, or else of what serves."""
        now = self._history.now
        return super().removals if self.builds or now is None else now.edition.kept_out.only(withdrawn=False)

    @property
    def source_name(self) -> Path | str:
        """The source, or without builds where others publish, without what is secret in it."""
        return super().source_name if self.builds else self._shown

    def start(self, progress: StageCallback | None = None) -> ReloadOutcome:
        """Serve what serves for all; a process that builds makes it anew where it is damaged or gone."""
        if self.builds:
            outcome = super().start(progress)
            self._adopt_removals(replaces=False)
            return outcome
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
        outcome = unannounced or self._catch_up(None, replaces=True)
        if outcome is not None:
            self.last = outcome
            log_outcome(outcome)
        return outcome

    def _catch_up(self, by: str | None, *, replaces: bool = False) -> Reloaded | RolledBack | None:
        """Serve what another process made serve; return None where that is what serves here.

        `replaces` where the list of what is kept out may lose what the other process does not keep out.
        """
        move = self._history.catch_up()
        if move is not None:
            self._adopt_removals(replaces=replaces and not move.is_back)
        return move.outcome(by, is_followed=True) if move else None

    def resume(self) -> bool:
        """Serve what serves for all, if anything does; return whether it does."""
        is_there = super().resume()
        self._adopt_removals(replaces=False)
        return is_there

    def _adopt_removals(self, *, replaces: bool) -> None:
        now = self._history.now
        if self.builds and self._removal_list is not None and now is not None:
            try:
                self._removal_list.adopt(now.edition.kept_out.only(withdrawn=False), replaces=replaces)
            except OSError as error:
                logger.warning("What other processes keep out of the coverage cannot be noted here: %s", error)

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

    def _roll_back(self, by: str | None, chosen: str | None) -> RolledBack:
        if chosen:
            raise UnknownEditionError(is_shared=True)
        if followed := self._catch_up(None):
            self._unannounced = followed
            raise ServedElsewhereError
        return super()._roll_back(by, chosen)

    def _keep_serving(self, *found: Any, **options: Any) -> Unchanged | HeldBack | None:
        # What is lost is built anew.
        return None if self._history.is_lost else super()._keep_serving(*found, **options)

    def _judge(self, new: Served, path: Path, attempt: Attempt, before: int) -> Verdict:
        try:
            return super()._judge(new, path, attempt, before)
        except IncompleteIndexError:
            # The next build would find it there, and take it for whole.
            self._history.store.clear(new)
            raise
