"""The store as the rest of the bot sees it: changes are written behind, queries are awaited, and it may be away."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import SecretStr
from sqlalchemy import URL, Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import TextError
from bot.records.database import migrate, open_engine, read_database_url
from bot.threads import Worker

logger = logging.getLogger(__name__)

T = TypeVar("T")

Change = Callable[[Connection], object]
"""A change of the store; it may be made again where the connection broke off, and must bear that."""
Query = Callable[[Connection], T]

# What waits for a store that is away: older changes give way to newer ones.
_MOST_WAITING = 10_000
_FILE = "isnad.sqlite"
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0


class RecordsAwayError(TextError):
    """The store cannot be asked now."""

    def __init__(self) -> None:
        super().__init__("records.away")


@dataclass(frozen=True, slots=True)
class RecordsState:
    """The kind of database, why it is away (None where it is not), and how many changes wait for it or were dropped."""

    kind: str
    error: str | None
    waiting: int
    dropped: int


class Records:
    """Runs changes and queries in a thread of its own, in the order of coming; while it is away, changes wait."""

    def __init__(self, url: URL, *, days: int) -> None:
        """Keep rows for so many days."""
        self._url = url
        self._days = days
        self._engine: Engine | None = None
        self._error: str | None = "starting"
        self._worker = Worker()
        self._waiting: deque[Change] = deque(maxlen=_MOST_WAITING)
        self._dropped = 0
        self._woken = asyncio.Event()

    @property
    def state(self) -> RecordsState:
        """The state of the store, as moderators read it."""
        return RecordsState(self._url.get_backend_name(), self._error, len(self._waiting), self._dropped)

    def write(self, change: Change) -> None:
        """Make a change soon, after all earlier ones; from the event loop."""
        self._dropped += len(self._waiting) == _MOST_WAITING
        self._waiting.append(change)
        self._woken.set()

    async def ask(self, query: Query[T]) -> T:
        """Answer a query after all changes before it; raise RecordsAwayError."""
        return await self._worker.run(self._query, query)

    async def run(self) -> None:
        """Keep the store open and write what waits, until cancelled."""
        pause = _FIRST_PAUSE
        while True:
            if await self._worker.run(self._flush):
                pause = _FIRST_PAUSE
                self._woken.clear()
                if not self._waiting:
                    await self._woken.wait()
            else:
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    def _flush(self) -> bool:
        """Write what waits; tell whether nothing is left."""
        while self._waiting:
            try:
                with self._open().begin() as connection:
                    self._waiting[0](connection)
            except SQLAlchemyError as error:
                self._note(error)
                return False
            self._waiting.popleft()
        return self._error is None or self._is_back()

    def _query(self, query: Query[T]) -> T:
        if not self._flush():
            raise RecordsAwayError
        try:
            with self._open().begin() as connection:
                return query(connection)
        except SQLAlchemyError as error:
            self._note(error)
            raise RecordsAwayError from error

    def _is_back(self) -> bool:
        try:
            self._open()
        except SQLAlchemyError as error:
            self._note(error)
            return False
        return True

    def _open(self) -> Engine:
        if self._engine is None:
            engine = open_engine(self._url)
            with engine.begin() as connection:
                migrate(connection)
            self._engine, self._error = engine, None
        return self._engine

    def _note(self, error: SQLAlchemyError) -> None:
        words = type(error).__name__
        if words != self._error:
            logger.warning("The records are away: %s", error)
        self._error = words


def open_records(address: SecretStr | None, cache: Path, *, days: int) -> Records:
    """Make the store at an address, or in a file of the cache folder; it connects when it runs."""
    text = address.get_secret_value() if address else f"sqlite:///{cache / _FILE}"
    return Records(read_database_url(text), days=days)
