"""How much memory a process holds, and how much it held at most since it was last asked; 0 where Linux is not there."""

import re
from contextlib import suppress
from pathlib import Path

_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
_FIELD = re.compile(r"^Vm(HWM|RSS):\s+(\d+) kB$", re.MULTILINE)
_FORGET_PEAK = "5"


def resident() -> tuple[int, int]:
    """Return the bytes that are resident now, and the most that were, which is forgotten thereby."""
    try:
        fields = dict(_FIELD.findall(_STATUS.read_text(encoding="ascii")))
    except OSError:
        return 0, 0
    with suppress(OSError):
        _CLEAR.write_text(_FORGET_PEAK, encoding="ascii")
    return int(fields["RSS"]) * 1024, int(fields["HWM"]) * 1024
