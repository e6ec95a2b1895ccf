"""Engines against rank-bm25's own class, at one number of passages."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

from bot.benchmark.engines import ENGINES, STOCK
from bot.benchmark.figures import Searching, Top
from bot.benchmark.materials import Materials
from bot.benchmark.processes import FailedError, MissingError, measure

_MEASURED = ("build_seconds", "microseconds_p50", "microseconds_p99", "megabytes_after", "megabytes_peak")


@dataclass(frozen=True, slots=True)
class Skipped:
    """What there are no figures of: a package is missing, or a process ended with these words."""

    name: str
    passages: int
    missing: str | None = None
    failed: str | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """An engine's figures, and stock's divided by them: above 1, it takes so many times less.

    `shared_top` is the share, 0 to 1, of stock's ten best passages that are among the engine's, a mean over queries;
    `equal_scores` tells whether the ten best scores are stock's to the last bit, and `largest_difference` how far
    they are apart at most. All are None where stock has no figures.
    """

    engine: str
    passages: int
    figures: Searching
    ratios: dict[str, float | None]
    shared_top: float | None
    equal_scores: bool | None
    largest_difference: float | None

    def record(self) -> dict[str, Any]:
        """Return all of it under one level of names, but for the ratios; the answers themselves are left out."""
        figures = {name: value for name, value in asdict(self.figures).items() if name != "tops"}
        own = {name: value for name, value in asdict(self).items() if name != "figures"}
        return {"engine": own.pop("engine"), "passages": own.pop("passages"), **figures, **own}


def compare_engines(materials: Materials, budget: float) -> Iterator[Compared | Skipped]:
    """Measure all engines, stock first, each in a process of its own that asks queries for so many seconds."""
    stock: Searching | None = None
    files = {"tokens": str(materials.tokens_file), "queries": str(materials.queries_file)}
    for engine in ENGINES:
        try:
            figures = Searching(**measure("searching", engine=engine, budget=budget, **files))
        except MissingError as error:
            yield Skipped(engine, materials.passages, missing=error.package)
        except FailedError as error:
            yield Skipped(engine, materials.passages, failed=error.words)
        else:
            stock = figures if engine == STOCK else stock
            yield compare(engine, materials.passages, figures, stock)


def compare(engine: str, passages: int, figures: Searching, stock: Searching | None) -> Compared:
    """Set an engine's figures against stock's."""
    if stock is None:
        return Compared(engine, passages, figures, dict.fromkeys(_MEASURED), None, None, None)
    ratios = {name: _ratio(getattr(stock, name), getattr(figures, name)) for name in _MEASURED}
    pairs = list(zip(stock.tops, figures.tops, strict=False))
    differences = [
        abs(one - other) for (_, ones), (_, others) in pairs for one, other in zip(ones, others, strict=False)
    ]
    equal = all(list(ones) == list(others) for (_, ones), (_, others) in pairs)
    shared = fmean(_shared(expected, found) for expected, found in pairs) if pairs else None
    return Compared(engine, passages, figures, ratios, shared, equal, max(differences, default=0.0))


def _ratio(stock: float | None, own: float | None) -> float | None:
    return stock / own if stock is not None and own else None


def _shared(expected: Top, found: Top) -> float:
    """Return the share of passages found that were to be found; those that score nothing need not be."""
    wanted = {number for number, score in zip(*expected, strict=True) if score > 0}
    return len(wanted & _numbers(found)) / len(wanted) if wanted else 1.0


def _numbers(top: Top) -> set[int]:
    numbers: Sequence[int] = top[0]
    return set(numbers)
