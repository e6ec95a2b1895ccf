"""The tables of `eval`: scores of question sets, of a community's messages, and of questions wrapped in courtesies."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.lab.evaluation.community_metrics import CommunityMetrics, CommunityReport
from bot.lab.evaluation.quality_metrics import SetReport
from bot.lab.evaluation.question_sets import ARTICLE_KINDS, CLAIM_KINDS, GOLD, QUOTED_KINDS, REFUSED_KINDS
from bot.lab.evaluation.wrapped_questions import StabilityReport
from bot.texts import Texts

# Keeps columns in order where a terminal turns lines with Arabic words round.
_LEFT_TO_RIGHT = "\u200e"
# A share with a blank before it; and a ratio, which has few digits however wide its neighbours are.
_SHARE, _RATIO = 6, 7


class Columns:
    """The columns of a table in a language, beside the names of its rows."""

    def __init__(self, keys: Sequence[str], texts: Texts, width: int, least: int = _SHARE) -> None:
        """Make columns as wide as their headings, each two lines with a bar between, and no less than `least`.

        `width` columns are those of names.
        """
        self._width = width
        headings = [texts(f"column.{key}").partition("|") for key in keys]
        self._headings = [upper for upper, _, _ in headings], [lower for _, _, lower in headings]
        self._sizes = [
            max(_RATIO if key == "times" else least, len(upper) + 1, len(lower) + 1)
            for key, (upper, _, lower) in zip(keys, headings, strict=True)
        ]

    def headings(self) -> list[str]:
        lines = []
        for line in self._headings:
            if all(map(str.isascii, line)):
                lines.append(self.row("", line))
            else:
                cells = (cell.rjust(size) + _LEFT_TO_RIGHT for cell, size in zip(line, self._sizes, strict=True))
                lines.append(_LEFT_TO_RIGHT + " " * self._width + "".join(cells))
        return lines

    def row(self, name: str, cells: Iterable[str]) -> str:
        label = name if name.isascii() else f"{_LEFT_TO_RIGHT}{name}{_LEFT_TO_RIGHT}"
        blanks = " " * (self._width - len(name))
        return label + blanks + "".join(f" {cell:>{size - 1}}" for cell, size in zip(cells, self._sizes, strict=True))


_COLUMNS = (
    *("right_at_1", "at_3", "wrong", "false_refusals", "refused_near", "off", "foreign", "swap"),
    *("ranking_mrr", "recall_at_1", "at_5", "at_20", "words_quoted", "p50_ms", "p99_ms"),
)
_COMMUNITY_COLUMNS = (
    *("messages", "right_at_1", "at_3", "wrong", "refused", "refused_near", "off", "overview_at_1", "at_3"),
    *("latest_at_1", "at_3", "shown_at_1", "at_3", "corrected_at_1", "at_3", "chat_met"),
)
_STABILITY_COLUMNS = ("questions", "same_outcome", "first_article", "first_quote")


class ScoreTable(Columns):
    """The table of the scores of sets, a row a set as it comes."""

    def __init__(self, names: Iterable[str], texts: Texts) -> None:
        super().__init__(_COLUMNS, texts, max(map(len, names)))

    def score_row(self, name: str, report: SetReport) -> str:
        """Return the row of a set; a dash where it has no questions of a kind."""
        figures, ranking = report.figures, report.ranking
        shares = (
            *(figures.right_at_1, figures.right_at_3, figures.wrong, figures.false_refusals),
            *(figures.refused.get(kind) for kind in REFUSED_KINDS),
            *(ranking.mrr_at_10, ranking.recall_at_1, ranking.recall_at_5, ranking.recall_at_20),
        )
        times = (f"{figures.milliseconds_p50:.1f}", f"{figures.milliseconds_p99:.1f}")
        cells = (*map(_share, shares), f"{figures.quoted_words:.0f}", *times)
        return self.row(name, cells)


def community_table(name: str, report: CommunityReport, texts: Texts) -> Iterator[str]:
    """Lay out the scores of a community set: the set's row, and one for each region, style and kind of answer."""
    rows = {name: report.figures}
    rows |= {f"  {texts('row.region', name=region)}": figures for region, figures in report.regions.items()}
    rows |= {f"  {texts('row.style', name=style)}": figures for style, figures in report.styles.items()}
    rows |= {f"  {texts('row.asked', name=kind)}": figures for kind, figures in report.asked.items()}
    cells = {label: _community_cells(figures) for label, figures in rows.items()}
    return _table(_COMMUNITY_COLUMNS, texts, cells)


def _community_cells(figures: CommunityMetrics) -> Iterator[str]:
    yield str(sum(figures.questions.values()))
    right = {kind: (figures.right_at_1.get(kind), figures.right_at_3.get(kind)) for kind in QUOTED_KINDS}
    yield from map(_share, (*right[GOLD], figures.wrong, figures.false_refusals))
    yield from (_share(figures.refused.get(kind)) for kind in ("near", "off"))
    yield from (_share(share) for kind in (*ARTICLE_KINDS, *CLAIM_KINDS) for share in right[kind])
    yield _share(figures.chat_met)


def stability_table(name: str, report: StabilityReport, texts: Texts) -> Iterator[str]:
    """Lay out the stability of a set: the set's row, and one for each position, region and kind of courtesy."""
    rows = {name: report.figures}
    rows |= {f"  {texts(f'position.{position}')}": figures for position, figures in report.positions.items()}
    rows |= {f"  {texts('row.region', name=region)}": figures for region, figures in report.regions.items()}
    rows |= {f"  {texts('row.kind', name=kind)}": figures for kind, figures in report.kinds.items()}
    cells = {
        label: (str(figures.questions), *map(_share, (figures.outcomes, figures.articles, figures.quotes)))
        for label, figures in rows.items()
    }
    return _table(_STABILITY_COLUMNS, texts, cells)


def _table(keys: Sequence[str], texts: Texts, cells: Mapping[str, Iterable[str]]) -> Iterator[str]:
    columns = Columns(keys, texts, max(map(len, cells)))
    yield from columns.headings()
    for name, each in cells.items():
        yield columns.row(name, each)


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}".removeprefix("0")
