"""The tables of a year, and what failed in it, to be read by eye."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tests.scenarios import markdown_table
from tests.year.happenings import APPEARED, CHANGES, FailureKind
from tests.year.year import Year

_SAW = {
    "after two days": "answers right after two days",
    "at the end": "and at the end",
    "told": "named by a reload's card, in the moderators' channel or, where new, in that for news",
    "edited": "earlier answer edited",
}
_SAW_OF_SOURCES = {
    "channel": "moderators' channel tells",
    "status": "`/corpus status` says so",
    "health": "`/health`",
    "metrics": "`/metrics`",
    "member": "members read it under the latest",
}
# None of these may be.
JUDGED = (FailureKind.WITHDRAWN, FailureKind.COMMENT, FailureKind.LOST, FailureKind.DOUBLED, FailureKind.NEAR)


def as_text(year: Year, database: str, seconds: float) -> str:
    """Write what happened, what each person saw of it, and every failure."""
    return "\n".join(_lines(year, database, seconds))


def is_good(year: Year) -> bool:
    """Tell whether nothing happened that must never be."""
    return not any(kind in JUDGED for kind, _ in year.failures)


def _lines(year: Year, database: str, seconds: float) -> Iterator[str]:
    counts, pages = year.counts, sum(len(paper.pages) for paper in year.papers)
    yield (
        f"{database}: {year.weeks} weeks in {seconds:.0f} s, {pages} pages, {counts['questions']} questions, "
        f"{counts['kills']} kills, {counts['bells']} bells, of which {counts['answers to bells']} got an answer and "
        f"{counts['rung']} rang for it"
    )
    seen = defaultdict[str, list[Mapping[str, bool]]](list)
    for one in year.happenings:
        seen[one.kind].append(one.saw)
    yield from _table(["happened", "times", *_SAW.values()], [APPEARED, *CHANGES], seen, [*_SAW])
    of_sources = defaultdict[str, list[Mapping[str, bool]]](list)
    for kind, saw in year.of_sources:
        of_sources[kind].append(saw)
    head = ["a newspaper's", "times", *_SAW_OF_SOURCES.values()]
    if of_sources:
        yield from _table(head, [*of_sources], of_sources, [*_SAW_OF_SOURCES])
    yield ""
    yield from (f"{kind}, {place}: {line}" for (kind, place), line in year.read.items() if line)
    for failed in FailureKind:
        lines = [f"  {words}" for kind, words in year.failures if kind is failed]
        yield from (f"{failed.value}: {len(lines)}", *lines)


def _table(
    head: Sequence[str], kinds: Sequence[str], seen: Mapping[str, Sequence[Mapping[str, bool]]], columns: Sequence[str]
) -> Iterator[str]:
    yield ""
    rows = ([kind, str(len(seen[kind])), *(_share(seen[kind], column) for column in columns)] for kind in kinds)
    yield from markdown_table(head, rows)


def _share(seen: Sequence[Mapping[str, bool]], column: str) -> str:
    looked = [saw[column] for saw in seen if column in saw]
    return f"{sum(looked)} of {len(looked)}" if looked else "–"
