"""Which processes run, whose they are, and that none outlives the test that has started it."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tests.patience import PATIENCE, wait_until


def leashed(*arguments: str) -> list[str]:
    """Make the command that runs Python's `-m MODULE …` or `-c CODE …` for as long as this process lives."""
    return [sys.executable, "-m", "tests.leash", str(os.getpid()), *arguments]


def children_of(pid: int) -> list[int]:
    """List the processes that a process has started and that run."""
    processes = [int(place.name) for place in Path("/proc").iterdir() if place.name.isdecimal()]
    return [process for process in processes if parent_of(process) == pid]


def parent_of(pid: int) -> int | None:
    """Return the parent of a process that runs, None for one that has ended."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    state, parent, *_ = stat.rpartition(")")[2].split()
    return int(parent) if state != "Z" else None


def own_children() -> set[int]:
    """Return the processes that this one has started and that run; none where Linux does not list them."""
    try:
        # Most tests start none, and this one call says so.
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return set()
    return {pid for pid in _listed_children() if parent_of(pid) is not None}


def _listed_children() -> Iterator[int]:
    for task in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):  # a thread may end meanwhile
            yield from map(int, task.read_text(encoding="ascii").split())


def end_those_left(before: set[int], patience: float = PATIENCE / 10) -> list[str]:
    """Wait for processes to end that were not there before, kill those that do not, and return what they were."""
    with suppress(TimeoutError):
        wait_until(lambda: own_children() <= before, "the end of processes", patience)
    left = own_children() - before
    commands = [_command(pid) for pid in left]
    for pid in left:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return commands


def _command(pid: int) -> str:
    with suppress(OSError):
        line = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
        return f"{pid}: {line.replace(chr(0), ' ')[:300]}"
    return str(pid)
