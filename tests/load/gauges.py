"""The program's own metrics, read while it works."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

Labels = tuple[tuple[str, str], ...]

_EVERY = 1.0
SLOW = 0.05


@dataclass(frozen=True, slots=True)
class Reading:
    """The metrics at one moment, by name and labels."""

    values: dict[tuple[str, Labels], float]

    @classmethod
    def parse(cls, text: str) -> "Reading":
        """Read Prometheus' text format."""
        samples = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
        return cls({(sample.name, tuple(sorted(sample.labels.items()))): sample.value for sample in samples})

    def sum(self, name: str, **labels: str) -> float:
        """Add up the values of a name that have some labels."""
        wanted = labels.items()
        return sum(value for (own, have), value in self.values.items() if own == name and wanted <= dict(have).items())

    def buckets(self, name: str) -> dict[float, float]:
        """Return how many values of a histogram were up to each bound."""
        return {
            float(dict(labels)["le"]): value for (own, labels), value in self.values.items() if own == f"{name}_bucket"
        }


@dataclass(slots=True)
class Gauges:
    """Readings from the first to the last."""

    address: str
    readings: list[Reading] = field(default_factory=list)

    async def read(self) -> Reading:
        """Read now, and keep it."""
        async with aiohttp.ClientSession() as session, session.get(f"{self.address}/metrics") as response:
            self.readings.append(Reading.parse(await response.text()))
        return self.readings[-1]

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Read at the beginning, every second, and at the end."""
        await self.read()
        task = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])
        await self.read()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_EVERY)
            # While the program is started again, there is nothing to read.
            with suppress(aiohttp.ClientError):
                await self.read()

    def grown(self, name: str, **labels: str) -> float:
        """Return by how much a counter grew, over restarts of the program as well."""
        return sum(map(_growth, *_neighbours([reading.sum(name, **labels) for reading in self.readings])))

    def largest(self, name: str, **labels: str) -> float:
        """Return the largest value of a gauge."""
        return max(reading.sum(name, **labels) for reading in self.readings)

    def slow(self, name: str, seconds: float = SLOW) -> int:
        """Return how many values of a histogram were above a bound."""
        return int(self.grown(f"{name}_count") - self._grown_buckets(name)[seconds])

    def bound(self, name: str) -> float:
        """Return the smallest bound of a histogram that all values kept."""
        buckets = self._grown_buckets(name)
        return min(bound for bound, count in buckets.items() if count == max(buckets.values()))

    def _grown_buckets(self, name: str) -> dict[float, float]:
        readings = [reading.buckets(name) for reading in self.readings]
        return {
            bound: sum(map(_growth, *_neighbours([buckets.get(bound, 0.0) for buckets in readings])))
            for bound in readings[-1]
        }


def _neighbours(values: list[float]) -> tuple[list[float], list[float]]:
    return values[:-1], values[1:]


def _growth(before: float, after: float) -> float:
    """Return by how much a counter grew between two readings; one that fell began anew."""
    return after - before if after >= before else after
