"""The store as the rest of the bot sees it: changes are written behind, queries are awaited, and it may be away."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar

from pydantic import SecretStr
from sqlalchemy import URL, Connection

from bot.records.database import SQLITE, kind_of_database, read_database_url
from bot.records.faults import Fault, RecordsAwayError, RecordsState, fault_of, words_of
from bot.records.member_rows import vote_table
from bot.records.migration import inspect_records
from bot.records.refusals import gap_table
from bot.records.retention import DAY, prune
from bot.records.store import Change, Query, Store
from bot.records.transfer import copy_records, read_table
from bot.texts import CheckResult
from bot.texts.csv_table import CsvTable
from bot.workers.threads import Worker

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

EXPORTED: Mapping[str, Query[CsvTable]] = {"gaps": gap_table, "votes": vote_table}
"""The tables for spreadsheet programs, by name."""

# What waits for a store that is away: older changes give way to newer ones. At 1 kB each that is 10 MB.
MOST_WAITING = 10_000
# Seconds from one try to the next of a store that is away.
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
# Changes that come together are written together: a process that is killed loses a tenth of a second of them.
_GATHERING = 0.1
_MOST_TOGETHER = 200
# A member waits for a query no longer.
_PATIENCE = 5.0
# A connection that has not replied for so long is broken off: twice what a statement may take, or a migration.
_LONGEST_WORK, _LONGEST_OPENING = 20.0, 150.0
_LOOK_EVERY = 5.0
_IDLE = 3600.0
# With the nine seconds that a session takes at most to end, less than the ten after which platforms kill.
_FAREWELL = 0.5


class Records:
    """Runs changes and queries in a thread of its own, in the order of coming; while it is away, changes wait."""

    def __init__(self, url: URL, *, days: int, clock: Callable[[], float] = time.time) -> None:
        """Keep rows for so many days by a clock of seconds since 1970."""
        self.quoted: Mapping[str, int] = {}
        """How often each article was quoted of late, as it was read last."""
        self._url, self._days, self._clock = url, days, clock
        self._store = Store(url)
        self._worker = Worker()
        self._error: Fault | None = Fault.STARTING
        # Changes that came, and those of them that are being written; the lock is held for moments only.
        self._waiting: deque[Change] = deque()
        self._taken: list[Change] = []
        self._lock = Lock()
        self._overflow = 0
        self._prune_at = 0.0
        self._pause = _FIRST_PAUSE
        self._retry_at = 0.0
        # When the work in the thread must be done.
        self._deadline: float | None = None
        self._woken = asyncio.Event()

    @property
    def state(self) -> RecordsState:
        """The state of the store, as moderators read it."""
        waiting, dropped = len(self._waiting) + len(self._taken), self._overflow + self._store.lost
        return RecordsState(kind_of_database(self._url), self._error, waiting, dropped, self._store.renewed_at)

    def write(
        self, change: Callable[Concatenate[Connection, P], object], /, *values: P.args, **named: P.kwargs
    ) -> None:
        """Make a change with some values soon, after all earlier ones; from the event loop."""
        self._prune_if_due()
        self._put(lambda connection: change(connection, *values, **named))

    async def ask(self, query: Callable[Concatenate[Connection, P], T], /, *values: P.args, **named: P.kwargs) -> T:
        """Answer a query of some values after all changes before it, as long as a member waits.

        Raise RecordsAwayError where that cannot be; what the query changes may be made all the same.
        """
        return await self.ask_within(_PATIENCE, lambda connection: query(connection, *values, **named))

    async def ask_within(self, seconds: float, query: Query[T]) -> T:
        """Answer a query as `ask` does, within so many seconds."""
        if self._is_resting:
            raise RecordsAwayError
        try:
            return await asyncio.wait_for(self._worker.run(self._query, query), seconds)
        except TimeoutError:
            raise RecordsAwayError from None

    async def flush(self, within: float) -> bool:
        """Write what waits, for at most so many seconds; return whether nothing is left."""
        self._retry_at = 0.0
        with suppress(TimeoutError):
            await asyncio.wait_for(self._worker.run(self._write_all), within)
        return not (self._waiting or self._taken)

    async def run(self) -> None:
        """Keep the store open and write what waits, until cancelled; then write the rest and close it."""
        watch = asyncio.create_task(self._watch())
        try:
            while True:
                self._prune_if_due()
                self._woken.clear()
                if await self._worker.run(self._write_all):
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._woken.wait(), _IDLE)
                    await asyncio.sleep(_GATHERING)
                else:
                    await asyncio.sleep(max(0.0, self._retry_at - time.monotonic()))
        finally:
            watch.cancel()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._worker.run(self._end), _FAREWELL)

    def inspect(self) -> Sequence[CheckResult]:
        """Look into the database as a start would, for `check`."""
        return inspect_records(self._url)

    def copy_from(self, given: str) -> Sequence[CheckResult]:
        """Copy the records of another database, an address or an SQLite file, into this one, which has none."""
        return copy_records(given, self._url)

    def export(self, what: str) -> CsvTable | Sequence[CheckResult]:
        """Return a table of the records without opening the store here, or say why there is none."""
        return read_table(self._url, EXPORTED[what])

    @property
    def _is_resting(self) -> bool:
        """Whether the store is away and it is too soon to try again."""
        return time.monotonic() < self._retry_at

    def _put(self, change: Change) -> None:
        with self._lock:
            if len(self._waiting) >= MOST_WAITING:
                self._waiting.popleft()
                self._overflow += 1
            self._waiting.append(change)
        self._woken.set()

    def _prune_if_due(self) -> None:
        now = self._clock()
        # The clock may have been ahead, and was put right.
        if not self._prune_at - DAY <= now < self._prune_at:
            self._prune_at = now + DAY
            self._put(partial(prune, now=now, days=self._days))

    async def _watch(self) -> None:
        """Break off a connection on which nothing has come for long: its thread would wait for ever."""
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            deadline = self._deadline
            if deadline is not None and time.monotonic() > deadline:
                self._store.cut()

    def _write_all(self) -> bool:
        """Write what waits; return whether the store is there."""
        if self._is_resting:
            return False
        try:
            self._deadline = time.monotonic() + _LONGEST_OPENING
            self._store.open()
            while self._take():
                self._deadline = time.monotonic() + _LONGEST_WORK
                self._store.write(self._taken)
        except Exception as error:  # noqa: BLE001 (whatever it is, the bot goes on without its store)
            self._note_away(error)
            return False
        finally:
            self._deadline = None
        self._note_there()
        return True

    def _take(self) -> bool:
        """Take the oldest of what waits, unless some is taken; return whether there is any."""
        with self._lock:
            if not self._taken:
                self._taken = list(islice(self._waiting, _MOST_TOGETHER))
                for _ in self._taken:
                    self._waiting.popleft()
        return bool(self._taken)

    def _query(self, query: Query[T]) -> T:
        if not self._write_all():
            raise RecordsAwayError
        self._deadline = time.monotonic() + _LONGEST_WORK
        try:
            return self._store.ask(query)
        except Exception as error:
            if fault_of(error) is None:
                raise
            self._note_away(error)
            raise RecordsAwayError from None
        finally:
            self._deadline = None

    def _end(self) -> None:
        self._write_all()
        self._store.close()

    def _note_away(self, error: Exception) -> None:
        fault = fault_of(error) or Fault.UNUSABLE
        if fault is not self._error:
            logger.warning(
                "The records are away (%s), changes wait until they are back: %s",
                fault,
                words_of(error, self._url.password),
            )
        self._error = fault
        self._retry_at = time.monotonic() + self._pause
        self._pause = min(self._pause * 2, _LONGEST_PAUSE)

    def _note_there(self) -> None:
        if self._error is Fault.STARTING:
            logger.info("The records are open: %s", self.state.kind)
        elif self._error is not None:
            logger.warning("The records are back")
        self._error = None
        self._pause = _FIRST_PAUSE


def open_records(address: SecretStr | None, cache: Path, *, days: int, bot_id: int | None) -> Records:
    """Make the store at an address, or in a file of the bot's own in the cache folder; raise SettingsError."""
    if address is None:
        name = f"isnad-{bot_id}.sqlite" if bot_id else "isnad.sqlite"
        return Records(URL.create(SQLITE, database=str(cache / name)), days=days)
    return Records(read_database_url(address.get_secret_value()), days=days)
