"""What `check` prints: settings, corpus and what Discord said."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.console.terminal import Terminal
from bot.edition import Edition

_FINE, _WRONG = 0, 2


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


def report(edition: Edition, findings: Sequence[Finding] | None, terminal: Terminal) -> int:
    """Print what is right and what is wrong; return the exit code, 0 or 2. No findings at all means no token."""
    terminal.say("check.settings_fine")
    terminal.say(
        "check.corpus_fine",
        articles=len(edition.articles),
        passages=len(edition.index),
        fingerprint=edition.fingerprint,
    )
    if edition.rejections:
        terminal.warn("check.corpus_rejections", count=len(edition.rejections))
        terminal.warn_of_rejections(edition.rejections)
    if findings is None:
        terminal.warn("check.no_token")
    for finding in findings or ():
        (terminal.warn if finding.is_problem else terminal.say)(finding.key, **finding.values)
    problems = any(finding.is_problem for finding in findings or ())
    return _WRONG if problems or edition.rejections else _FINE
