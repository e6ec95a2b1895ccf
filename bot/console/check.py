"""The report of `check`, the warnings of a start, and the words for errors that end a command."""

import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from bot.articles import BoilerplatePhrases, quality_warnings
from bot.articles.characters import one_line
from bot.articles.sources import SourceError, SourceProblem
from bot.console.article_list import ScopeError
from bot.console.ask import QuestionsError
from bot.console.progress import progress_bar
from bot.console.server_start import EXIT_MISNAMED, StartRefusedError
from bot.console.terminal import Terminal
from bot.edition import (
    BuildError,
    BuildTimeoutError,
    Edition,
    Editions,
    EmptyCorpusError,
    GateError,
    Reloaded,
    ReloadOutcome,
    Resumed,
)
from bot.edition.editions import logger as reloads
from bot.edition.reload_lock import logger as attempts
from bot.env_file import ENV_FILE, read_env_file, unknown_settings
from bot.errors import ConfigError, SetError, SettingsError
from bot.retrieval.opensearch import SearchError
from bot.settings import setting_names
from bot.texts import CheckResult, error_text

_FINE, _WRONG, _INTERRUPTED = 0, 2, 130
_ERROR_KEYS = {
    BuildError: "console.not_built",
    BuildTimeoutError: "console.build_timeout",
    ConfigError: "console.config",
}
_MOST_NAMES = 5

# These log in English what `warn_of_start` prints in the reply language.
_LOGGERS = (attempts, reloads)


def print_check(  # noqa: PLR0913 (the parts of the report)
    edition: Edition,
    start: ReloadOutcome,
    results: Sequence[CheckResult] | None,
    terminal: Terminal,
    phrases: BoilerplatePhrases,
    *,
    surroundings: Sequence[CheckResult] = (),
    is_misnamed: bool = False,
    everything: bool = False,
) -> int:
    """Print the state of settings, corpus, surroundings and Discord; return the exit code, 0 or 2.

    No results of Discord mean that there is no token. With a setting under another name `run` would not start. Which
    gate a start did not pass is told before. Of many files and articles the first are named, or `everything`.
    """
    if is_misnamed:
        terminal.warn("start.misnamed")
    else:
        terminal.say("check.settings_fine")
    terminal.say("check.corpus_fine", **terminal.counts_of(edition), fingerprint=edition.fingerprint)
    golden = start.serving.golden
    terminal.note(
        edition=edition.fingerprint,
        articles=len(edition.articles),
        passages=len(edition.index),
        golden=golden.passed if golden else None,
    )
    if golden:
        terminal.say("reload.golden", count=golden.passed)
    elif _failed_gate(start) is None:
        terminal.say("check.no_golden")
    problems = [problem for problem in start.problems if not problem.is_away]
    _warn_of_problems(problems if everything else problems[:_MOST_NAMES], terminal)
    if len(problems) > _MOST_NAMES and not everything:
        terminal.say("check.more_problems", count=len(problems) - _MOST_NAMES)
    if edition.rejections:
        terminal.warn("check.corpus_rejections", count=len(edition.rejections))
        terminal.warn_of_rejections(edition.rejections, everything=everything)
    _report_quality(edition, terminal, phrases, everything=everything)
    if results is None:
        terminal.warn("check.no_token")
    told = [*surroundings, *(results or ())]
    for result in told:
        (terminal.warn if result.is_problem else terminal.say)(result.key, **result.values)
    is_wrong = is_misnamed or any(result.is_problem for result in told)
    return _WRONG if is_wrong or edition.rejections else _FINE


def _warn_of_problems(problems: Sequence[SourceProblem], terminal: Terminal) -> None:
    """Say what could not be had from the sources, or was not as it should be."""
    for problem in problems:
        reason = error_text(problem.error, terminal.texts, lambda value, _: one_line(str(value)))
        key = "console.away" if problem.is_away else "console.problem"
        terminal.warn(key, source=one_line(str(problem.source)), reason=reason)


