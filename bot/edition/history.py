"""The edition that serves and the one before it, and what of both outlasts this process."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.articles import Removals
from bot.articles.sources import Source
from bot.edition.edition import Edition
from bot.edition.edition_errors import NothingBeforeError, RemovedBeforeError, UnknownEditionError
from bot.edition.gates import GoldenQuestion
from bot.edition.reload_outcomes import GoldenOutcome, Reloaded, RolledBack, compare_editions
from bot.edition.serving_store import Served, ServingRecord, ServingStore, SourceState
from bot.edition.source_fetch import Hold


@dataclass(frozen=True, slots=True)
class Move:
    """From one edition to another, which serves; `is_back` after a rollback from the old edition, `hold` its effect."""

    old: Served | None
    new: Served
    is_back: bool = False
    hold: Hold = Hold.STATE

    def outcome(self, by: str | None, *, is_followed: bool = False) -> Reloaded | RolledBack:
        """Return the outcome of a move that `by` made, or that another process made and this one followed."""
        old = self.old.edition if self.old else None
        before, serving = old.fingerprint if old else None, self.new.figures
        changes = compare_editions(old, self.new.edition)
        if self.is_back and before is not None:
            found = RolledBack(serving=serving, by=by, before=before, changes=changes, is_followed=is_followed)
            return replace(found, hold=self.hold)
        return Reloaded(serving=serving, by=by, before=before, changes=changes, is_followed=is_followed)


class History:
    """The edition that serves and the one before it, with what the next start has to know of them.

    A swap is a single assignment, so that other threads may read `now` meanwhile. `rolled_back_from` is the state that
    somebody rolled back from; it is forgotten once another edition serves by somebody's wish, or the state itself does.
    """

    def __init__(self, source: Source, store: ServingStore) -> None:
        self.now: Served | None = None
        self.before: Served | None = None
        self.rolled_back_from: SourceState | None = None
        self._source = source
        self.store = store
        # Whether what serves does so since a rollback.
        self._is_back = False
        self._articles_before_start = 0
        # A reload moves, and so does a thread that follows other processes meanwhile.
        self._moving = threading.RLock()

    @property
    def articles(self) -> int:
        """The number of articles that serve, or served before a restart."""
        return len(self.now.edition.articles) if self.now else self._articles_before_start

    @property
    def fingerprint(self) -> str | None:
        """The fingerprint of the edition that serves, None before the first."""
        return self.now.edition.fingerprint if self.now else None

    @property
    def hold(self) -> Hold:
        """What of the source stays out."""
        if self.rolled_back_from is None:
            return Hold.NONE
        return Hold.STATE if self._source.usual_refresh is None else Hold.ALL

    def is_rolled_back(self, state: SourceState, by: str | None) -> bool:
        """Whether a state was rolled back from, so that it serves again only `by` a person's wish.

        Of a source that has news of its own accord every later state counts as that one: the next piece of news would
        bring back what was to go.
        """
        if by is not None or self.rolled_back_from is None:
            return False
        return self.hold is Hold.ALL or self.rolled_back_from.matches(state)

    def has_no_news(self, edition: Edition) -> bool:
        """Whether the edition that serves has the same rejections as another one."""
        return self.now is not None and self.now.edition.rejections == edition.rejections

    def recall(self) -> bool:
        """Serve what served before a restart, as far as it is left; return whether anything is known of it."""
        record = self._recalled()
        if record is None:
            return False
        self.now, self.rolled_back_from = record.served, record.rolled_back_from
        self._articles_before_start, self._is_back = record.articles, record.is_back
        return True

    def resume(self, served: Served) -> None:
        """Serve what was built again of the articles that served before a restart."""
        self.store.serve(served, None, self.rolled_back_from, None)
        self.now = served
        self._source.note_served(served.state.version)

    def swap(self, new: Served, old: Served | None, by: str | None, *, is_step: bool = True) -> None:
        """Serve a new edition instead of the one that served when it was begun, and keep that to roll back to.

        Where it is no step, since it differs only by what moderators keep out, what was rolled back from stays out, and
        a rollback goes to what it would have gone to.
        """
        # What a schedule passes over on its way may come back to the source.
        is_free = (by is not None and is_step) or (self.rolled_back_from and self.rolled_back_from.matches(new.state))
        gone = None if is_free else self.rolled_back_from
        with self._moving:
            self.store.serve(new, old, gone, by)
            self._turn_to(new, is_step=is_step)
        self.rolled_back_from = gone
        self._is_back &= not is_step
        self._source.note_served(new.state.version)

    def roll_back(self, kept_out: Removals, chosen: str | None = None) -> Move:
        """Serve the edition before, or the one with a chosen fingerprint.

        Raise NothingBeforeError, UnknownEditionError, or RemovedBeforeError where that one has what stays out.
        """
        with self._moving:
            old = self.now
            if old is None:
                raise NothingBeforeError
            new = self._chosen(old, chosen) if chosen else self.before or self.store.find_previous(old)
            if new is None:
                raise UnknownEditionError if chosen else NothingBeforeError
            for removal in (*old.edition.kept_out.only(withdrawn=True), *kept_out):
                # What one source withdrew, another may still give.
                is_there = removal.is_withdrawn and any(Removals([removal]).served_by(old.edition.articles))
                if not is_there and (found := next(Removals([removal]).served_by(new.edition.articles), None)):
                    raise RemovedBeforeError(found.title, is_withdrawn=removal.is_withdrawn)
            # After several steps the source still has what the first was from; the way back to that ends the hold.
            held = (self.rolled_back_from if self._is_back else None) or old.state
            gone = None if held.matches(new.state) else held
            self.store.roll_back(old, new, gone)
            self._turn_to(new)
            self.before, self._is_back = None, gone is not None
        self.rolled_back_from = gone
        self._source.note_served(new.state.version)
        return Move(old, new, is_back=True, hold=self.hold)

    def _chosen(self, now: Served, fingerprint: str) -> Served | None:
        if fingerprint == now.edition.fingerprint:
            return None
        is_before = self.before is not None and self.before.edition.fingerprint == fingerprint
        return self.before if is_before else self.store.open_earlier(fingerprint)

    def confirm(
        self, now: Served, state: SourceState, questions: Sequence[GoldenQuestion], golden: GoldenOutcome | None
    ) -> Served:
        """Note the newest source state of an edition, and the golden questions that it was asked last."""
        known = Served(now.edition, replace(state, fingerprint=now.edition.fingerprint), questions, golden)
        with self._moving:
            if self.now is now:
                self.now = known
        self._source.note_served(known.state.version)
        # Where it is the same, it may have been fetched anew, since what was here of it had changed.
        if known.state != now.state:
            self.store.note(known, self.rolled_back_from)
        return known

    def _recalled(self) -> ServingRecord | None:
        return self.store.recall(self.now)

    def _turn_to(self, new: Served, *, is_step: bool = True) -> None:
        """Answer from another edition, and after a step keep the one until now to roll back to."""
        old, self.now = self.now, new
        self.before = old if is_step else self.before
        if old is not None:
            old.edition.release_memory()
