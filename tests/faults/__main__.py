"""Play every fault to the bot: `python -m tests.faults [--only WORD…] [--quick] [--write FILE]`.

Exit code 1 where something else came of a fault than must.
"""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.faults.fault import Row
from tests.faults.scene import Scene, own_scene, shared_scene
from tests.faults.table import ROWS, page, played
from tests.scenarios import forked_programs, scenario_parser


def main() -> None:
    """Read the arguments, play, and print a line for each fault."""
    parser = scenario_parser("faults", __doc__)
    parser.add_argument("--only", nargs="+", metavar="WORD", default=[""], help="those with one of these words")
    parser.add_argument("--quick", action="store_true", help="leave out those that take long")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write a page about all of them")
    given = parser.parse_args()
    rows = [
        row
        for row in ROWS.values()
        if any(word in row.identity for word in given.only) and not (given.quick and row.is_slow)
    ]
    if given.write and len(rows) < len(ROWS):
        parser.error("a page is about all faults")
    with forked_programs() as home:
        outcomes = asyncio.run(play_all(rows, home))
    if given.write:
        given.write.write_text(page(outcomes), encoding="utf-8")
    failed = [row.identity for row in rows if outcomes[row.identity] != row.must.value]
    sys.stdout.write(f"{len(rows)} faults, {len(failed)} of which ended otherwise than they must\n")
    sys.exit(1 if failed else 0)


async def play_all(rows: Sequence[Row], home: Path) -> Mapping[str, str]:
    """Play rows one after the other; return what came of each by its identity."""
    outcomes = dict[str, str]()
    shared = [row for row in rows if not row.is_apart]
    (home / "shared").mkdir()
    if shared:
        async with shared_scene(home / "shared", len(shared)) as scenes:
            for row in shared:
                outcomes[row.identity] = await _play(row, next(scenes))
    for number, row in enumerate(row for row in rows if row.is_apart):
        folder = home / str(number)
        folder.mkdir()
        async with own_scene(folder) as scene:
            outcomes[row.identity] = await _play(row, scene)
    return outcomes


async def _play(row: Row, scene: Scene) -> str:
    try:
        async with played(row, scene) as outcome:
            seen = outcome.value
    except (AssertionError, TimeoutError) as error:
        seen = f"failed: {' '.join(str(error).split())[:200] or type(error).__name__}"
        scene.server.faults.clear()
        scene.server.violations.clear()
    verdict = "ok  " if seen == row.must.value else "FAIL"
    sys.stdout.write(f"{verdict} {row.identity}: {seen}\n")
    sys.stdout.flush()
    return seen


if __name__ == "__main__":
    main()
