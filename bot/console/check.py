"""What `check` prints, and warnings of a start: settings that hinder nothing, a source away, gates not passed."""

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from bot.articles import BoilerplatePhrases, quality_warnings
from bot.articles.characters import one_line
from bot.articles.sources import SourceError
from bot.console.terminal import Terminal
from bot.edition import Edition, GateError, Reloaded, ReloadOutcome, Resumed
from bot.edition.editions import logger as reloads
from bot.edition.reload_lock import logger as attempts
from bot.env_file import ENV_FILE, read_env_file, unknown_settings
from bot.settings import setting_names
from bot.texts import CheckResult, error_text

_FINE, _WRONG = 0, 2
_MOST_NAMES = 5

# Who log in English, for a log, what `warn_of_start` says in the language of the replies.
_LOGGERS = (attempts, reloads)


def print_check(  # noqa: PLR0913 (what was found, where to say it, and how much of it)
    edition: Edition,
    start: ReloadOutcome,
    results: Sequence[CheckResult] | None,
    terminal: Terminal,
    phrases: BoilerplatePhrases,
    *,
    everything: bool = False,
) -> int:
    """Print what is right and what is wrong; return the exit code, 0 or 2. No results mean no token.

    Which gate a start did not pass is told before. Of many files and articles the first are named, or `everything`.
    """
    terminal.say("check.settings_fine")
    terminal.say("check.corpus_fine", **terminal.size_of(edition), fingerprint=edition.fingerprint)
    if golden := start.serving.golden:
        terminal.say("reload.golden", count=golden.passed)
    elif _failed_gate(start) is None:
        terminal.say("check.no_golden")
    if edition.rejections:
        terminal.warn("check.corpus_rejections", count=len(edition.rejections))
        terminal.warn_of_rejections(edition.rejections, everything=everything)
    _report_quality(edition, terminal, phrases, everything=everything)
    if results is None:
        terminal.warn("check.no_token")
    for result in results or ():
        (terminal.warn if result.is_problem else terminal.say)(result.key, **result.values)
    problems = any(result.is_problem for result in results or ())
    return _WRONG if problems or edition.rejections else _FINE


def _report_quality(edition: Edition, terminal: Terminal, phrases: BoilerplatePhrases, *, everything: bool) -> None:
    """Name the articles that look as if something went wrong with them; they serve all the same."""
    is_cut = False
    for warning, articles in quality_warnings(edition.articles.values(), datetime.now(UTC).date(), phrases).items():
        what = terminal.texts(f"suspicion.{warning.value}")
        names = [article.id for article in articles]
        if len(names) <= _MOST_NAMES:
            terminal.say("check.odd", what=what, count=len(names), names=", ".join(names))
        elif everything:
            terminal.say("check.odd_all", what=what, count=len(names))
            for name in names:
                terminal.line(f"  {name}")
        else:
            is_cut = True
            first = ", ".join(names[:_MOST_NAMES])
            terminal.say("check.odd", what=what, count=len(names), names=f"{first} …")
    if is_cut:
        terminal.say("check.rest")


@contextmanager
def silence_start_log(*, logged: bool) -> Iterator[None]:
    """Keep what `warn_of_start` will say out of the log, unless there is one that somebody keeps."""
    loggers = () if logged else _LOGGERS
    for logger in loggers:
        logger.addFilter(_is_error)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeFilter(_is_error)


def warn_of_start(start: ReloadOutcome, source_error: SourceError | None, terminal: Terminal) -> bool:
    """Say that the source is away, or which gate was not passed; tell whether anything was amiss."""
    if source_error is not None:
        terminal.warn("console.stale", words=error_text(source_error, terminal.texts, lambda value, _: str(value)))
    gate = _failed_gate(start)
    if gate is not None:
        words = error_text(gate, terminal.texts, lambda value, _: one_line(str(value)))
        terminal.warn("console.resumed" if isinstance(start, Resumed) else "console.not_passed", words=words)
    return source_error is not None or gate is not None


def _failed_gate(start: ReloadOutcome) -> GateError | None:
    return start.failed_gate if isinstance(start, Reloaded | Resumed) else None


def _is_error(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.ERROR


def warn_of_settings(terminal: Terminal, *, names: bool) -> None:
    """Name the lines of `.env` that cannot be read and, where asked to, variables that are nearly settings."""
    file = read_env_file()
    for line in file.unreadable_lines:
        terminal.warn("slip.unread", file=ENV_FILE, line=str(line))
    for slip in unknown_settings(os.environ, file.names, setting_names()) if names else ():
        if slip.nearest:
            terminal.warn("slip.misspelt", variable=slip.variable, nearest=slip.nearest)
        else:
            terminal.warn("slip.unknown", variable=slip.variable)
