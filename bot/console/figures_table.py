"""The figures of sets of questions as an aligned table, a row a set, within 120 columns."""

from bot.console.columns import Columns
from bot.evaluation import REFUSED_KINDS, Report

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


def headings(width: int) -> list[str]:
    """Return the two lines above the rows, the names of the sets in so many columns."""
    return _COLUMNS.headings(width)


def row(name: str, report: Report, width: int) -> str:
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


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}".removeprefix("0")
