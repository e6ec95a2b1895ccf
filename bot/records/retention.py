"""Takes out of the store what is old, and the oldest of what is too much, so that it stays as large as it is."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, select, true

from bot.records.tables import ARRIVALS, FIGURES, REFUSALS, VOTES

DAY = 86_400
"""Seconds."""

_KEPT_DAYS: Mapping[Table, int | None] = {
    REFUSALS: None,
    VOTES: None,
    ARRIVALS: None,
    # Counts by day name nobody and nothing; they let a month be compared with the same month a year ago.
    FIGURES: 400,
}
"""For how many days the rows of a table are kept, None for those of RECORDS_DAYS; members read those of each."""

_DATES: Mapping[Table, Column[int]] = {
    REFUSALS: REFUSALS.c.asked_at,
    VOTES: VOTES.c.voted_at,
    ARRIVALS: ARRIVALS.c.arrived_at,
}

# Many articles arrive in one second, so that their order is that of their numbers.
_ORDERS: Mapping[Table, Column[Any]] = {
    REFUSALS: REFUSALS.c.id,
    VOTES: VOTES.c.voted_at,
    ARRIVALS: ARRIVALS.c.id,
    FIGURES: FIGURES.c.day,
}

MOST_ROWS: Mapping[Table, int] = {REFUSALS: 50_000, VOTES: 50_000, ARRIVALS: 100_000, FIGURES: 20_000}
"""Chosen: 550 refusals a day for 90 days, 50 figures a day for 400; with the longest questions 100 MB in all."""


def days_kept(table: Table, days: int) -> int:
    """Return for how many days rows of a table are kept; `days` are those of RECORDS_DAYS."""
    return _KEPT_DAYS[table] or days


def prune(connection: Connection, *, now: float, days: int) -> None:
    """Delete what is older than its table's days, and the oldest of tables with too many rows."""
    for table, date in _DATES.items():
        connection.execute(delete(table).where(date < int(now) - days_kept(table, days) * DAY))
    is_daily = FIGURES.c.day != ""
    first = datetime.fromtimestamp(now, UTC).date() - timedelta(days_kept(FIGURES, days))
    connection.execute(delete(FIGURES).where(is_daily, FIGURES.c.day < first.isoformat()))
    # Earlier versions numbered their writes so.
    connection.execute(delete(FIGURES).where(FIGURES.c.name.startswith("writer ")))
    for table, order in _ORDERS.items():
        beyond = select(order).order_by(order.desc()).offset(MOST_ROWS[table]).limit(1)
        if last := connection.execute(beyond).scalar():
            connection.execute(delete(table).where(order <= last, is_daily if table is FIGURES else true()))
