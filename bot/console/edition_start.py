"""The start of editions in a terminal: a progress bar, what was amiss, refused starts of a server; and `index`.

A server refuses to start with settings whose names are nearly right, or without a token. In a terminal a warning is
read. On a platform nobody reads it, and the bot would run with other settings than it was given, or end at once as if
all were well, again and again.
"""

import logging
import os
import stat
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn

from bot.articles.characters import one_line
from bot.articles.sources import SourceError, SourceProblem
from bot.console.arguments import Arguments
from bot.console.terminal import Terminal
from bot.edition import Editions, GateError, HeldBack, Reloaded, ReloadOutcome, Resumed, StageCallback
from bot.edition.editions import logger as reloads
from bot.edition.reload_lock import logger as attempts
from bot.edition.source_fetch import logger as fetches
from bot.errors import TextError
from bot.retrieval.opensearch import Publications
from bot.texts import Texts, error_text

# A small corpus is ready before a bar could be read.
_PATIENCE_SECONDS = 0.4
# These log in English what `warn_of_start` prints in the reply language.
_LOGGERS = (attempts, reloads, fetches)


def start_editions(editions: Editions, terminal: Terminal, *, logged: bool) -> tuple[ReloadOutcome, bool]:
    """Start editions with a progress bar and warnings; return the outcome, and whether anything was amiss."""
    with progress_bar(terminal.texts) as progress, silence_start_log(logged=logged):
        start = editions.start(progress)
    is_amiss = warn_of_start(start, editions.source_error, terminal)
    # Single pages of feeds, of which some never are an article, are for `check` alone.
    away = [problem for problem in editions.source_problems if problem.is_away]
    warn_of_problems(away, terminal)
    return start, is_amiss or bool(away)


@contextmanager
def silence_start_log(*, logged: bool = False) -> Iterator[None]:
    """Keep warnings out of the log that `warn_of_start` prints, unless the log is kept by a service."""
    loggers = () if logged else _LOGGERS
    for logger in loggers:
        logger.addFilter(_is_error)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeFilter(_is_error)


def gate_words(gate: GateError, terminal: Terminal) -> str:
    """Say which gate an edition failed, and why."""
    return error_text(gate, terminal.texts, lambda value, _: one_line(str(value)))


def warn_of_start(start: ReloadOutcome, source_error: SourceError | None, terminal: Terminal) -> bool:
    """Warn of an unreachable source or a failed gate; return whether there was either."""
    if source_error is not None:
        terminal.warn("console.stale", words=error_text(source_error, terminal.texts, lambda value, _: str(value)))
    gate = failed_gate(start)
    if gate is not None:
        key = "console.resumed" if isinstance(start, Resumed) else "console.not_passed"
        terminal.warn(key, words=gate_words(gate, terminal))
    return source_error is not None or gate is not None


def warn_of_problems(problems: Sequence[SourceProblem], terminal: Terminal) -> None:
    """Say what could not be had from the sources, or was not as it should be."""
    for problem in problems:
        reason = error_text(problem.error, terminal.texts, lambda value, _: one_line(str(value)))
        key = "console.away" if problem.is_away else "console.problem"
        terminal.warn(key, source=one_line(str(problem.source)), reason=reason)


def failed_gate(start: ReloadOutcome) -> GateError | None:
    """Return the gate that what serves, or what was to serve, did not pass at a start."""
    return start.failed_gate if isinstance(start, Reloaded | Resumed) else None


def _is_error(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.ERROR


@contextmanager
def progress_bar(texts: Texts) -> Iterator[StageCallback | None]:
    """Yield a progress callback that draws a bar, or None where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = _Bar(texts)
    try:
        yield bar.report
    finally:
        bar.stop()


class _Bar:
    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._began = time.monotonic()
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._tasks: dict[str, TaskID] = {}

    def report(self, stage: str, done: int, total: int) -> None:
        if time.monotonic() - self._began < _PATIENCE_SECONDS:
            return
        if stage not in self._tasks:
            self._progress.start()
            self._tasks[stage] = self._progress.add_task(self._texts(f"console.{stage}"))
        self._progress.update(self._tasks[stage], completed=done, total=total)

    def stop(self) -> None:
        if self._tasks:
            self._progress.stop()


# EX_USAGE of sysexits.h: starting again helps only after a name was changed.
EXIT_MISNAMED = 64

_TOKEN = "DISCORD_TOKEN"  # noqa: S105 (its name)


class StartRefusedError(TextError):
    """The bot is not started as a server; the key says why, and what to do."""


def check_start(misspelt: Collection[str], *, has_token: bool) -> None:
    """Raise StartRefusedError where a server would start without what it needs; `misspelt` are settings meant."""
    if has_token and misspelt:
        raise StartRefusedError("start.misnamed")
    if not has_token and _is_unattended():
        raise StartRefusedError("start.misnamed" if _TOKEN in misspelt else "start.no_token")


def _is_unattended() -> bool:
    """Whether nobody can type and no file or pipe has questions: the standard input is closed or a null device."""
    if sys.stdin is None:
        return True
    try:
        kind = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError):  # what is read is no file of the system
        return False
    return stat.S_ISCHR(kind) and not sys.stdin.isatty()


_PUBLISHED, _NOT_PUBLISHED = 0, 2
# The name of a publication by hand in logs and on the cluster.
_BY = "python -m bot index --force"


class NoClusterError(TextError):
    """There is no cluster in the settings to publish to."""

    def __init__(self) -> None:
        super().__init__("publish.no_cluster")


def publish_coverage(
    usage: Arguments, editions: Editions, publications: Publications | None, terminal: Terminal
) -> int:
    """Publish the newest edition, and say what serves; return exit code 0, or 2 where the edition failed a gate.

    Raise NoClusterError, SourceError, BuildError, EmptyCorpusError, SearchError, and ServedElsewhereError.
    """
    if publications is None:
        raise NoClusterError
    began = time.monotonic()
    with progress_bar(terminal.texts) as progress, silence_start_log():
        editions.resume()
        try:
            outcome = editions.reload(progress, by=_BY if usage.force else None, force=usage.force)
        except GateError as error:
            if error.key == "gate.empty":
                raise
            terminal.warn("publish.not_passed", words=gate_words(error, terminal))
            if error.key == "gate.shrunk":
                terminal.warn("publish.force")
            return _NOT_PUBLISHED
    warn_of_problems([problem for problem in editions.source_problems if problem.is_away], terminal)
    edition, serving = editions.current, publications.serving()
    terminal.sum_up_rejections(edition.rejections)
    if isinstance(outcome, HeldBack):
        terminal.warn("publish.held_back")
    if isinstance(outcome, Reloaded) and outcome.failed_gate is not None:
        terminal.warn("console.not_passed", words=gate_words(outcome.failed_gate, terminal))
    key = "publish.done" if isinstance(outcome, Reloaded) and not outcome.is_followed else "publish.unchanged"
    seconds = f"{time.monotonic() - began:.1f}"
    terminal.say(key, **terminal.counts_of(edition), index=serving.name if serving else "", seconds=seconds)
    if serving is not None:
        terminal.say("publish.size", megabytes=f"{publications.size(serving) / 1e6:.1f}")
    if others := publications.others():
        terminal.say("publish.others", names=", ".join(other.name for other in others))
    return _PUBLISHED
