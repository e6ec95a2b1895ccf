"""Late answers that Discord did not take: by the card of the refusal, on which days and how often, as figures."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, func, select

from bot.records.figures import add_to_figure
from bot.records.tables import FIGURES

_NAME = "late_answer_failed_"


def note_failed_edit(connection: Connection, message_id: int, day: str) -> int:
    """Note that a card could not be edited on a day (ISO 8601); return on how many days it could not."""
    add_to_figure(connection, f"{_NAME}{message_id}", day)
    days = select(func.count()).select_from(FIGURES).where(FIGURES.c.name == f"{_NAME}{message_id}")
    return connection.execute(days).scalar_one()


def failed_edits(connection: Connection) -> Mapping[int, int]:
    """Return how often each card could not be edited, of those that could not."""
    failed = select(FIGURES.c.name, func.sum(FIGURES.c.value)).where(FIGURES.c.name.startswith(_NAME, autoescape=True))
    rows = connection.execute(failed.group_by(FIGURES.c.name))
    return {int(name.removeprefix(_NAME)): int(count) for name, count in rows}


def forget_failed_edits(connection: Connection, message_ids: Collection[int]) -> None:
    """Forget it of cards that are edited, left or gone."""
    names = [f"{_NAME}{message_id}" for message_id in message_ids]
    connection.execute(delete(FIGURES).where(FIGURES.c.name.in_(names)))
