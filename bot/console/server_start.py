"""Starts of a server that would not do what somebody wanted: settings under names that are nearly theirs, or no token.

In a terminal a warning is read. On a platform nobody reads it, and the bot would run with other settings than it was
given, or end at once as if all were well, again and again.
"""

import os
import stat
import sys
from collections.abc import Collection, Sequence

from bot.errors import TextError
from bot.texts import CheckResult

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


def missing_token() -> Sequence[CheckResult] | None:
    """Return what `check` finds without a token: nothing where somebody can type, else that no server would start."""
    return [CheckResult("start.no_token", is_problem=True)] if _is_unattended() else None


def _is_unattended() -> bool:
    """Tell whether nobody can type and no file or pipe has questions: the standard input is closed or a null device."""
    if sys.stdin is None:
        return True
    try:
        kind = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError):  # what is read is no file of the system
        return False
    return stat.S_ISCHR(kind) and not sys.stdin.isatty()
