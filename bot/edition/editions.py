"""The current edition of a source: started, reloaded, rolled back."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from bot.articles import NO_REMOVALS, Origin, Rejection, Removals
from bot.articles.sources import Fetched, Source, SourceError, SourceProblem
from bot.edition.build import Build, StageCallback
from bot.edition.edition import EarlierEdition, Edition
from bot.edition.edition_errors import BuildError, EmptyCorpusError, GateError
from bot.edition.gates import MOST_SHRINK, Check, Gates, GoldenQuestion, Verdict, no_check
from bot.edition.history import History, Move
from bot.edition.reload_lock import Attempt, ReloadLimits, ReloadLock, Running, log_failure, log_outcome
from bot.edition.reload_outcomes import HeldBack, Reloaded, ReloadOutcome, Resumed, RolledBack, Unchanged
from bot.edition.serving_store import Served, ServingStore, SourceState
from bot.edition.source_fetch import Hold, SourceFetch

logger = logging.getLogger(__name__)


class Editions:
    """The current edition of one source and the one before; a reload builds the next aside and swaps one reference.

    `reload` and `rollback` may run in a worker thread while others read `current`: the swap is a single assignment.
    Whatever fails, the old edition goes on serving. `last` is the outcome of the last attempt that did not fail;
    `needs_fetch` is set by a start that did not wait for the source, until the next `reload`.
    """

    is_shared = False
    """Whether other processes may make another edition serve, here too (see `SharedEditions`)."""
    published_at = ""
    """Where what is built here is published for others too, empty where that is nowhere else."""
    builds = True
    """Whether this process builds editions, rather than serve what others have built."""

    def __init__(  # noqa: PLR0913 (from what, how, and under which conditions)
        self,
        source: Source,
        build: Build,
        *,
        key: Callable[[Path], str] | None = None,
        check: Check = no_check,
        most_shrink: float = MOST_SHRINK,
        store: ServingStore | None = None,
        build_in_process: Build | None = None,
        stop: Callable[[], None] | None = None,
        limits: ReloadLimits | None = None,
        kept_out: Callable[[], Removals] = lambda: NO_REMOVALS,
    ) -> None:
        """Hold the editions that `build` makes of a source, each state of its files once, by their `key`.

        `check` and `most_shrink` are the gates. `build` may take the interpreter's lock; `build_in_process` builds what
        comes over a network, and whatever is built while an edition serves; `stop` ends that. A reload is overdue from
        `limits` on. Nothing that is built has what `kept_out` lists: what moderators removed and sources withdrew.
        """
        self.last: ReloadOutcome | None = None
        self.needs_fetch = False
        self._source = source
        self._build = build
        self._build_in_process = build_in_process or build
        self._stop = stop
        self._key = key
        self._gates = Gates(check, most_shrink, kept_out)
        self._kept_out = kept_out
        self._stays_held_back = False
        self._lock = ReloadLock(limits or ReloadLimits())
        self._fetch = SourceFetch(source, self._lock.check)
        self._history = History(source, store or ServingStore())

    @property
    def current(self) -> Edition:
        """The edition that serves now; raise LookupError before the first `reload`."""
        if self._history.now is None:
            raise LookupError("no edition has been built yet")
        return self._history.now.edition

    @property
    def golden(self) -> Sequence[GoldenQuestion]:
        """The golden questions that the current edition was asked, none before the first."""
        return self._history.now.questions if self._history.now else ()

    @property
    def removals(self) -> Removals:
        """What moderators keep out of the coverage."""
        return self._kept_out().only(withdrawn=False)

    @property
    def source_name(self) -> Path | str:
        """The source: a path, or an address without what is secret in it."""
        return self._source.shown

    @property
    def is_held_back(self) -> bool:
        """Whether the source still has what was rolled back from, so that a person's reload would bring it back."""
        is_passed = isinstance(self.last, Reloaded | Unchanged) and not self._stays_held_back
        return self._history.rolled_back_from is not None and not is_passed

    @property
    def hold(self) -> Hold:
        """What of the source stays out since somebody rolled back."""
        return self._history.hold if self.is_held_back else Hold.NONE

    @property
    def earlier(self) -> Sequence[EarlierEdition]:
        """The editions that can be served again, the one that came to serve last first; read from disk."""
        return [one for one in self._history.store.earlier() if one.fingerprint != self._history.fingerprint]

    @property
    def source_problems(self) -> tuple[SourceProblem, ...]:
        """What is wrong with the source although it gave articles: parts of it that are away, files not had."""
        return self._source.problems

    @property
    def source_error(self) -> SourceError | None:
        """Why the last fetch failed, None where it did not."""
        return self._fetch.error

    @property
    def away(self) -> tuple[SourceProblem, ...]:
        """What the last fetch could not have: parts of the source, or all of it."""
        away, error = tuple(problem for problem in self.source_problems if problem.is_away), self._fetch.error
        if error is None or any(problem.error is error for problem in away):
            return away
        return (*away, SourceProblem(self.source_name, error, is_away=True))

    @property
    def fetch_count(self) -> int:
        """How many fetches this process has ended, well or not; before the first, nothing is known of the source."""
        return self._fetch.count

    @property
    def origins(self) -> Mapping[Path | str, Origin]:
        """The folders of the sources by how they are shown."""
        return self._source.origins

    @property
    def usual_refresh(self) -> float | None:
        """Seconds after which the source has news of its own accord, None where it has none."""
        return self._source.usual_refresh

    @property
    def running(self) -> Running | None:
        """The reload under way, if one is."""
        return self._lock.running

    def start(self, progress: StageCallback | None = None) -> ReloadOutcome:
        """Serve what served before a restart, if that is remembered, and then what the source has.

        What is remembered serves at once: `needs_fetch` then, until the next `reload`, for which it does not wait.
        Where only its articles are left, as after an update of this program, it is built again. Without them this is a
        `reload`.
        """
        history = self._history
        if history.recall() and history.now is None:
            with self._lock.hold(None, progress) as note:
                served = self._rebuild(note)
                self._lock.check()
            if served is not None:
                history.resume(served)
        if history.now is None:
            return self.reload(progress)
        self.last = Resumed(serving=history.now.figures, by=None)
        self.needs_fetch = True
        return self.last

    def resume(self) -> bool:
        """Serve what is remembered to serve, if it is left; return whether it is."""
        return self._history.recall() and self._history.now is not None

    def reload(
        self,
        progress: StageCallback | None = None,
        *,
        by: str | None = None,
        force: bool = False,
        fetches: bool = True,
    ) -> ReloadOutcome:
        """Fetch the articles, and serve their edition if it passes the gates; `force` opens that against shrinking.

        Without `fetches` the articles are those that serve, where they are kept, and only what is kept out of them
        differs: then nothing else can come with them, or fail.

        What was rolled back from returns only `by` a person. Raise SourceError, GateError, BuildError, or
        ReloadRunningError while another one runs. The first edition needs only an article: nothing else could serve.
        """
        with log_failure("Reload", by, self._history.fingerprint), self._lock.hold(by, progress) as note:
            self.needs_fetch = self.needs_fetch and not fetches
            now, was_held_back = self._history.now, self.is_held_back
            kept = None if fetches else self._kept()
            # Where nothing else can differ, what is gone is meant to be.
            force, fetches = force or kept is not None, kept is None
            attempt = Attempt(progress=note, by=by, force=force, fetches=fetches, before=now, base=now)
            outcome = self._serve(kept, attempt) if kept else self._reload(attempt)
            held = now.edition.articles if now and isinstance(outcome, HeldBack) else None
            if held is not None and any(self._kept_out().for_build.served_by(held)):
                # What was withdrawn meanwhile goes all the same.
                kept = self._kept()
                outcome = self._serve(kept, replace(attempt, force=True, fetches=False)) if kept else outcome
            self._stays_held_back = was_held_back and kept is not None
            self.last = outcome = replace(outcome, problems=self._source.problems)
        log_outcome(outcome)
        return outcome

    def follow(self) -> Reloaded | RolledBack | None:
        """Serve what another process made serve, and return that; None where nothing else does."""
        return None

    def rollback(self, by: str | None, chosen: str | None = None) -> RolledBack:
        """Serve the edition before again, or the one with a chosen fingerprint.

        Raise NothingBeforeError, UnknownEditionError, RemovedBeforeError, or ReloadRunningError while a reload runs.
        """
        with log_failure("Rollback", by, self._history.fingerprint), self._lock.hold(by):
            self.last = outcome = self._roll_back(by, chosen)
        log_outcome(outcome)
        return outcome

    def cancel(self, by: str | None) -> bool:
        """Cancel the reload under way, unless it is past the gates; return whether there is one."""
        is_running = self._lock.cancel(by)
        if is_running and self._stop is not None:
            self._stop()
        return is_running

    def _roll_back(self, by: str | None, chosen: str | None) -> RolledBack:
        outcome = self._history.roll_back(Removals([*self._kept_out(), *self.removals]), chosen).outcome(by)
        assert isinstance(outcome, RolledBack)  # noqa: S101 - for the type checker
        return outcome

    def _kept(self) -> Fetched | None:
        """Return the articles that serve; None where they are not kept, or another process may serve others."""
        now, kept = self._history.now, None if self.is_shared else self._source.last_served()
        return kept if now and kept and kept.version == now.state.version else None

    def _reload(self, attempt: Attempt) -> ReloadOutcome:
        """Fetch, and serve what was fetched; at a start, where that fails a gate, the last snapshot that served."""
        attempt.progress("fetching", 0, 0)
        fetched = self._fetch.fetch(
            partial(attempt.progress, "fetching"), force=attempt.by is not None, at_start=self._history.now is None
        )
        try:
            return self._serve(fetched, attempt)
        except GateError as error:
            kept = self._source.last_served() if self._history.now is None else None
            if kept is None or kept.path == fetched.path:
                raise
            logger.warning("The last snapshot that served does so again, since the source's failed a gate: %s", error)
            return Resumed(serving=self._serve(kept, attempt).serving, by=attempt.by, failed_gate=error)

    def _serve(self, fetched: Fetched, attempt: Attempt) -> Reloaded | Unchanged | HeldBack:
        """Build what was fetched, if it is new, put it to the gates, swap it in and remember it."""
        key = self._key(fetched.path) if self._key else None
        state = SourceState(fetched.version, key, removals=self._kept_out().digest)
        if known := self._keep_serving(state, fetched.path, attempt):
            return known
        try:
            edition = self._build_edition(fetched.path, attempt.progress)
        except EmptyCorpusError as error:
            raise EmptyCorpusError(self.source_name, error.rejections) from error
        state = replace(state, fingerprint=edition.fingerprint)
        if self._history.has_no_news(edition) or self._is_held_back(state, attempt):
            known = self._keep_serving(state, fetched.path, attempt, edition.rejections)
        return known or self._swap(Served(edition, state), fetched.path, attempt)

    def _is_held_back(self, state: SourceState, attempt: Attempt) -> bool:
        return attempt.fetches and self._history.is_rolled_back(state, attempt.by)

    def _build_edition(self, path: Path, progress: StageCallback | None) -> Edition:
        """Build beside the answers where there are any, or where the articles come from elsewhere."""
        is_alone = self._history.now is None and self._source.is_local
        return (self._build if is_alone else self._build_in_process)(path, progress)

    def _rebuild(self, progress: StageCallback) -> Served | None:
        """Build what served last from the articles that are left of it, None where that cannot be done."""
        kept = self._source.last_served()
        if kept is None:
            return None
        # First, as in a reload: what is read for the key is not read once more to build.
        key = self._key(kept.path) if self._key else None
        try:
            edition = self._build_edition(kept.path, progress)
        except (BuildError, EmptyCorpusError) as error:
            logger.warning("What served before cannot be built again: %s", error)
            return None
        built = Served(edition, SourceState(kept.version, key, edition.fingerprint, self._kept_out().digest))
        return self._history.store.prepare(built, progress)

    def _keep_serving(
        self, state: SourceState, path: Path, attempt: Attempt, rejections: tuple[Rejection, ...] | None = None
    ) -> Unchanged | HeldBack | None:
        """Keep the edition where the source's state is not new or was rolled back from; None where it is to be built.

        Golden questions that are new are asked of it; raise GateError where it fails them.
        """
        now = self._history.now
        if now is None:
            return None
        if self._is_held_back(state, attempt):
            return HeldBack(serving=now.figures, by=attempt.by, hold=self._history.hold)
        is_same = now.state.matches(state)
        if now.state.removals != state.removals:  # the list may differ by articles that are not there
            is_same = state.fingerprint == now.edition.fingerprint
        if not is_same:
            return None
        questions, golden = self._gates.read_golden(path), now.golden
        if questions != now.questions:
            golden = self._gates.check(now.edition, questions, attempt.progress)
        now = self._history.confirm(now, state, questions, golden)
        rejections = now.edition.rejections if rejections is None else rejections
        return Unchanged(serving=now.figures, by=attempt.by, rejections=rejections)

    def _judge(self, new: Served, path: Path, attempt: Attempt, before: int) -> Verdict:
        """Put an edition to the gates, where so many articles served before it."""
        return self._gates.judge(new.edition, path, attempt.progress, before=before, force=attempt.force)

    def _swap(self, new: Served, path: Path, attempt: Attempt) -> Reloaded:
        """Put an edition to the gates and serve it; raise GateError, and change nothing, where it fails one."""
        before = self._history.articles
        new = self._history.store.prepare(new, attempt.progress)
        verdict = self._judge(new, path, attempt, before)
        if verdict.failed_gate is not None and self._history.now is not None:
            self._history.store.clear()
            raise verdict.failed_gate
        self._lock.check()
        new = replace(new, questions=verdict.questions, golden=verdict.golden)
        outcome = Move(attempt.before, new).outcome(attempt.by)
        assert isinstance(outcome, Reloaded)  # noqa: S101 - for the type checker
        outcome = replace(outcome, seconds=attempt.seconds, failed_gate=verdict.failed_gate)
        self._history.swap(new, attempt.base, attempt.by, is_step=attempt.fetches)
        return outcome
