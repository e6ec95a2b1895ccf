"""The one place that holds the current edition."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.articles import ProgressCallback
from bot.articles.sources import Fetched, Source, SourceError, unexpected_error
from bot.edition.build import StageCallback
from bot.edition.edition import Edition
from bot.edition.edition_errors import BuildError, EmptyCorpusError, GateError, NothingBeforeError
from bot.edition.gates import MOST_SHRINK, Check, GoldenQuestion, check_shrinkage, no_check, read_golden
from bot.edition.last_served import LastServed, Served, SourceState
from bot.edition.reload_lock import ReloadLock, Running, log_failure, log_report
from bot.edition.reload_report import Changes, GoldenOutcome, Report, changes

logger = logging.getLogger(__name__)

Build = Callable[[Path, StageCallback | None], Edition]


class Editions:
    """The current edition of one source and the one before; a reload builds the next aside and swaps one reference.

    `reload` and `rollback` may run in a worker thread while others read `current`: the swap is a single assignment.
    Whatever fails, the old edition goes on serving. `source_error` is why the source could not be reached the last
    time, `last` what came of the last attempt that did not fail; `needs_fetch` until a source that a start did not wait
    for was asked.
    """

    def __init__(  # noqa: PLR0913 (from what, how, and under which conditions)
        self,
        source: Source,
        build: Build,
        *,
        key: Callable[[Path], str] | None = None,
        check: Check = no_check,
        most_shrink: float = MOST_SHRINK,
        last_served: LastServed | None = None,
        build_in_process: Build | None = None,
        stop: Callable[[], None] | None = None,
    ) -> None:
        """Take what names the state of files, so that none is built twice, and the gate that asks an edition.

        `build` may take the interpreter's lock; `build_in_process` builds what comes from outside, and whatever is
        built while an edition serves; `stop` ends a build.
        """
        self.source_error: SourceError | None = None
        self.last: Report | None = None
        self.needs_fetch = False
        self._source = source
        self._build = build
        self._build_in_process = build_in_process or build
        self._stop = stop
        self._key = key
        self._check = check
        self._most_shrink = most_shrink
        self._last_served = last_served
        self._lock = ReloadLock()
        self._now: Served | None = None
        self._before: Served | None = None
        self._rolled_back_from: SourceState | None = None
        self._articles_before = 0

    @property
    def current(self) -> Edition:
        """The edition that serves now; raise LookupError before the first `reload`."""
        if self._now is None:
            raise LookupError("no edition has been built yet")
        return self._now.edition

    @property
    def source_name(self) -> Path | str:
        """The source as it may be shown: a path of this machine, or an address without what is secret in it."""
        return Path(self._source.name) if self._source.is_local else self._source.name

    @property
    def running(self) -> Running | None:
        """The reload under way, if one is."""
        return self._lock.running

    def start(self, progress: StageCallback | None = None) -> Report:
        """Serve what served before a restart, if that is remembered, and then what the source has.

        What is remembered serves on where a reload would not replace it, and first where the source is behind a
        network: `needs_fetch` then, until the next `reload`. Where only its articles are left, as after an update of
        this program, it is built again. Without them this is a `reload`.
        """
        record = self._last_served.read() if self._last_served else None
        if record is not None:
            self._rolled_back_from, self._articles_before = record.rolled_back_from, record.articles
            self._now = record.served or self._rebuild(progress)
            if record.served is None:
                self._note()
        if self._now is None:
            return self.reload(progress)
        nothing = self._no_changes(self._now)
        resumed = replace(_report(self._now, self._now, None, nothing), unchanged=True, resumed=True)
        self.last = resumed
        self.needs_fetch = not self._source.is_local
        if self.needs_fetch:
            return resumed
        try:
            return self.reload(progress)
        except GateError as error:
            self.last = replace(resumed, gate=error)
        except Exception:  # noqa: BLE001 (it is logged, and what served before serves)
            self.last = resumed
        return self.last

    def reload(self, progress: StageCallback | None = None, *, by: str | None = None, force: bool = False) -> Report:
        """Fetch the articles, and serve their edition if it passes the gates; `force` opens that against shrinking.

        What somebody went back from returns only `by` somebody. Raise SourceError, GateError, BuildError, or
        ReloadRunningError while another one runs. The first edition needs only an article: nothing else could serve.
        """
        began = time.monotonic()
        with log_failure("Reload", by, self._fingerprint), self._lock.hold(by, progress) as note:
            report = self._reload(note, by, force=force)
            self.last = report = replace(report, seconds=time.monotonic() - began)
        log_report("Reload", report)
        return report

    def rollback(self, by: str | None) -> Report:
        """Serve the edition before again; raise NothingBeforeError, or ReloadRunningError while a reload runs."""
        with log_failure("Rollback", by, self._fingerprint), self._lock.hold(by):
            now, before = self._now, self._before
            if now is None or before is None:
                raise NothingBeforeError
            self._rolled_back_from = now.state
            self._now, self._before = before, None
            self._note()
            report = replace(_report(before, now, by, changes(now.edition, before.edition)), is_rollback=True)
            self.last = report
        log_report("Rollback", report)
        return report

    def cancel(self, by: str | None) -> bool:
        """End the reload under way, which then raises ReloadCancelledError; tell whether there is one.

        Once it has passed the gates it is done.
        """
        is_running = self._lock.cancel(by)
        if is_running and self._stop is not None:
            self._stop()
        return is_running

    def _make(self, path: Path, progress: StageCallback | None) -> Edition:
        is_alone = self._now is None and self._source.is_local
        return (self._build if is_alone else self._build_in_process)(path, progress)

    @property
    def _fingerprint(self) -> str | None:
        return self._now.edition.fingerprint if self._now else None

    def _reload(self, progress: StageCallback, by: str | None, *, force: bool) -> Report:
        progress("fetching", 0, 0)
        fetched = self._fetch(partial(progress, "fetching"), force=by is not None)
        try:
            return self._put(fetched, progress, by, force=force)
        except GateError as error:
            kept = self._source.last_served() if self._now is None else None
            if kept is None or kept.path == fetched.path:
                raise
            logger.warning("The last snapshot that served does so again, for the source's did not pass: %s", error)
            return replace(self._put(kept, progress, by, force=force), gate=error, resumed=True)
        finally:
            self._source.note_survived()

    def _put(self, fetched: Fetched, progress: StageCallback, by: str | None, *, force: bool) -> Report:
        """Serve what was fetched, if it is something new and passes the gates."""
        state = SourceState(fetched.version, self._key(fetched.path) if self._key else None)
        if (report := self._known(state, fetched.path, by, progress)) is not None:
            return report
        try:
            edition = self._make(fetched.path, progress)
        except EmptyCorpusError as error:
            raise EmptyCorpusError(self.source_name, error.rejections) from error
        state = replace(state, fingerprint=edition.fingerprint)
        is_new = self._now is None or self._now.edition.rejections != edition.rejections
        if (not is_new or self._is_rolled_back(state, by)) and (
            report := self._known(state, fetched.path, by, progress)
        ) is not None:
            return report
        report = self._swap(Served(edition, state), fetched.path, by, progress, force=force)
        self._note()
        return report

    def _rebuild(self, progress: StageCallback | None) -> Served | None:
        """Build what served last from the articles that are left of it, None where that cannot be done."""
        kept = self._source.last_served()
        if kept is None:
            return None
        # First, as in a reload: what is read for the key is not read once more to build.
        key = self._key(kept.path) if self._key else None
        try:
            edition = self._make(kept.path, progress)
        except (BuildError, EmptyCorpusError) as error:
            logger.warning("What served before cannot be built again: %s", error)
            return None
        return Served(edition, SourceState(kept.version, key, edition.fingerprint))

    def _note(self) -> None:
        """Remember what serves for the next start."""
        if self._now is None:
            return
        self._source.note_served(self._now.state.version)
        if self._last_served is not None:
            self._last_served.note(self._now, self._rolled_back_from)

    def _fetch(self, progress: ProgressCallback, *, force: bool) -> Fetched:
        """Bring the newest articles, or at the start, while their source is away, the last that came from there."""
        self.needs_fetch = False
        try:
            fetched = self._source.fetch(progress, force=force)
        except Exception as error:
            self._lock.check()
            before = self.source_error
            self.source_error = error if isinstance(error, SourceError) else unexpected_error(error)
            if self.source_error is not error and str(self.source_error) != str(before):
                logger.exception("The fetch of the coverage failed in a way that nobody foresaw")
            kept = self._source.last_served() if self._now is None else None
            if kept is None:
                raise self.source_error from error
            logger.warning("The source is away, and the last good snapshot serves: %s", self.source_error)
            return kept
        self.source_error = None
        return fetched

    def _is_rolled_back(self, state: SourceState, by: str | None) -> bool:
        return by is None and self._rolled_back_from is not None and self._rolled_back_from.matches(state)

    @staticmethod
    def _no_changes(served: Served) -> Changes:
        return Changes((), (), (), served.edition.rejections)

    def _known(self, state: SourceState, path: Path, by: str | None, progress: StageCallback) -> Report | None:
        """Report that nothing is new, or nothing that may come back by itself; None where there is something."""
        now = self._now
        if now is None:
            return None
        nothing = self._no_changes(now)
        if self._is_rolled_back(state, by):
            return replace(_report(now, now, by, nothing), unchanged=True, held_back=True)
        if not now.state.matches(state):
            return None
        questions = read_golden(path)
        golden = now.golden if questions == now.questions else self._check(now.edition, questions, progress)
        known = replace(state, fingerprint=now.edition.fingerprint)
        self._now = Served(now.edition, known, questions, golden)
        if known != now.state:
            self._note()
        else:
            # It may have been fetched anew, since what was here of it had changed.
            self._source.note_served(known.version)
        return replace(_report(self._now, now, by, nothing), unchanged=True)

    def _swap(self, new: Served, path: Path, by: str | None, progress: StageCallback, *, force: bool) -> Report:
        """Put an edition to the test and serve it; raise GateError, and change nothing, where it does not pass."""
        now, gate, golden = self._now, None, None
        questions: tuple[GoldenQuestion, ...] = ()
        before = len(now.edition.articles) if now else self._articles_before
        try:
            if not force:
                check_shrinkage(before, len(new.edition.articles), self._most_shrink)
            questions = read_golden(path)
            golden = self._check(new.edition, questions, progress)
        except GateError as error:
            if now is not None:
                raise
            gate = error
        self._lock.check()
        new = replace(new, questions=questions, golden=golden)
        report = _report(new, now, by, changes(now.edition if now else None, new.edition))
        self._before, self._now = now, new
        # What a schedule passes over on its way may come back to the source.
        if by is not None or (self._rolled_back_from and self._rolled_back_from.matches(new.state)):
            self._rolled_back_from = None
        if now is not None:
            now.edition.release_memory()
        return replace(report, gate=gate)


def _report(new: Served, old: Served | None, by: str | None, found: Changes) -> Report:
    return Report(
        changes=found,
        before=old.edition.fingerprint if old else None,
        after=new.edition.fingerprint,
        unchanged=False,
        seconds=0.0,
        by=by,
        at=datetime.now(UTC),
        golden=new.golden if new.golden != GoldenOutcome() else None,
        passages=len(new.edition.index),
        folded=new.edition.folded,
        version=new.state.version.label if new.state.version else "",
    )
