"""How fast something grows once warm: the median of the slopes between readings (Theil and Sen), and how sure it is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from statistics import median

_HOUR = 3600.0
# Of the last process, in less than this what a start leaves behind is all that is seen.
_SHORTEST = 600.0
# Caches fill, allocators take their arenas and code is met for the first time: the first third is not judged.
_WARM_UP = 1 / 3
# Readings that follow each other are not independent of each other, so the medians of so many stretches are.
_STRETCHES = 12
# The normal quantile of an interval that holds the slope 95 times of 100.
_QUANTILE = 1.96


@dataclass(frozen=True, slots=True)
class Growth:
    """What is read at `/metrics`, in which unit it is told, how much an hour is allowed, and why that much."""

    metric: str
    name: str
    unit: float
    allowed: float
    why: str
    labels: tuple[tuple[str, str], ...] = ()


# Measured on 20,000 questions without faults: 0.7 kB a question up to 8,000, and 0.2 from there on. An hour of two a
# second is 5 MB of that. Of ninety reloads, the 16th to 60th took 11 MB, and the others after them 0.4.
_CACHES = "caches of questions, votes and ids fill up to a bound that a soak does not reach"
GROWTHS = (
    Growth("process_resident_memory_bytes", "memory, MB", 1e6, 30.0, _CACHES),
    Growth("isnad_resident_memory_bytes", "memory that maps no file, MB", 1e6, 30.0, _CACHES, (("kind", "anonymous"),)),
    Growth("process_open_fds", "descriptors", 1.0, 2.0, "a connection more or less when it is read"),
    Growth("isnad_tasks", "tasks", 1.0, 4.0, "requests that are under way when it is read"),
    Growth("isnad_threads", "threads", 1.0, 2.0, "a worker that is begun or ends when it is read"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A slope, and the interval that holds it 95 times of 100, all a second."""

    slope: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Slope:
    """By how much something grew an hour, from so many readings of one process over so many seconds.

    `line` is that of the last two thirds, the hour's; `quarters` are the medians of the four quarters of all readings.
    """

    growth: Growth
    line: Line
    quarters: Sequence[float]
    readings: int
    seconds: float

    @property
    def gain(self) -> float:
        """By how much the last quarter stands above the one before it, in the unit."""
        return self.quarters[-1] - self.quarters[-2] if len(self.quarters) > 1 else 0.0

    @property
    def verdict(self) -> str:
        """Say whether it is allowed."""
        if self.seconds < _SHORTEST:
            return f"not judged: less than {_SHORTEST / 60:.0f} minutes"
        if self.line.low > self.growth.allowed:
            return "too much"
        return "allowed" if self.line.high <= self.growth.allowed else "unclear: soak it for longer"


def slope_of(growth: Growth, times: Sequence[float], values: Sequence[float]) -> Slope:
    """Judge the readings of one process from its start to its end, times in seconds."""
    seconds = times[-1] - times[0] if times else 0.0
    warm = int(len(times) * _WARM_UP)
    each = theil_sen(_medians(times[warm:], _STRETCHES), _medians(values[warm:], _STRETCHES))
    scale = _HOUR / growth.unit
    line = Line(each.slope * scale, each.low * scale, each.high * scale)
    return Slope(growth, line, [value / growth.unit for value in _medians(values, 4)], len(times), seconds)


def theil_sen(times: Sequence[float], values: Sequence[float]) -> Line:
    """Return the median of the slopes between all pairs, and Sen's interval; 0 for fewer than two times.

    P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", 1968; for values without ties.
    """
    pairs = combinations(zip(times, values, strict=True), 2)
    slopes = sorted((end - begin) / (later - sooner) for (sooner, begin), (later, end) in pairs if later != sooner)
    if not slopes:
        return Line(0.0, 0.0, 0.0)
    count = len(times)
    spread = _QUANTILE * math.sqrt(count * (count - 1) * (2 * count + 5) / 18)
    low = max(0, math.floor((len(slopes) - spread) / 2))
    high = min(len(slopes) - 1, math.ceil((len(slopes) + spread) / 2))
    return Line(median(slopes), slopes[low], slopes[high])


def _medians(values: Sequence[float], stretches: int) -> list[float]:
    """Return the medians of equally long stretches, at most one for each value."""
    stretches = min(stretches, len(values))
    ends = [len(values) * number // stretches for number in range(stretches + 1)] if stretches else []
    return [median(values[begin:end]) for begin, end in pairwise(ends)]
