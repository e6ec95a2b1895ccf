"""How fast something grows: the slope of a line through readings, by least squares."""

from collections.abc import Sequence
from dataclasses import dataclass

_HOUR = 3600.0
# In less, what a start leaves behind is all that is seen.
_SHORTEST = 600.0


@dataclass(frozen=True, slots=True)
class Growth:
    """What is read at `/metrics`, in which unit it is told, how much an hour is allowed, and why that much."""

    metric: str
    name: str
    unit: float
    allowed: float
    why: str


GROWTHS = (
    Growth(
        "process_resident_memory_bytes",
        "memory, MB an hour",
        1e6,
        30.0,
        "caches of questions, votes and ids fill up to a bound that a soak does not reach, some 2 kB a question",
    ),
    Growth("process_open_fds", "descriptors an hour", 1.0, 2.0, "a connection more or less when it is read"),
    Growth("isnad_tasks", "tasks an hour", 1.0, 4.0, "requests that are under way when it is read"),
)


@dataclass(frozen=True, slots=True)
class Slope:
    """By how much something grew an hour, from so many readings over so many seconds."""

    growth: Growth
    hourly: float
    readings: int
    seconds: float

    @property
    def verdict(self) -> str:
        """Say whether it is allowed."""
        if self.seconds < _SHORTEST:
            return f"not judged: less than {_SHORTEST / 60:.0f} minutes"
        return "allowed" if self.hourly <= self.growth.allowed else "too much"


def slope_of(growth: Growth, times: Sequence[float], values: Sequence[float]) -> Slope:
    """Fit a line to readings, times in seconds."""
    seconds = times[-1] - times[0] if times else 0.0
    return Slope(growth, least_squares(times, values) * _HOUR / growth.unit, len(times), seconds)


def least_squares(times: Sequence[float], values: Sequence[float]) -> float:
    """Return the slope of the line that misses the values least; 0 for fewer than two times."""
    if len(set(times)) < 2:
        return 0.0
    middle, mean = sum(times) / len(times), sum(values) / len(values)
    covariance = sum((time - middle) * (value - mean) for time, value in zip(times, values, strict=True))
    return covariance / sum((time - middle) ** 2 for time in times)
