"""How much memory the process holds, by what it is backed."""

import re
from pathlib import Path

_STATUS = Path("/proc/self/status")
_FIELD = re.compile(r"^Rss(Anon|File):\s+(\d+) kB$", re.MULTILINE)
_KINDS = {"Anon": "anonymous", "File": "file"}


def resident_bytes(status: Path = _STATUS) -> dict[str, int]:
    """Return the resident bytes that are `anonymous` and those that map a `file`; nothing where Linux is not there."""
    try:
        text = status.read_text(encoding="ascii")
    except OSError:
        return {}
    return {_KINDS[name]: int(kilobytes) * 1024 for name, kilobytes in _FIELD.findall(text)}
