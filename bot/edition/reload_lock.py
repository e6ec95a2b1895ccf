"""One reload at a time, how far it is, and the log line of each attempt."""

import logging
import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.edition.build import StageCallback
from bot.edition.edition_errors import NothingBeforeError, ReloadCancelledError
from bot.edition.reload_outcomes import HeldBack, Reloaded, ReloadOutcome, Resumed, RolledBack, Unchanged
from bot.edition.serving_store import Served

logger = logging.getLogger(__name__)

_FIRST_STAGE = "fetching"
_GRACE = 60.0  # seconds; a cancelled build ends at its next step
_ENDING = 10.0  # seconds that the next reload gives a cancelled one to end


@dataclass(frozen=True, slots=True)
class Running:
    """A reload under way: who asked for it, since when, how far it is, and how many seconds it has until then."""

    by: str | None
    since: datetime
    stage: str = _FIRST_STAGE
    done: int = 0
    total: int = 0
    limit: float = math.inf

    @property
    def is_overdue(self) -> bool:
        """Whether it has taken longer than what it does may take: something holds it up."""
        return (datetime.now(UTC) - self.since).total_seconds() > self.limit


class ReloadRunningError(Exception):
    """Another reload runs; a `total` of 0 is one that nobody knows."""

    def __init__(self, running: Running) -> None:
        since = f"{running.since:%H:%M:%S}"
        super().__init__(f"a reload by {running.by} runs since {since}: {running.stage} {running.done}/{running.total}")
        self.running = running


@dataclass(frozen=True, slots=True)
class ReloadLimits:
    """Seconds that a fetch and a build may take; each ends by itself then, unless something holds it up."""

    fetch: float = math.inf
    build: float = math.inf

    def until(self, stage: str) -> float:
        """Return the seconds from the beginning of a reload to the latest end of a stage."""
        return self.fetch + (0.0 if stage == _FIRST_STAGE else self.build) + _GRACE


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A reload: who asked for it (None: the bot itself), and whether the gate against shrinking is open to it.

    `before` is what served when it began, and `base` what it is to replace: the same, but for what others served.
    Without `fetches` only the list of what is kept out has changed, and what was rolled back from stays out.
    """

    progress: StageCallback
    by: str | None
    force: bool
    fetches: bool = True
    before: Served | None = None
    base: Served | None = None
    began: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """The seconds that it has taken so far."""
        return time.monotonic() - self.began


class ReloadLock:
    """A lock for one reload at a time, which nobody waits for but while a cancelled one ends."""

    def __init__(self, limits: ReloadLimits) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self.running: Running | None = None
        self._cancelled: ReloadCancelledError | None = None

    def cancel(self, by: str | None) -> bool:
        """Cancel the reload under way, which ends at its next step; return whether there is one."""
        if self.running is None:
            return False
        self._cancelled = ReloadCancelledError(by)
        return True

    def check(self) -> None:
        """Raise ReloadCancelledError where the reload under way was cancelled."""
        if self._cancelled is not None:
            raise self._cancelled

    @contextmanager
    def hold(self, by: str | None, progress: StageCallback | None = None) -> Iterator[StageCallback]:
        """Hold the lock, and yield a callback that notes progress and passes it on; raise ReloadRunningError.

        Once the reload is cancelled, the callback raises ReloadCancelledError, as does a body that fails after that.
        """
        if not self._lock.acquire(timeout=_ENDING if self._cancelled is not None else 0):
            # The reload that has it may be about to note itself, or to give it back.
            raise ReloadRunningError(self.running or Running(by=None, since=datetime.now(UTC)))
        try:
            self._cancelled = None
            begun = self.running = Running(by, datetime.now(UTC), limit=self._limits.until(_FIRST_STAGE))

            def note(stage: str, done: int, total: int) -> None:
                limit = self._limits.until(stage)
                self.running = replace(begun, stage=stage, done=done, total=total, limit=limit)
                self.check()
                if progress is not None:
                    progress(stage, done, total)

            yield note
        except ReloadCancelledError:
            raise
        except Exception as error:
            if self._cancelled is not None:
                raise self._cancelled from error
            raise
        finally:
            self.running = None
            self._lock.release()


@contextmanager
def log_failure(action: str, by: str | None, before: str | None) -> Iterator[None]:
    """Log an attempt that fails, and why; `before` is the fingerprint that goes on serving."""
    try:
        yield
    except (ReloadRunningError, NothingBeforeError) as error:
        logger.info("%s by %s was turned away: %s", action, _shown(by), error)
        raise
    except BaseException as error:
        words = " ".join(f"{type(error).__name__}: {error}".split())
        # At the start the console says it, in the words of the reply language.
        level = logging.DEBUG if before is None else logging.WARNING
        logger.log(level, "%s by %s failed, edition %s goes on serving: %s", action, _shown(by), before, words)
        raise


def log_outcome(outcome: ReloadOutcome) -> None:
    """Log the outcome of an attempt. Of a start that went well the log is silent, as it is of all that works."""
    by, after = _shown(outcome.by), outcome.serving.fingerprint
    match outcome:
        case HeldBack():
            logger.info("Reload by %s: what the source has was rolled back from, edition %s goes on serving", by, after)
        case Unchanged():
            logger.info("Reload by %s: nothing is new, edition %s serves", by, after)
        case RolledBack():
            _log_changes("Rollback", logging.INFO, outcome, seconds=0.0)
        case Reloaded():
            if outcome.failed_gate is not None:
                logger.warning("The first edition serves although it failed a gate: %s", outcome.failed_gate)
            level = logging.DEBUG if outcome.before is None else logging.INFO
            _log_changes("Reload", level, outcome, seconds=outcome.seconds)
        case Resumed():
            logger.debug("Reload by %s: edition %s serves again", by, after)


def _log_changes(action: str, level: int, outcome: Reloaded | RolledBack, *, seconds: float) -> None:
    serving, changes = outcome.serving, outcome.changes
    action = f"{action} elsewhere" if outcome.is_followed else action
    by = "another process" if outcome.is_followed and outcome.by is None else _shown(outcome.by)
    logger.log(
        level,
        "%s by %s: edition %s serves after %s; %d added, %d changed, %d removed, %d rejected; %d passages, "
        "golden questions %s, source version %r, %.1f s",
        *(action, by, serving.fingerprint, outcome.before),
        *(len(changes.added), len(changes.changed), len(changes.removed), len(changes.rejections)),
        *(serving.passages, serving.golden.passed if serving.golden else "not asked", serving.version, seconds),
    )


def _shown(by: str | None) -> str:
    """Write who it was on one line: a name may hold anything."""
    return " ".join(by.split()) if by is not None else "the bot itself"
