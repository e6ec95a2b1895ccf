"""The comparison of all engines and the whole bot at a number of passages, and the plot of query times."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from bot.lab.benchmark.answer_run import measure_answers
from bot.lab.benchmark.engines import ENGINES, STOCK, measure_engine
from bot.lab.benchmark.materials import Materials
from bot.lab.benchmark.measurements import BotMeasurement, EngineMeasurement, FailedError, Top, measure
from bot.lab.svg import Axis, Line, picture

_MEASURED = (
    "build_seconds",
    "microseconds_p50",
    "microseconds_p99",
    "megabytes_after",
    "megabytes_peak",
    "megabytes_stored",
)


_Y_LABEL = "Median time of a query of six tokens, ten best passages, one thread"
# A single number of passages still needs an axis to stand on.
_MARGIN = 2
_UNITS = ((1e6, "s"), (1e3, "ms"), (1, "µs"))


@dataclass(frozen=True, slots=True)
class Skipped:
    """A skipped measurement: the missing package, or the last words of the failed process."""

    name: str
    passages: int
    missing: str | None = None
    failed: str | None = None


@dataclass(frozen=True, slots=True)
class ComparedEngine:
    """An engine's figures, and the ratios of stock rank-bm25's figures to them: above 1, the engine takes less.

    `shared_top` is the share, 0 to 1, of stock's ten best passages that are among the engine's, a mean over queries;
    `equal_scores` is whether the ten best scores are stock's to the last bit, and `largest_difference` how far
    they are apart at most. All are None where stock has no figures.
    """

    engine: str
    passages: int
    figures: EngineMeasurement
    ratios: dict[str, float | None]
    shared_top: float | None
    equal_scores: bool | None
    largest_difference: float | None

    def record(self) -> dict[str, Any]:
        """Return the figures as a flat record with the ratios nested, without the found passages."""
        figures = {name: value for name, value in asdict(self.figures).items() if name != "tops"}
        own = {name: value for name, value in asdict(self).items() if name != "figures"}
        return {"engine": own.pop("engine"), "passages": own.pop("passages"), **figures, **own}


def compare_engines(materials: Materials, budget: float) -> Iterator[ComparedEngine | Skipped]:
    """Measure all engines, stock first, each in its own process with a budget of seconds for queries."""
    stock: EngineMeasurement | None = None
    for engine in ENGINES:
        try:
            figures = measure(measure_engine, engine, materials.tokens_file, materials.queries_file, budget)
        except ImportError as error:
            yield Skipped(engine, materials.passages, missing=error.name or str(error))
        except FailedError as error:
            yield Skipped(engine, materials.passages, failed=error.words)
        else:
            stock = figures if engine == STOCK else stock
            yield compare(engine, materials.passages, figures, stock)


def compare(engine: str, passages: int, figures: EngineMeasurement, stock: EngineMeasurement | None) -> ComparedEngine:
    if stock is None:
        return ComparedEngine(engine, passages, figures, dict.fromkeys(_MEASURED), None, None, None)
    both = {name: (getattr(stock, name), getattr(figures, name)) for name in _MEASURED}
    ratios = {name: one / own if one is not None and own else None for name, (one, own) in both.items()}
    pairs = list(zip(stock.tops, figures.tops, strict=False))
    differences = [
        abs(one - other) for (_, ones), (_, others) in pairs for one, other in zip(ones, others, strict=False)
    ]
    equal = all(list(ones) == list(others) for (_, ones), (_, others) in pairs)
    shared = fmean(_shared(expected, found) for expected, found in pairs) if pairs else None
    return ComparedEngine(engine, passages, figures, ratios, shared, equal, max(differences, default=0.0))


def _shared(expected: Top, found: Top) -> float:
    """Return the share of the expected passages that were found; passages that score 0 are not expected."""
    wanted = {number for number, score in zip(*expected, strict=True) if score > 0}
    return len(wanted.intersection(found[0])) / len(wanted) if wanted else 1.0


def measure_bot(materials: Materials, config: Path, budget: float) -> BotMeasurement | Skipped:
    """Measure whole answers of the bot in its own process, with a budget of seconds for questions."""
    try:
        files = (materials.articles_file, materials.questions_file)
        return measure(measure_answers, config, *files, materials.words, budget)
    except FailedError as error:
        return Skipped("answers", materials.passages, failed=error.words)


def svg(compared: Sequence[ComparedEngine], remark: str) -> str:
    """Draw query time against passages, a line for each engine, a dot for each measurement."""
    sizes = sorted({each.passages for each in compared}) or [1]
    times = [each.figures.microseconds_p50 for each in compared] or [1.0]
    low, high = (sizes[0], sizes[-1]) if len(sizes) > 1 else (sizes[0] / _MARGIN, sizes[0] * _MARGIN)
    passages = Axis("Passages", low, high, {size: f"{size:,}" for size in sizes}, logarithmic=True)
    measured: dict[str, list[tuple[float, float]]] = {}
    for each in sorted(compared, key=lambda each: each.passages):
        measured.setdefault(each.engine, []).append((each.passages, each.figures.microseconds_p50))
    lines = [Line(engine, points, points) for engine, points in measured.items()]
    return picture("Query time as passages grow", remark, passages, _time_axis(min(times), max(times)), lines)


def _time_axis(least: float, most: float) -> Axis:
    """Return a logarithmic axis in microseconds, between powers of ten."""
    first = math.floor(math.log10(least))
    last = max(math.ceil(math.log10(most)), first + 1)
    marks = {}
    for power in range(first, last + 1):
        size, unit = next((each for each in _UNITS if 10.0**power >= each[0]), _UNITS[-1])
        marks[10.0**power] = f"{10.0**power / size:g} {unit}"
    return Axis(_Y_LABEL, 10.0**first, 10.0**last, marks, logarithmic=True)
