"""Figures by name and day: how much was asked, answered and refused, and what moderators chose."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from bot.records.tables import FIGURES, upsert


def day_of(time: float) -> str:
    """Return the day of a time, in seconds since 1970, as figures have it: in UTC."""
    return datetime.fromtimestamp(time, UTC).date().isoformat()


def add_to_figure(connection: Connection, name: str, day: str, count: int = 1) -> None:
    """Add to a figure of a day."""
    upsert(connection, FIGURES, {"name": name, "day": day, "value": count}, {"value": FIGURES.c.value + count})


def set_figure(connection: Connection, name: str, value: int) -> None:
    """Set a figure of no day."""
    upsert(connection, FIGURES, {"name": name, "day": "", "value": value}, {"value": value})


def read_figure(connection: Connection, name: str) -> int | None:
    """Return a figure of no day, None where it was never set."""
    query = select(FIGURES.c.value).where(FIGURES.c.name == name, FIGURES.c.day == "")
    return connection.execute(query).scalar()


def sum_figures(connection: Connection, since: str) -> Mapping[str, int]:
    """Add up the figures of each name from a day on."""
    query = select(FIGURES.c.name, func.sum(FIGURES.c.value)).where(FIGURES.c.day >= since, FIGURES.c.day != "")
    return {name: int(value) for name, value in connection.execute(query.group_by(FIGURES.c.name))}
