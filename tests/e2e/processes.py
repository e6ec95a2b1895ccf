"""Which processes run, and whose they are."""

from pathlib import Path


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
