"""What moderators read of the store, and what members read while it is away."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import TextError
from bot.records.faults import Fault


class RecordsAwayError(TextError):
    """The store cannot be asked now."""

    def __init__(self) -> None:
        super().__init__("records.away")


@dataclass(frozen=True, slots=True)
class RecordsState:
    """The kind of database, why it is away (None where it is not), and how many changes wait for it or were dropped.

    `renewed_at` says when a damaged file was put aside and a new one begun, in this run.
    """

    kind: str
    error: Fault | None
    waiting: int
    dropped: int
    renewed_at: datetime | None = None
