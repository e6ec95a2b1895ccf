"""The tables of `eval`: scores of question sets, of a community's messages, and of questions wrapped in courtesies."""

from collections.abc import Iterable, Iterator

from bot.lab.evaluation import (
    ARTICLE_KINDS,
    CLAIM_KINDS,
    GOLD,
    QUOTED_KINDS,
    REFUSED_KINDS,
    CommunityMetrics,
    CommunityReport,
    SetReport,
    StabilityMetrics,
    StabilityReport,
)

Column = tuple[int, str, str]
"""The width of a column, and its two lines of heading."""


class Columns:
    """The columns of a table, beside the names of its rows."""

    def __init__(self, *columns: Column) -> None:
        self._sizes = [size for size, _, _ in columns]
        self._headings = [upper for _, upper, _ in columns], [lower for _, _, lower in columns]

    def headings(self, width: int) -> list[str]:
        """Return the two heading lines, with `width` columns for names."""
        return [self.row("", width, line) for line in self._headings]

    def row(self, name: str, width: int, cells: Iterable[str]) -> str:
        """Return a row, with `width` columns for its name."""
        return name.ljust(width) + "".join(cell.rjust(size) for cell, size in zip(cells, self._sizes, strict=True))


_COLUMNS = Columns(
    (6, "right", "@1"),
    (6, "right", "@3"),
    (6, "", "wrong"),
    (9, "false", "refusals"),
    (8, "refused", "near"),
    (6, "", "off"),
    (8, "", "foreign"),
    (6, "", "swap"),
    (8, "ranking", "MRR@10"),
    (7, "recall", "@1"),
    (6, "", "@5"),
    (6, "", "@20"),
    (7, "words", "quoted"),
    (6, "ms", "p50"),
    (6, "ms", "p99"),
)


_COMMUNITY_COLUMNS = Columns(
    (10, "", "messages"),
    (6, "right", "@1"),
    (6, "", "@3"),
    (6, "", "wrong"),
    (8, "", "refused"),
    (8, "refused", "near"),
    (6, "", "off"),
    (9, "overview", "@1"),
    (6, "", "@3"),
    (7, "latest", "@1"),
    (6, "", "@3"),
    (7, "shown", "@1"),
    (6, "", "@3"),
    (10, "corrected", "@1"),
    (6, "", "@3"),
    (6, "chat", "met"),
)
_STABILITY_COLUMNS = Columns(
    (10, "", "questions"),
    (8, "same", "outcome"),
    (9, "first", "article"),
    (9, "first", "quote"),
)


def score_headings(width: int) -> list[str]:
    """Return the two heading lines of scores, with `width` columns for the names of sets."""
    return _COLUMNS.headings(width)


def score_row(name: str, report: SetReport, width: int) -> str:
    """Return the row of a set; a dash where it has no questions of a kind."""
    figures, ranking = report.figures, report.ranking
    shares = (
        *(figures.right_at_1, figures.right_at_3, figures.wrong, figures.false_refusals),
        *(figures.refused.get(kind) for kind in REFUSED_KINDS),
        *(ranking.mrr_at_10, ranking.recall_at_1, ranking.recall_at_5, ranking.recall_at_20),
    )
    times = (f"{figures.milliseconds_p50:.1f}", f"{figures.milliseconds_p99:.1f}")
    cells = (*map(_share, shares), f"{figures.quoted_words:.0f}", *times)
    return _COLUMNS.row(name, width, cells)


def community_table(name: str, report: CommunityReport) -> Iterator[str]:
    """Lay out the scores of a community set: the set's row, and one for each region and style."""
    rows = {name: report.figures}
    rows |= {f"  region {region}": figures for region, figures in report.regions.items()}
    rows |= {f"  style {style}": figures for style, figures in report.styles.items()}
    width = max(map(len, rows))
    yield from _COMMUNITY_COLUMNS.headings(width)
    for label, figures in rows.items():
        yield _COMMUNITY_COLUMNS.row(label, width, _community_cells(figures))


def _community_cells(figures: CommunityMetrics) -> Iterator[str]:
    yield str(sum(figures.questions.values()))
    right = {kind: (figures.right_at_1.get(kind), figures.right_at_3.get(kind)) for kind in QUOTED_KINDS}
    yield from map(_share, (*right[GOLD], figures.wrong, figures.false_refusals))
    yield from (_share(figures.refused.get(kind)) for kind in ("near", "off"))
    yield from (_share(share) for kind in (*ARTICLE_KINDS, *CLAIM_KINDS) for share in right[kind])
    yield _share(figures.chat_met)


def stability_table(name: str, report: StabilityReport) -> Iterator[str]:
    """Lay out the stability of a set: the set's row, and one for each position, region and kind of courtesy."""
    rows = {name: report.figures}
    rows |= {f"  {position}": figures for position, figures in report.positions.items()}
    rows |= {f"  region {region}": figures for region, figures in report.regions.items()}
    rows |= {f"  kind {kind}": figures for kind, figures in report.kinds.items()}
    width = max(map(len, rows))
    yield from _STABILITY_COLUMNS.headings(width)
    for label, figures in rows.items():
        yield _STABILITY_COLUMNS.row(label, width, _stability_cells(figures))


def _stability_cells(figures: StabilityMetrics) -> Iterator[str]:
    yield str(figures.questions)
    yield from map(_share, (figures.outcomes, figures.articles, figures.quotes))


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}".removeprefix("0")
