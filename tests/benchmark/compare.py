"""Systems beside each other: `python -m tests.benchmark.compare FOLDER [--part PART] [--track TRACK]`.

FOLDER has files `SYSTEM-TRACK-PART.jsonl`, as the baselines keep them. The tables are in Markdown: the one number with
its interval, the right answers by form, and what is refused by kind, each at the system's own operating point.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from tests.benchmark.baselines import DATA
from tests.benchmark.score import PARTS, TRACKS, Report, make_report, read_replies, read_set


def read_reports(folder: Path, data: Path, part: str, track: str) -> dict[str, Report]:
    """Score the replies of each system of a folder, by its name."""
    asked, ending = read_set(data, part, track), f"-{track}-{part}.jsonl"
    return {
        file.name.removesuffix(ending): make_report(asked, read_replies(file, asked, track), track, part)
        for file in sorted(folder.glob(f"*{ending}"))
    }


def tables(reports: Mapping[str, Report]) -> Iterator[str]:
    """Lay reports out, the highest number first."""
    ranked = sorted(reports.items(), key=lambda each: -each[1].right_at_90_refused)
    yield from _head(["", "right at .90 refused", "95 % interval", "wrong", "words a quote"])
    for name, report in ranked:
        low, high = report.interval
        figures = [_share(report.right_at_90_refused), f"{_share(low)} to {_share(high)}", _share(report.point.wrong)]
        yield _row([name, *figures, f"{report.mean_words:.0f}"])
    first = ranked[0][1]
    yield ""
    yield from _head(["right, by form", *first.forms])
    for name, report in ranked:
        yield _row([name, *(_share(figures["right"]) for figures in report.forms.values())])
    yield ""
    yield from _head(["refused, by kind", *first.kinds])
    for name, report in ranked:
        yield _row([name, *(_share(figures["all"]) for figures in report.kinds.values())])


def _head(cells: Sequence[str]) -> Iterator[str]:
    yield _row(cells)
    yield "|---" * len(cells) + "|"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _share(share: float) -> str:
    return f"{share:.2f}".removeprefix("0") if share < 1 else "1.00"


def main(arguments: Sequence[str] | None = None, write: Callable[[str], object] = sys.stdout.write) -> None:
    """Read the arguments, and write the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.compare", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=(*PARTS, "both"), default="open")
    parser.add_argument("--track", choices=TRACKS, default="archive")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the set")
    given = parser.parse_args(arguments)
    reports = read_reports(given.folder, given.data, given.part, given.track)
    if not reports:
        parser.error(f"{given.folder} has no file SYSTEM-{given.track}-{given.part}.jsonl")
    write("\n".join(tables(reports)) + "\n")


if __name__ == "__main__":
    main()
