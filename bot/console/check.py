"""The report of `check`, in a terminal or as a JSON record, and the words for errors that end a command."""

import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.articles import BoilerplatePhrases, Rejection, quality_warnings
from bot.articles.sources import SourceError
from bot.console.article_list import ScopeError
from bot.console.ask import QuestionsError
from bot.console.edition_start import EXIT_MISNAMED, NoClusterError, StartRefusedError, failed_gate, warn_of_problems
from bot.console.terminal import Terminal
from bot.edition import BuildError, BuildTimeoutError, Edition, EmptyCorpusError, NothingPublishedError, ReloadOutcome
from bot.errors import ConfigError, SetError, SettingsError
from bot.retrieval import SearchError, ServedElsewhereError
from bot.texts import CheckResult, Texts, error_text, rejection_text

_FINE, _WRONG, _INTERRUPTED = 0, 2, 130
_ERROR_KEYS = {
    BuildError: "console.not_built",
    BuildTimeoutError: "console.build_timeout",
    ConfigError: "console.config",
}
_MOST_NAMES = 5
# Errors whose text says all.
_SELF_EXPLAINING = (
    *(QuestionsError, ScopeError, SourceError),
    *(SearchError, ServedElsewhereError, NothingPublishedError, NoClusterError),
)


def print_check(  # noqa: PLR0913 (the parts of the report)
    edition: Edition | None,
    start: ReloadOutcome | None,
    results: Sequence[CheckResult] | None,
    terminal: Terminal,
    phrases: BoilerplatePhrases,
    *,
    surroundings: Sequence[CheckResult] = (),
    is_misnamed: bool = False,
    everything: bool = False,
) -> int:
    """Print the state of settings, corpus, surroundings and Discord; return the exit code, 0 or 2.

    Why there is no edition, where there is none, the surroundings say. No results of Discord mean that there is no
    token. With a setting under another name `run` would not start. The gate that a start did not pass is printed
    before. Of many files and articles the first are named, or `everything`.
    """
    if is_misnamed:
        terminal.warn("start.misnamed")
    else:
        terminal.say("check.settings_fine")
    if edition is not None and start is not None:
        _report_edition(edition, start, terminal, everything=everything)
        if not start.is_followed:
            _report_quality(edition, terminal, phrases, everything=everything)
    if results is None:
        terminal.warn("check.no_token")
    code = print_results([*surroundings, *(results or ())], terminal)
    return _WRONG if is_misnamed or (edition is not None and edition.rejections) else code


def print_results(results: Sequence[CheckResult], terminal: Terminal) -> int:
    """Print results, problems as warnings; return the exit code, 0 or 2 where there is a problem."""
    for result in results:
        (terminal.warn if result.is_problem else terminal.say)(result.key, **result.values)
    return _WRONG if any(result.is_problem for result in results) else _FINE


def _report_edition(edition: Edition, start: ReloadOutcome, terminal: Terminal, *, everything: bool) -> None:
    """Say what the coverage has, how it was tested, and what of it could not be read or fetched."""
    terminal.say("check.corpus_fine", **terminal.counts_of(edition), fingerprint=edition.fingerprint)
    golden = start.serving.golden
    terminal.note(
        edition=edition.fingerprint,
        articles=len(edition.articles),
        passages=len(edition.index),
        golden=golden.passed if golden else None,
    )
    if golden:
        terminal.say(**golden.words)
    elif not start.is_followed and failed_gate(start) is None:
        terminal.say("check.no_golden")
    problems = [problem for problem in start.problems if not problem.is_away]
    warn_of_problems(problems if everything else problems[:_MOST_NAMES], terminal)
    if len(problems) > _MOST_NAMES and not everything:
        terminal.say("check.more_problems", count=len(problems) - _MOST_NAMES)
    if edition.rejections:
        terminal.warn("check.corpus_rejections", count=len(edition.rejections))
        terminal.warn_of_rejections(edition.rejections, everything=everything)


def _report_quality(edition: Edition, terminal: Terminal, phrases: BoilerplatePhrases, *, everything: bool) -> None:
    """Name the articles that look as if something went wrong with them; they serve all the same."""
    is_cut = False
    warnings = quality_warnings(edition.articles.values(), datetime.now(UTC).date(), phrases)
    odd = {warning.value: [article.id for article in articles] for warning, articles in warnings.items()}
    if terminal.is_record:
        terminal.note(look_at=[{"kind": kind, "articles": names} for kind, names in odd.items()])
        return
    for kind, names in odd.items():
        what = terminal.texts(f"suspicion.{kind}")
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
        terminal.warn("console.set", words=error_text(error, terminal.texts, lambda value, _: str(value)).rstrip())
    except StartRefusedError as error:
        terminal.warn(error.key, **error.values)
        return EXIT_MISNAMED
    except _SELF_EXPLAINING as error:
        terminal.warn(error.key, **error.values)
    except BrokenPipeError:
        # The next program in the pipe has read enough, and nothing may be flushed into it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _FINE
    except KeyboardInterrupt:
        return _INTERRUPTED
    return _WRONG


class CheckRecord(Terminal):
    """A terminal that prints nothing before its record is whole; docs/json.md describes that."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts)
        self._facts: dict[str, Any] = {"edition": None, "articles": 0, "passages": 0, "golden": None, "look_at": []}
        self._around: dict[str, Any] = {"sources": [], "folders": [], "cluster": None}
        self._findings: list[dict[str, str]] = []
        self._rejections: list[dict[str, Any]] = []

    @property
    def is_record(self) -> bool:
        """Facts are noted rather than printed in lists."""
        return True

    def note(self, **facts: object) -> None:
        for name, value in facts.items():
            (self._around if name in self._around else self._facts)[name] = value

    def say(self, key: str, **values: object) -> None:
        self._find("info", key, values)

    def warn(self, key: str, **values: object) -> None:
        self._find("warning", key, values)

    def warn_of_rejections(self, rejections: Sequence[Rejection], *, everything: bool = False) -> None:
        del everything
        self._rejections += [
            {
                "path": rejection.path,
                "line": rejection.line,
                "reason": rejection.reason.value,
                "text": rejection_text(rejection, self.texts, lambda value, _: str(value)).rstrip(),
            }
            for rejection in rejections
        ]

    def finish(self, code: int) -> None:
        found = {"findings": self._findings, "rejections": self._rejections}
        self.json({"code": code, **self._facts, **found, **self._around})

    def _find(self, level: str, key: str, values: dict[str, object]) -> None:
        self._findings.append({"level": level, "key": key, "text": self.texts(key, **values)})
