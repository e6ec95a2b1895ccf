"""Systems beside each other: `python -m tests.benchmark.compare FOLDER [--part PART] [--track TRACK]`.

FOLDER has files `SYSTEM-TRACK-PART.jsonl`, as the baselines keep them. The tables are in Markdown: the one number with
its interval, the right answers by form and what is refused by kind, each at the system's own operating point, and the
right answers at other shares refused. Of each track and part, the system with the highest number stands first; by how
much it is ahead of another is an interval of differences on the same resamples.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from tests.benchmark.baselines import DATA
from tests.benchmark.score import (
    PARTS,
    READ_AT,
    TRACKS,
    Report,
    lead,
    make_report,
    operating_point,
    read_replies,
    read_set,
    score_replies,
)


@dataclass(frozen=True)
class Entry:
    """A system's report, and by how much the first of its track and part is ahead: None for the first itself."""

    report: Report
    behind: tuple[float, float] | None


def read_entries(
    folder: Path, data: Path, parts: Sequence[str] = PARTS, tracks: Sequence[str] = TRACKS
) -> dict[str, Entry]:
    """Score the replies that a folder has, by system, track and part, in the order of the tables."""
    entries: dict[str, Entry] = {}
    for track, part in product(tracks, parts):
        asked, ending = read_set(data, part, track), f"-{track}-{part}.jsonl"
        found = []
        for file in sorted(folder.glob(f"*{ending}")):
            replies = read_replies(file, asked, track)
            report = make_report(asked, replies, track, part)
            found.append((file.name.removesuffix(ending), report, score_replies(asked, replies)))
        found.sort(key=lambda each: -each[1].right_at_90_refused)
        for number, (name, report, scored) in enumerate(found):
            behind = lead(found[0][2], scored) if number else None
            entries[f"{name}, {track}, {part}"] = Entry(report, behind)
    return entries


def tables(entries: Mapping[str, Entry]) -> Iterator[str]:
    """Lay reports out in their order."""
    reports = {name: entry.report for name, entry in entries.items()}
    yield from _head(["", "right at .90 refused", "95 % interval", "behind the first by", "wrong", "words a quote"])
    for name, entry in entries.items():
        report = entry.report
        behind = _range(entry.behind) if entry.behind else "–"
        figures = [_share(report.right_at_90_refused), _range(report.interval), behind, _share(report.point.wrong)]
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


def _range(shares: tuple[float, float]) -> str:
    return " to ".join(map(_share, shares))


def _share(share: float) -> str:
    return f"{share:.2f}".replace("0.", ".", 1)


def main(arguments: Sequence[str] | None = None, write: Callable[[str], object] = sys.stdout.write) -> None:
    """Read the arguments, and write the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.compare", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=PARTS, action="append", help="one part alone")
    parser.add_argument("--track", choices=TRACKS, action="append", help="one track alone")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the set")
    given = parser.parse_args(arguments)
    entries = read_entries(given.folder, given.data, given.part or PARTS, given.track or TRACKS)
    if not entries:
        parser.error(f"{given.folder} has no file SYSTEM-TRACK-PART.jsonl")
    write("\n".join(tables(entries)) + "\n")


if __name__ == "__main__":
    main()
