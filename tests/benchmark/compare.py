"""Systems beside each other: `python -m tests.benchmark.compare FOLDER [--part PART] [--track TRACK]`.

FOLDER has files `SYSTEM-TRACK-PART.jsonl`, as the baselines keep them. The tables are in Markdown: the one number with
its interval, the right answers by form and what is refused by kind, each at the system's own operating point, and the
right answers at other shares refused. Of each track and part, the system with the highest number stands first.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

from tests.benchmark.baselines import DATA
from tests.benchmark.score import PARTS, READ_AT, TRACKS, Report, make_report, operating_point, read_replies, read_set


def read_reports(
    folder: Path, data: Path, parts: Sequence[str] = PARTS, tracks: Sequence[str] = TRACKS
) -> dict[str, Report]:
    """Score the replies that a folder has, by system, track and part, in the order of the tables."""
    reports: dict[str, Report] = {}
    for track, part in product(tracks, parts):
        asked, ending = read_set(data, part, track), f"-{track}-{part}.jsonl"
        found = {
            f"{file.name.removesuffix(ending)}, {track}, {part}": make_report(
                asked, read_replies(file, asked, track), track, part
            )
            for file in sorted(folder.glob(f"*{ending}"))
        }
        reports |= dict(sorted(found.items(), key=lambda each: -each[1].right_at_90_refused))
    return reports


def tables(reports: Mapping[str, Report]) -> Iterator[str]:
    """Lay reports out in their order."""
    yield from _head(["", "right at .90 refused", "95 % interval", "wrong", "words a quote"])
    for name, report in reports.items():
        low, high = report.interval
        figures = [_share(report.right_at_90_refused), f"{_share(low)} to {_share(high)}", _share(report.point.wrong)]
        yield _row([name, *figures, f"{report.mean_words:.0f}"])
    yield ""
    forms = sorted({form for report in reports.values() for form in report.forms})
    yield from _head(["right, by form", *forms])
    for name, report in reports.items():
        yield _row([name, *(_share(report.forms[form]["right"]) for form in forms)])
    yield ""
    kinds = sorted({kind for report in reports.values() for kind in report.kinds})
    yield from _head(["refused, by kind", *kinds])
    for name, report in reports.items():
        yield _row([name, *(_share(report.kinds[kind]["all"]) if kind in report.kinds else "–" for kind in kinds)])
    yield ""
    yield from _head(["right, where refused at least", *map(_share, READ_AT)])
    for name, report in reports.items():
        yield _row([name, *(_share(operating_point(report.curve, refused).right) for refused in READ_AT)])


def _head(cells: Sequence[str]) -> Iterator[str]:
    yield _row(cells)
    yield "|---" * len(cells) + "|"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _share(share: float) -> str:
    return f"{share:.2f}".removeprefix("0")


def main(arguments: Sequence[str] | None = None, write: Callable[[str], object] = sys.stdout.write) -> None:
    """Read the arguments, and write the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.compare", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=PARTS, action="append", help="one part alone")
    parser.add_argument("--track", choices=TRACKS, action="append", help="one track alone")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the set")
    given = parser.parse_args(arguments)
    reports = read_reports(given.folder, given.data, given.part or PARTS, given.track or TRACKS)
    if not reports:
        parser.error(f"{given.folder} has no file SYSTEM-TRACK-PART.jsonl")
    write("\n".join(tables(reports)) + "\n")


if __name__ == "__main__":
    main()
