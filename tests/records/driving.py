"""A store that runs for the length of a test, and what tests write into it and read from it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TypeVar

from sqlalchemy import URL, Connection

from bot.records import Change, Query, Records, RecordsAwayError
from bot.records.figures import add_to_figure, sum_figures
from bot.records.tables import FIGURES
from tests.patience import waiting_for

T = TypeVar("T")

DAYS = 90
_EPOCH = "2026-01-01"


@asynccontextmanager
async def kept(url: URL, clock: Callable[[], float] | None = None) -> AsyncIterator[Records]:
    """Run a store until the body ends."""
    records = Records(url, days=DAYS, clock=clock) if clock else Records(url, days=DAYS)
    task = asyncio.create_task(records.run())
    try:
        yield records
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def counted(name: str, day: str = "2026-11-24") -> Change:
    """Make a change that adds one to a figure, and is wrong where it is made twice."""
    return partial(add_to_figure, name=name, day=day)


def sums(connection: Connection) -> dict[str, int]:
    """Add up all figures by name."""
    return dict(sum_figures(connection, _EPOCH))


def rows(connection: Connection) -> list[tuple[str, str, int]]:
    """Return all rows of the figures."""
    return [tuple(row) for row in connection.execute(FIGURES.select().order_by("name", "day"))]


async def answered(records: Records, query: Query[T]) -> T:
    """Ask until the store has the time to answer."""
    async with waiting_for("a store with the time to answer"):
        while True:
            with suppress(RecordsAwayError):
                return await records.ask(query)
            await asyncio.sleep(0.05)
