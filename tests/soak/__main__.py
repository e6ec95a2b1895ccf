"""Soak the bot: `python -m tests.soak [--minutes N] [--seed N] [--rate N] [--between S] [--series FILE]`.

Exit code 1 where something was lost or doubled, a rule of Discord was broken or a mistake was logged.
"""

import asyncio
import sys
from pathlib import Path

from tests.scenarios import forked_programs, scenario_parser
from tests.soak.soak import Soak


def main() -> None:
    """Read the arguments, soak, and print the figures."""
    parser = scenario_parser("soak", __doc__)
    parser.add_argument("--minutes", type=float, default=15, help="how long (default: 15)")
    parser.add_argument("--seed", type=int, default=1, help="what all is drawn from (default: 1)")
    parser.add_argument("--rate", type=float, default=2, help="questions a second (default: 2)")
    parser.add_argument("--between", type=float, default=4, metavar="S", help="seconds between troubles (default: 4)")
    parser.add_argument("--series", type=Path, metavar="FILE", help="write what was read every five seconds, as TSV")
    given = parser.parse_args()
    with forked_programs():
        report = asyncio.run(Soak(given.minutes * 60, given.seed, given.rate, given.between, given.series).run())
    sys.stdout.write(report.as_text() + "\n")
    sys.exit(0 if report.is_good else 1)


if __name__ == "__main__":
    main()
