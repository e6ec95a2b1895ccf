"""The figures of engines and of whole answers as aligned tables, within 120 columns."""

from bot.benchmark import ENGINES, Answering, Compared
from bot.console.columns import Columns

WIDTH = max(map(len, ENGINES)) + 1
_SEARCHING = Columns(
    (8, "", "queries"),
    (9, "build", "s"),
    (7, "", "×"),
    (11, "p50", "µs"),
    (8, "", "×"),
    (11, "p99", "µs"),
    (8, "", "×"),
    (9, "MB", "after"),
    (7, "", "×"),
    (9, "MB", "peak"),
    (7, "", "×"),
    (8, "top 10", "shared"),
)
_ANSWERING = Columns(
    (8, "cold", "s"),
    (8, "warm", "s"),
    (11, "passages", "/s"),
    (11, "words", "/s"),
    (11, "", "questions"),
    (10, "", "answered"),
    (7, "p50", "ms"),
    (7, "p99", "ms"),
    (7, "max", "ms"),
    (11, "MB", "building"),
    (9, "MB", "after"),
    (9, "MB", "peak"),
)


def searching_headings() -> list[str]:
    """Return the two lines above the rows of engines."""
    return _SEARCHING.headings(WIDTH)


def searching_row(compared: Compared) -> str:
    """Return the row of an engine; × is how many times less it takes than rank-bm25, a dash is no figure."""
    figures, ratios = compared.figures, compared.ratios
    cells = (
        f"{figures.queries:,}",
        *(_figure(figures.build_seconds), _figure(ratios["build_seconds"])),
        *(_figure(figures.microseconds_p50), _figure(ratios["microseconds_p50"])),
        *(_figure(figures.microseconds_p99), _figure(ratios["microseconds_p99"])),
        *(_figure(figures.megabytes_after), _figure(ratios["megabytes_after"])),
        *(_figure(figures.megabytes_peak), _figure(ratios["megabytes_peak"])),
        "–" if compared.shared_top is None else f"{compared.shared_top:.0%}",
    )
    return _SEARCHING.row(compared.engine, WIDTH, cells)


def answering_headings() -> list[str]:
    """Return the two lines above the rows of whole answers."""
    return _ANSWERING.headings(WIDTH)


def answering_row(answering: Answering) -> str:
    """Return the row of the whole bot at a number of passages."""
    cells = (
        *(_figure(answering.cold_seconds), _figure(answering.warm_seconds)),
        *(_figure(answering.passages_per_second), _figure(answering.words_per_second)),
        *(f"{answering.questions:,}", f"{answering.answered:,}"),
        *map(_figure, (answering.milliseconds_p50, answering.milliseconds_p99, answering.milliseconds_max)),
        *map(_figure, (answering.megabytes_building, answering.megabytes_after, answering.megabytes_peak)),
    )
    return _ANSWERING.row(f"{answering.passages:,}", WIDTH, cells)


def _figure(value: float | None) -> str:
    """Write a figure with three digits, or all before the point."""
    if value is None:
        return "–"
    return f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2}f}"  # noqa: PLR2004
