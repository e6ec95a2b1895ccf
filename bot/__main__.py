"""The command line: arguments first, since they may be wrong or ask for help, then all that a command needs."""

import gc
import os
import sys
from collections.abc import Sequence

from bot.console.arguments import parse_arguments


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command of the command line; return its exit code."""
    usage = parse_arguments(arguments)
    # Little of what is imported and read is garbage, and to look for it takes a tenth of the time.
    gc.disable()
    # Measured: to look through all installed packages for plugins of it takes a thirtieth of the time of an answer.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        # Measured: the rooms take ten times as long to import as `--help` takes to print.
        from bot.composition import run  # noqa: PLC0415

        return run(usage)
    finally:
        gc.enable()


if __name__ == "__main__":
    sys.exit(main())
