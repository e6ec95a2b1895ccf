"""What `check` prints: settings, corpus and what Discord said."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Protocol

from bot.articles import Marks, suspicions
from bot.console.terminal import Terminal
from bot.edition import Edition, Report

_FINE, _WRONG = 0, 2
_MOST_NAMES = 5


class Finding(Protocol):
    """One thing found on Discord: a text key with what to fill in, and whether something must be done about it."""

    @property
    def key(self) -> str:
        """The key of the text."""

    @property
    def is_problem(self) -> bool:
        """Whether something must be done about it."""

    @property
    def values(self) -> Mapping[str, object]:
        """What to fill into the text."""


def report(  # noqa: PLR0913 (what was found, where to say it, and how much of it)
    edition: Edition,
    start: Report,
    findings: Sequence[Finding] | None,
    terminal: Terminal,
    marks: Marks,
    *,
    everything: bool = False,
) -> int:
    """Print what is right and what is wrong; return the exit code, 0 or 2. No findings at all means no token.

    Which gate a start did not pass is told before. Of many files and articles the first are named, or `everything`.
    """
    terminal.say("check.settings_fine")
    terminal.say("check.corpus_fine", **terminal.size_of(edition), fingerprint=edition.fingerprint)
    if start.golden:
        terminal.say("reload.golden", count=start.golden.passed)
    elif start.gate is None:
        terminal.say("check.no_golden")
    if edition.rejections:
        terminal.warn("check.corpus_rejections", count=len(edition.rejections))
        terminal.warn_of_rejections(edition.rejections, everything=everything)
    _report_shapes(edition, terminal, marks, everything=everything)
    if findings is None:
        terminal.warn("check.no_token")
    for finding in findings or ():
        (terminal.warn if finding.is_problem else terminal.say)(finding.key, **finding.values)
    problems = any(finding.is_problem for finding in findings or ())
    return _WRONG if problems or edition.rejections else _FINE


def _report_shapes(edition: Edition, terminal: Terminal, marks: Marks, *, everything: bool) -> None:
    """Name the articles that look as if something went wrong with them; they serve all the same."""
    is_cut = False
    for suspicion, articles in suspicions(edition.articles.values(), datetime.now(UTC).date(), marks).items():
        what = terminal.texts(f"suspicion.{suspicion.value}")
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
