"""The one place that holds the current edition."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.articles.sources import Fetched, ProgressCallback, Source, SourceError, unexpected_error
from bot.edition.build import Progress
from bot.edition.edition import Edition
from bot.edition.edition_errors import BuildError, EmptyCorpusError, GateError, NothingBeforeError
from bot.edition.gates import MOST_SHRINK, Check, GoldenQuestion, no_check, read_golden, refuse_shrunk
from bot.edition.last_served import Ledger, Mark, State
from bot.edition.reload_lock import Running, Turn, audited, log_report
from bot.edition.reload_report import Changes, GoldenOutcome, Report, changes

logger = logging.getLogger(__name__)

Build = Callable[[Path, Progress | None], Edition]


class Editions:
    """The current edition of one source and the one before; a reload builds the next aside and swaps one reference.

    `reload` and `rollback` may run in a worker thread while others read `current`: the swap is a single assignment.
    Whatever fails, the old edition goes on serving. `stale` is why the source could not be reached the last time,
    `last` what came of the last attempt that did not fail; `is_behind` until a source that a start did not wait for
    was asked.
    """

    def __init__(  # noqa: PLR0913 (from what, how, and under which conditions)
        self,
        source: Source,
        build: Build,
        *,
        key: Callable[[Path], str] | None = None,
        check: Check = no_check,
        most_shrink: float = MOST_SHRINK,
        ledger: Ledger | None = None,
        apart: Build | None = None,
        stop: Callable[[], None] | None = None,
    ) -> None:
        """Take what names the state of files, so that none is built twice, and the gate that asks an edition.

        `build` may take the interpreter's lock; `apart` builds what comes from outside, and whatever is built while an
        edition serves; `stop` ends a build.
        """
        self.stale: SourceError | None = None
        self.last: Report | None = None
        self.is_behind = False
        self._source = source
        self._build = build
        self._build_apart = apart or build
        self._stop = stop
        self._key = key
        self._check = check
        self._most_shrink = most_shrink
        self._ledger = ledger
        self._turn = Turn()
        self._now: State | None = None
        self._before: State | None = None
        self._gone_back_from: Mark | None = None
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
        return self._turn.running

    def start(self, progress: Progress | None = None) -> Report:
        """Serve what served before a restart, if that is remembered, and then what the source has.

        What is remembered serves on where a reload would not replace it, and first where the source is behind a
        network: `is_behind` then, until the next `reload`. Where only its articles are left, as after an update of
        this program, it is built again. Without them this is a `reload`.
        """
        entry = self._ledger.read() if self._ledger else None
        if entry is not None:
            self._gone_back_from, self._articles_before = entry.gone_back_from, entry.articles
            self._now = entry.state or self._rebuilt(progress)
            if entry.state is None:
                self._note()
        if self._now is None:
            return self.reload(progress)
        nothing = self._nothing(self._now)
        resumed = replace(_report(self._now, self._now, None, nothing), unchanged=True, resumed=True)
        self.last = resumed
        self.is_behind = not self._source.is_local
        if self.is_behind:
            return resumed
        try:
            return self.reload(progress)
        except GateError as error:
            self.last = replace(resumed, gate=error)
        except Exception:  # noqa: BLE001 (it is logged, and what served before serves)
            self.last = resumed
        return self.last

    def reload(self, progress: Progress | None = None, *, by: str | None = None, force: bool = False) -> Report:
        """Fetch the articles, and serve their edition if it passes the gates; `force` opens that against shrinking.

        What somebody went back from returns only `by` somebody. Raise SourceError, GateError, BuildError, or
        ReloadRunningError while another one runs. The first edition needs only an article: nothing else could serve.
        """
        began = time.monotonic()
        with audited("Reload", by, self._fingerprint), self._turn.taken(by, progress) as note:
            report = self._reload(note, by, force=force)
            self.last = report = replace(report, seconds=time.monotonic() - began)
        log_report("Reload", report)
        return report

    def rollback(self, by: str | None) -> Report:
        """Serve the edition before again; raise NothingBeforeError, or ReloadRunningError while a reload runs."""
        with audited("Rollback", by, self._fingerprint), self._turn.taken(by):
            now, before = self._now, self._before
            if now is None or before is None:
                raise NothingBeforeError
            self._gone_back_from = now.mark
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
        is_running = self._turn.cancel(by)
        if is_running and self._stop is not None:
            self._stop()
        return is_running

    def _built(self, path: Path, progress: Progress | None) -> Edition:
        is_alone = self._now is None and self._source.is_local
        return (self._build if is_alone else self._build_apart)(path, progress)

    @property
    def _fingerprint(self) -> str | None:
        return self._now.edition.fingerprint if self._now else None

    def _reload(self, progress: Progress, by: str | None, *, force: bool) -> Report:
        progress("fetching", 0, 0)
        fetched = self._fetched(partial(progress, "fetching"), force=by is not None)
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

    def _put(self, fetched: Fetched, progress: Progress, by: str | None, *, force: bool) -> Report:
        """Serve what was fetched, if it is something new and passes the gates."""
        mark = Mark(fetched.version, self._key(fetched.path) if self._key else None)
        if (report := self._known(mark, fetched.path, by, progress)) is not None:
            return report
        try:
            edition = self._built(fetched.path, progress)
        except EmptyCorpusError as error:
            raise EmptyCorpusError(self.source_name, error.rejections) from error
        mark = replace(mark, fingerprint=edition.fingerprint)
        is_new = self._now is None or self._now.edition.rejections != edition.rejections
        if (not is_new or self._is_held_back(mark, by)) and (
            report := self._known(mark, fetched.path, by, progress)
        ) is not None:
            return report
        report = self._swap(State(edition, mark), fetched.path, by, progress, force=force)
        self._note()
        return report

    def _rebuilt(self, progress: Progress | None) -> State | None:
        """Build what served last from the articles that are left of it, None where that cannot be done."""
        kept = self._source.last_served()
        if kept is None:
            return None
        # First, as in a reload: what is read for the key is not read once more to build.
        key = self._key(kept.path) if self._key else None
        try:
            edition = self._built(kept.path, progress)
        except (BuildError, EmptyCorpusError) as error:
            logger.warning("What served before cannot be built again: %s", error)
            return None
        return State(edition, Mark(kept.version, key, edition.fingerprint))

    def _note(self) -> None:
        """Remember what serves for the next start."""
        if self._now is None:
            return
        self._source.note_served(self._now.mark.version)
        if self._ledger is not None:
            self._ledger.note(self._now, self._gone_back_from)

    def _fetched(self, progress: ProgressCallback, *, force: bool) -> Fetched:
        """Bring the newest articles, or at the start, while their source is away, the last that came from there."""
        self.is_behind = False
        try:
            fetched = self._source.fetch(progress, force=force)
        except Exception as error:
            self._turn.check()
            before, self.stale = self.stale, error if isinstance(error, SourceError) else unexpected_error(error)
            if self.stale is not error and str(self.stale) != str(before):
                logger.exception("The fetch of the coverage failed in a way that nobody foresaw")
            kept = self._source.last_served() if self._now is None else None
            if kept is None:
                raise self.stale from error
            logger.warning("The source is away, and the last good snapshot serves: %s", self.stale)
            return kept
        self.stale = None
        return fetched

    def _is_held_back(self, mark: Mark, by: str | None) -> bool:
        return by is None and self._gone_back_from is not None and self._gone_back_from.is_of(mark)

    @staticmethod
    def _nothing(state: State) -> Changes:
        return Changes((), (), (), state.edition.rejections)

    def _known(self, mark: Mark, path: Path, by: str | None, progress: Progress) -> Report | None:
        """Report that nothing is new, or nothing that may come back by itself; None where there is something."""
        now = self._now
        if now is None:
            return None
        nothing = self._nothing(now)
        if self._is_held_back(mark, by):
            return replace(_report(now, now, by, nothing), unchanged=True, held_back=True)
        if not now.mark.is_of(mark):
            return None
        questions = read_golden(path)
        golden = now.golden if questions == now.questions else self._check(now.edition, questions, progress)
        known = replace(mark, fingerprint=now.edition.fingerprint)
        self._now = State(now.edition, known, questions, golden)
        if known != now.mark:
            self._note()
        else:
            # It may have been fetched anew, since what was here of it had changed.
            self._source.note_served(known.version)
        return replace(_report(self._now, now, by, nothing), unchanged=True)

    def _swap(self, new: State, path: Path, by: str | None, progress: Progress, *, force: bool) -> Report:
        """Put an edition to the test and serve it; raise GateError, and change nothing, where it does not pass."""
        now, gate, golden = self._now, None, None
        questions: tuple[GoldenQuestion, ...] = ()
        before = len(now.edition.articles) if now else self._articles_before
        try:
            if not force:
                refuse_shrunk(before, len(new.edition.articles), self._most_shrink)
            questions = read_golden(path)
            golden = self._check(new.edition, questions, progress)
        except GateError as error:
            if now is not None:
                raise
            gate = error
        self._turn.check()
        new = replace(new, questions=questions, golden=golden)
        report = _report(new, now, by, changes(now.edition if now else None, new.edition))
        self._before, self._now = now, new
        # What a schedule passes over on its way may come back to the source.
        if by is not None or (self._gone_back_from and self._gone_back_from.is_of(new.mark)):
            self._gone_back_from = None
        if now is not None:
            now.edition.rest()
        return replace(report, gate=gate)


def _report(new: State, old: State | None, by: str | None, found: Changes) -> Report:
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
        version=new.mark.version.label if new.mark.version else "",
    )
