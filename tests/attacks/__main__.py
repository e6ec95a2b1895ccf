"""Attack the bot: `python -m tests.attacks [--inputs N] [--seed S] [--only KIND …] [--write FILE] …`.

Each input is drawn from the seed and its number alone. Exit code 1 where what must hold did not.
"""

import argparse
import asyncio
import os
import sys
from pathlib import Path

from tests.attacks.campaign import Campaign
from tests.attacks.kinds import KINDS
from tests.attacks.reloads import HOSTILE, HostileReload, reload_from
from tests.attacks.siege import Siege
from tests.attacks.table import campaign_table, page, reloads_table, siege_table
from tests.scenarios import scenario_parser


def main() -> None:
    """Read the arguments, attack, and print what came of it."""
    parser = _parser()
    given = parser.parse_args()
    is_whole = set(given.only) == {*KINDS} and given.first == 0
    if given.write and not (is_whole and given.files):
        parser.error("a page is about all kinds, from the first input on, and about the running bot")
    kinds = {kind: KINDS[kind] for kind in KINDS if kind in given.only}
    campaign = Campaign(
        given.inputs, given.seed, kinds, given.first, given.processes, longest=given.longest, kept=given.keep
    )
    siege = Siege(given.files, given.files, given.seed)
    tallies = asyncio.run(campaign.run())
    for tally in tallies.values():
        for violation in tally.kept:
            sys.stdout.write(f"{violation}\n")
    sys.stdout.write(campaign_table(tallies) + "\n")
    phases = asyncio.run(siege.run()) if is_whole and siege.files else []
    reloads = dict[str, HostileReload]()
    if phases:
        sys.stdout.write(f"\n{siege_table(phases)}\n")
        reloads = {what: asyncio.run(reload_from(what)) for what in HOSTILE}
        sys.stdout.write(f"\n{reloads_table(reloads)}\n")
    if given.write:
        given.write.parent.mkdir(exist_ok=True)
        given.write.write_text(page(campaign, tallies, phases, reloads, siege.files), encoding="utf-8")
    is_harmed = any(tally.violations for tally in tallies.values()) or any(phase.missing for phase in phases)
    if is_harmed or not all(reload.is_borne for reload in reloads.values()):
        sys.exit(1)


def _parser() -> argparse.ArgumentParser:
    parser = scenario_parser("attacks", __doc__)
    cores, kinds = os.cpu_count() or 1, ", ".join(KINDS)
    parser.add_argument("--inputs", type=int, default=10_000, help="how many in all (default: 10000)")
    parser.add_argument("--seed", type=int, default=1, help="what they are drawn from (default: 1)")
    parser.add_argument("--from", type=int, default=0, dest="first", metavar="I", help="the first (default: 0)")
    parser.add_argument("--only", nargs="+", metavar="KIND", choices=KINDS, default=[*KINDS], help=f"of {kinds}")
    parser.add_argument("--processes", type=int, default=cores, metavar="N", help=f"side by side (default: {cores})")
    parser.add_argument(
        "--longest",
        type=float,
        default=2.0,
        metavar="S",
        help="seconds of processor time that an input may take: some hundred times as much as one does (default: 2)",
    )
    parser.add_argument(
        "--files",
        type=int,
        default=300,
        metavar="N",
        help="hostile files, and questions, of the running bot (default: 300; 0: leave it out)",
    )
    parser.add_argument(
        "--keep",
        type=Path,
        metavar="FILE",
        help="go on with what a run that was stopped kept there, and keep what holds",
    )
    parser.add_argument("--write", type=Path, metavar="FILE", help="write a page about it, too")
    return parser


if __name__ == "__main__":
    main()
