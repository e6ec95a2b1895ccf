"""Figures by name and day: how much was asked, answered and refused, what moderators chose, which sources fail."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select, update

from bot.records.tables import FIGURES, insert_missing, upsert


def day_of(time: float) -> str:
    """Return the day of a time, in seconds since 1970, as figures have it: in UTC."""
    return datetime.fromtimestamp(time, UTC).date().isoformat()


def add_to_figure(connection: Connection, name: str, day: str, count: int = 1) -> None:
    upsert(connection, FIGURES, {"name": name, "day": day, "value": count}, {"value": FIGURES.c.value + count})


def set_figure(connection: Connection, name: str, value: int, day: str = "") -> None:
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


def sum_figures(connection: Connection, since: str = "0", until: str = "9999") -> Mapping[str, int]:
    """Add up the figures of each name from a day on, until before another."""
    query = select(FIGURES.c.name, func.sum(FIGURES.c.value)).where(FIGURES.c.day >= since, FIGURES.c.day < until)
    return {name: int(value) for name, value in connection.execute(query.group_by(FIGURES.c.name))}


def read_figures(connection: Connection, prefix: str) -> Mapping[str, int]:
    """Return the figures of no day whose names begin so, by the rest of their names, without zeros."""
    query = select(FIGURES.c.name, FIGURES.c.value).where(
        FIGURES.c.name.startswith(prefix, autoescape=True), FIGURES.c.day == "", FIGURES.c.value != 0
    )
    rows = connection.execute(query.order_by(FIGURES.c.name))
    return {name.removeprefix(prefix): int(value) for name, value in rows}


# By a digest of how the source is shown: since when it fails, and since when it failed as moderators were told.
_AWAY, _TOLD, _LIVING = "source_away:", "source_told:", "outlet_living:"


def note_sources(
    connection: Connection, away: Mapping[str, int], well: Collection[str]
) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Note which sources fail, since when, and which do not; what is noted already counts, over restarts too.

    Return since when they fail, in seconds since 1970, and since when those had failed that moderators were told of.
    """
    before = read_figures(connection, _AWAY)
    since = {name: min(at, before.get(name, at)) for name, at in away.items()}
    for name, at in since.items() | {(name, 0) for name in before.keys() & well}:
        if before.get(name, 0) != at:
            set_figure(connection, _AWAY + name, at)
    return since, read_figures(connection, _TOLD)


def exchange_living(connection: Connection, living: Collection[str] | None) -> Collection[str]:
    """Note which outlets feeds bring articles of, None where nobody knows here; return those that are noted."""
    before = read_figures(connection, _LIVING).keys()
    if living is None:
        return before
    for name in before ^ {*living}:
        set_figure(connection, _LIVING + name, int(name in living))
    return living


def claim_source_card(
    connection: Connection, kind: str, now: int, patience: int
) -> tuple[Mapping[str, int], int] | None:
    """Claim a card of a kind; return of which sources moderators were told, and when somebody claimed it before, or 0.

    None where another process has claimed it, and may still send it.
    """
    name = f"source_card:{kind}"
    claimed_at = keep_figure(connection, name, 0)
    is_under_way = claimed_at and 0 <= now - claimed_at < patience
    if is_under_way or not change_figure(connection, name, claimed_at, now):
        return None
    return read_figures(connection, _TOLD), claimed_at


def settle_source_card(connection: Connection, kind: str, told: Mapping[str, int]) -> None:
    """End a claim, and note since when sources failed as moderators were told, 0 where they were told of the end."""
    for name, since in told.items():
        set_figure(connection, _TOLD + name, since)
    set_figure(connection, f"source_card:{kind}", 0)
