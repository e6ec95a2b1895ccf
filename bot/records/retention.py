"""Takes out of the store what is old, and the oldest of what is too much, so that it stays as large as it is."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Table, delete, select, true

from bot.records.tables import ARRIVALS, ARTICLE_CHANGES, DIGESTS, FIGURES, FOLLOWS, QUOTES, REFUSALS, VOTES

DAY = 86_400
"""Seconds."""


class Retention(NamedTuple):
    """How many rows of a table are kept, by which order the oldest go, and for how many days from which time on.

    `days` are None for those of RECORDS_DAYS, which rows of people outlast only where they renew them themselves;
    `date` is None for days in words.
    """

    most: int
    order: Column[Any]
    date: Column[int] | None = None
    days: int | None = None
    is_renewed: bool = False


# Chosen: 550 refusals a day for 90 days, 50 figures a day for 400; with the longest questions 100 MB in all.
RETENTION: Mapping[Table, Retention] = {
    REFUSALS: Retention(50_000, REFUSALS.c.id, REFUSALS.c.asked_at),
    VOTES: Retention(50_000, VOTES.c.voted_at, VOTES.c.voted_at),
    # Chosen: whoever scrolls back no further than that has read of a correction, and few corrections come later.
    QUOTES: Retention(50_000, QUOTES.c.quoted_at, QUOTES.c.quoted_at, days=14),
    # Many articles arrive in one second, so that their order is that of their numbers.
    ARRIVALS: Retention(100_000, ARRIVALS.c.id, ARRIVALS.c.arrived_at),
    ARTICLE_CHANGES: Retention(100_000, ARTICLE_CHANGES.c.changed_at, ARTICLE_CHANGES.c.changed_at),
    # Chosen: what nobody renews for a month is followed no more.
    FOLLOWS: Retention(50_000, FOLLOWS.c.id, FOLLOWS.c.followed_at, days=30, is_renewed=True),
    DIGESTS: Retention(50_000, DIGESTS.c.read_at, DIGESTS.c.read_at),
    # Counts by day name nobody and nothing; they let a month be compared with the same month a year ago.
    FIGURES: Retention(20_000, FIGURES.c.day, days=400),
}


def days_kept(table: Table, days: int) -> int:
    """Return for how many days rows of a table are kept; `days` are those of RECORDS_DAYS."""
    kept = RETENTION[table]
    own = kept.days or days
    return own if kept.date is None or kept.is_renewed else min(own, days)


def prune(connection: Connection, *, now: float, days: int) -> None:
    """Delete what is older than its table's days, and the oldest of tables with too many rows."""
    is_daily = FIGURES.c.day != ""
    first = datetime.fromtimestamp(now, UTC).date() - timedelta(days_kept(FIGURES, days))
    connection.execute(delete(FIGURES).where(is_daily, FIGURES.c.day < first.isoformat()))
    # Who was told waits again only while the answer's quotes are known.
    connection.execute(delete(REFUSALS).where(REFUSALS.c.ended_at < int(now) - days_kept(QUOTES, days) * DAY))
    # Earlier versions numbered their writes so.
    connection.execute(delete(FIGURES).where(FIGURES.c.name.startswith("writer ")))
    for table, kept in RETENTION.items():
        if kept.date is not None:
            connection.execute(delete(table).where(kept.date < int(now) - days_kept(table, days) * DAY))
        beyond = select(kept.order).order_by(kept.order.desc()).offset(kept.most).limit(1)
        if last := connection.execute(beyond).scalar():
            connection.execute(delete(table).where(kept.order <= last, is_daily if table is FIGURES else true()))
