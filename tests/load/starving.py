"""How long a process had work to do and no processor to do it: what a busy machine adds to all other figures."""

from pathlib import Path


def starved_seconds(process: int) -> float:
    """Return the seconds that the main thread of a process has waited for a processor; 0 where Linux is not there."""
    try:
        _, waited, _ = Path(f"/proc/{process}/schedstat").read_text(encoding="ascii").split()
    except OSError:
        return 0.0
    return int(waited) / 1e9
