"""Figures by name and day: how much was asked, answered and refused, and what moderators chose."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select, update

from bot.records.tables import FIGURES, insert_missing, upsert


def day_of(time: float) -> str:
    """Return the day of a time, in seconds since 1970, as figures have it: in UTC."""
    return datetime.fromtimestamp(time, UTC).date().isoformat()


def add_to_figure(connection: Connection, name: str, day: str, count: int = 1) -> None:
    """Add to a figure of a day."""
    upsert(connection, FIGURES, {"name": name, "day": day, "value": count}, {"value": FIGURES.c.value + count})


def set_figure(connection: Connection, name: str, value: int, day: str = "") -> None:
    """Set a figure."""
    upsert(connection, FIGURES, {"name": name, "day": day, "value": value}, {"value": value})


def keep_figure(connection: Connection, name: str, value: int, day: str = "") -> int:
    """Set a figure unless it is set already; return its value."""
    insert_missing(connection, FIGURES, [{"name": name, "day": day, "value": value}], "name", "day")
    query = select(FIGURES.c.value).where(FIGURES.c.name == name, FIGURES.c.day == day)
    return int(connection.execute(query).scalar_one())


def change_figure(connection: Connection, name: str, before: int, after: int, day: str = "") -> bool:
    """Change a figure from one value to another; return whether it had that value.

    Of two processes that come at once, one changes the row, and the other finds it changed.
    """
    where = (FIGURES.c.name == name, FIGURES.c.day == day, FIGURES.c.value == before)
    return connection.execute(update(FIGURES).where(*where).values(value=after)).rowcount == 1


def read_figure(connection: Connection, name: str) -> int | None:
    """Return a figure of no day, None where it was never set."""
    query = select(FIGURES.c.value).where(FIGURES.c.name == name, FIGURES.c.day == "")
    return connection.execute(query).scalar()


def sum_figures(connection: Connection, since: str) -> Mapping[str, int]:
    """Add up the figures of each name from a day on."""
    query = select(FIGURES.c.name, func.sum(FIGURES.c.value)).where(FIGURES.c.day >= since, FIGURES.c.day != "")
    return {name: int(value) for name, value in connection.execute(query.group_by(FIGURES.c.name))}
