"""Soak the bot: `python -m tests.soak [--minutes N] [--seed N] [--rate N] [--between S] [--series FILE]`.

Exit code 1 where something was lost or doubled, a rule of Discord was broken or a mistake was logged.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from pathlib import Path

from tests.e2e.fork_server import ForkServer
from tests.e2e.program import Program
from tests.soak.soak import Soak


def main() -> None:
    """Read the arguments, soak, and print the figures."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.soak", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=15, help="how long (default: 15)")
    parser.add_argument("--seed", type=int, default=1, help="what all is drawn from (default: 1)")
    parser.add_argument("--rate", type=float, default=2, help="questions a second (default: 2)")
    parser.add_argument("--between", type=float, default=4, metavar="S", help="seconds between troubles (default: 4)")
    parser.add_argument("--series", type=Path, metavar="FILE", help="write what was read every five seconds, as TSV")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["XDG_CACHE_HOME"] = home
        Program.fork_server = ForkServer() if sys.platform == "linux" else None
        try:
            soak = Soak(given.minutes * 60, given.seed, given.rate, given.between, given.series)
            report = asyncio.run(soak.run())
        finally:
            if Program.fork_server:
                Program.fork_server.close()
    sys.stdout.write(report.as_text() + "\n")
    sys.exit(0 if report.is_good else 1)


if __name__ == "__main__":
    main()