def _report_quality(edition: Edition, terminal: Terminal, phrases: BoilerplatePhrases, *, everything: bool) -> None:
    """Name the articles that look as if something went wrong with them; they serve all the same."""
    is_cut = False
    warnings = quality_warnings(edition.articles.values(), datetime.now(UTC).date(), phrases)
    if terminal.is_record:
        terminal.note(
            look_at=[
                {"kind": warning.value, "articles": [article.id for article in articles]}
                for warning, articles in warnings.items()
            ]
        )
        return
    for warning, articles in warnings.items():
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
    """Keep warnings out of the log that `warn_of_start` prints, unless the log is kept by a service."""
    loggers = () if logged else _LOGGERS
    for logger in loggers:
        logger.addFilter(_is_error)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeFilter(_is_error)


def start_editions(editions: Editions, terminal: Terminal, *, logged: bool) -> tuple[ReloadOutcome, bool]:
    """Start editions with a progress bar and warnings; return the outcome, and whether anything was amiss."""
    with progress_bar(terminal.texts) as progress, silence_start_log(logged=logged):
        start = editions.start(progress)
    is_amiss = warn_of_start(start, editions.source_error, terminal)
    # Single pages of feeds, of which some never are an article, are for `check` alone.
    away = [problem for problem in editions.source_problems if problem.is_away]
    _warn_of_problems(away, terminal)
    return start, is_amiss or bool(away)


def run_command(command: Callable[[], int], terminal: Terminal, *, everything: bool) -> int:
    """Run a command and return its exit code; print the error that ends it. Name all rejections, or the first."""
    try:
        return command()
    except SettingsError as error:
        for mistake in error.mistakes:
            terminal.warn(mistake.key, variable=mistake.variable, words=mistake.words)
    except EmptyCorpusError as error:
        terminal.warn_of_rejections(error.rejections, everything=everything)
        terminal.warn("console.empty_corpus", path=error.name)
    except (BuildError, ConfigError) as error:
        terminal.warn(_ERROR_KEYS[type(error)], words=error)
    except SetError as error:
        terminal.warn("console.set", words=error_text(error, terminal.texts, _as_written).rstrip())
    except StartRefusedError as error:
        terminal.warn(error.key, **error.values)
        return EXIT_MISNAMED
    except (QuestionsError, ScopeError, SearchError, SourceError) as error:
        terminal.warn(error.key, **error.values)
    except BrokenPipeError:
        # The next program in the pipe has read enough, and nothing may be flushed into it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _FINE
    except KeyboardInterrupt:
        return _INTERRUPTED
    return _WRONG


def _as_written(value: object, _: int) -> str:
    return str(value)


def warn_of_start(start: ReloadOutcome, source_error: SourceError | None, terminal: Terminal) -> bool:
    """Warn of an unreachable source or a failed gate; tell whether there was either."""
    if source_error is not None:
        terminal.warn("console.stale", words=error_text(source_error, terminal.texts, _as_written))
    gate = _failed_gate(start)
    if gate is not None:
        words = error_text(gate, terminal.texts, lambda value, _: one_line(str(value)))
        terminal.warn("console.resumed" if isinstance(start, Resumed) else "console.not_passed", words=words)
    return source_error is not None or gate is not None


def _failed_gate(start: ReloadOutcome) -> GateError | None:
    return start.failed_gate if isinstance(start, Reloaded | Resumed) else None


def _is_error(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.ERROR


def warn_of_settings(terminal: Terminal, *, names: bool) -> frozenset[str]:
    """Warn of lines of `.env` that cannot be read and, with `names`, of variables that look like misspelt settings.

    Return the settings that were probably meant.
    """
    meant = set[str]()
    file = read_env_file()
    for line in file.unreadable_lines:
        terminal.warn("slip.unread", file=ENV_FILE, line=str(line))
    for slip in unknown_settings(os.environ, file.names, setting_names()) if names else ():
        if slip.nearest:
            terminal.warn("slip.misspelt", variable=slip.variable, nearest=slip.nearest)
            meant.add(slip.nearest)
        else:
            terminal.warn("slip.unknown", variable=slip.variable)
    return frozenset(meant)
