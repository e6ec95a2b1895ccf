"""How much memory this process takes, as Linux tells it; other systems do not tell in the same terms."""

import sys
from pathlib import Path

_STATUS, _RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")
_KILOBYTES = 1024 / 1e6


def resident() -> float | None:
    """Return the memory that this process holds now, in megabytes (10^6 bytes)."""
    return _read("VmRSS")


def peak() -> float | None:
    """Return the most memory that it has held since the last `forget_peak`, in megabytes."""
    return _read("VmHWM")


def peak_of_children() -> float | None:
    """Return the most memory that one of the processes that this one started and that ended has held, in megabytes.

    It is no less than what this process held when it started that one.
    """
    if not sys.platform.startswith("linux"):
        return None
    import resource  # noqa: PLC0415 - Windows has none

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _KILOBYTES


def forget_peak() -> None:
    """Begin a new peak, where the system allows it."""
    try:
        _RESET.write_text("5", encoding="ascii")
    except OSError:
        return


def _read(name: str) -> float | None:
    # ru_maxrss will not do: a new process inherits its parent's.
    try:
        lines = _STATUS.read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * _KILOBYTES for line in lines if line.startswith(f"{name}:")), None)
