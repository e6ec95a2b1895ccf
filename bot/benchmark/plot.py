"""Draws query time against passages, both in powers of ten."""

import math
from collections.abc import Sequence

from bot.benchmark.comparing import Compared
from bot.drawing import Axis, Line, picture

_TITLE = "Query time as passages grow"
_X_LABEL = "Passages"
_Y_LABEL = "Median time of a query of six tokens, ten best passages, one thread"
# A single number of passages still needs an axis to stand on.
_MARGIN = 2
_UNITS = ((1e6, "s"), (1e3, "ms"), (1, "µs"))


def svg(compared: Sequence[Compared], remark: str) -> str:
    """Draw one line an engine, its name beside its end, a dot where it was measured."""
    sizes = sorted({each.passages for each in compared}) or [1]
    times = [each.figures.microseconds_p50 for each in compared] or [1.0]
    low, high = (sizes[0], sizes[-1]) if len(sizes) > 1 else (sizes[0] / _MARGIN, sizes[0] * _MARGIN)
    passages = Axis(_X_LABEL, low, high, {size: f"{size:,}" for size in sizes}, logarithmic=True)
    engines = list(dict.fromkeys(each.engine for each in compared))
    return picture(_TITLE, remark, passages, _time_axis(min(times), max(times)), [_line(e, compared) for e in engines])


def _time_axis(least: float, most: float) -> Axis:
    """Return an axis over the powers of ten that hold all times, in microseconds."""
    first = math.floor(math.log10(least))
    last = max(math.ceil(math.log10(most)), first + 1)
    marks = {10.0**power: _written(10.0**power) for power in range(first, last + 1)}
    return Axis(_Y_LABEL, 10.0**first, 10.0**last, marks, logarithmic=True)


def _written(microseconds: float) -> str:
    size, unit = next((each for each in _UNITS if microseconds >= each[0]), _UNITS[-1])
    return f"{microseconds / size:g} {unit}"


def _line(engine: str, compared: Sequence[Compared]) -> Line:
    own = sorted((each.passages, each.figures.microseconds_p50) for each in compared if each.engine == engine)
    return Line(engine, own, own)
