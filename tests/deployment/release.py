"""The notes of a release: `python -m tests.deployment.release v1.2.3` prints its section of the change log."""

import re
import sys
from pathlib import Path

from bot import __version__

_CHANGE_LOG = Path(__file__).resolve().parents[2] / "CHANGELOG.md"
_HEADING = re.compile(r"^## \[?v?(?P<version>[^\]\s]+)\]?.*$", re.MULTILINE)


def notes_of(version: str, text: str) -> str:
    """Return the section of a version; raise LookupError where the change log has none, or an empty one."""
    headings = list(_HEADING.finditer(text))
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        if heading["version"] == version:
            notes = text[heading.end() : following.start() if following else len(text)].strip()
            if notes:
                return notes
    raise LookupError(f"the change log has no section of {version}")


def main(tag: str) -> int:
    """Print the notes of a tag, which must be that of this version."""
    version = tag.removeprefix("v")
    if version != __version__:
        sys.stderr.write(f"the tag is {tag}, and bot/__init__.py says {__version__}\n")
        return 1
    try:
        sys.stdout.write(notes_of(version, _CHANGE_LOG.read_text(encoding="utf-8")) + "\n")
    except LookupError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
