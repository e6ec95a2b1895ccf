"""Marks in the names of unfinished files, which tell whether whoever writes them still does."""

import os
import secrets
from functools import cache
from pathlib import Path


def writer_mark() -> str:
    """Return the mark of this process: its number, and what tells it from another that had the number before."""
    return _mark_of(os.getpid())


def is_writing(mark: str) -> bool:
    """Tell whether the process of a mark still runs on this machine."""
    number = mark.partition("-")[0]
    if number == str(os.getpid()):
        return mark == writer_mark()
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, ValueError, OverflowError):
        return False
    except OSError:  # it runs, and is not ours
        return True
    return not _has_ended(number)


@cache
def _mark_of(pid: int) -> str:
    return f"{pid}-{secrets.token_hex(4)}"


def _has_ended(number: str) -> bool:
    """Tell a process that has ended, and that nobody has asked for its exit code yet."""
    try:
        status = Path("/proc", number, "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:  # there is no such folder on this system
        return False
    return status.rpartition(")")[2].split()[0] == "Z"
