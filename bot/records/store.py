"""The database as one thread uses it: opened, migrated, written exactly once, put aside where it is damaged."""

import logging
import os
import socket
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import URL, Connection, Engine, delete, event, select

from bot.records.database import open_engine
from bot.records.faults import Fault, StoreError, fault_of, is_too_slow, kind_of
from bot.records.migration import migrate
from bot.records.sqlite_file import check_file, sqlite_file
from bot.records.tables import FIGURES, upsert

logger = logging.getLogger(__name__)

T = TypeVar("T")

Change = Callable[[Connection], object]
"""A change of the store; where its transaction fails it is made again, in another one."""
Query = Callable[[Connection], T]

WRITER = "writer "
"""How the names of the figures begin that say which change a process has written last."""

# How often a change may take longer than the server allows before it is given up.
_MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class NumberedChange:
    """A change with its number, which counts those of this process."""

    number: int
    make: Change


class Store:
    """Opens the database and writes numbered changes to it. Everything but `cut` belongs to one thread.

    With the changes, and in their transaction, goes the number of the last of them. Where the connection breaks during
    COMMIT, that number shows afterwards whether they were written.
    """

    def __init__(self, url: URL) -> None:
        self._url = url
        self._file = sqlite_file(url)
        self._engine: Engine | None = None
        # The driver's connection, for who must break it off; apart, so that the engine does not keep the store alive.
        self._line: list[Any] = []
        self._dispose: Callable[[], object] = _nothing
        self._writer = f"{WRITER}{datetime.now(UTC).date()} {uuid4().hex[:16]}"
        self._written = 0
        self._is_certain = True
        self._tries = 0
        self.lost = 0
        """How many changes could not be written for a reason of their own."""
        self.renewed_at: datetime | None = None
        """When a damaged file was put aside and a new one begun."""

    @property
    def writer(self) -> str:
        """The name of the figure that counts what this process has written."""
        return self._writer

    def open(self) -> None:
        """Connect and migrate, unless that is done; raise where the store is away."""
        if self._engine is not None and not (self._file and self._file.is_replaced):
            return
        self.close()
        try:
            self._engine = self._opened()
        except Exception as error:
            if fault_of(error) is not Fault.DAMAGED or not self._put_aside():
                raise
            self._engine = self._opened()

    def write(self, changes: Sequence[NumberedChange]) -> None:
        """Write changes, each once, but those that are at fault; raise where the store is away: then try all again."""
        try:
            with self._broken_off_at_fault():
                self._write_together(changes)
        except Exception as error:
            if fault_of(error) is not None and not is_too_slow(error):
                raise
        else:
            return
        for change in changes:
            self._write_alone(change)

    def ask(self, query: Query[T]) -> T:
        """Run a query; raise where the store is away."""
        with self._broken_off_at_fault(), self._begin() as connection:
            return query(connection)

    def close(self) -> None:
        """Close the connection; the next use opens it again."""
        self._dispose()
        self._engine, self._dispose = None, _nothing
        self._line.clear()

    def sign_off(self) -> None:
        """Take back the number of the last change and close; no change follows."""
        if self._engine is not None:
            with suppress(Exception), self._begin() as connection:
                connection.execute(delete(FIGURES).where(FIGURES.c.name == self._writer))
        self.close()

    def cut(self) -> None:
        """Break the connection off, from any thread: a thread that waits for its reply meets an error."""
        with suppress(Exception):
            raw = self._line[-1]
            if self._file is not None:
                raw.interrupt()
            else:
                with socket.socket(fileno=os.dup(raw.fileno())) as line:
                    line.shutdown(socket.SHUT_RDWR)

    def _put_aside(self) -> bool:
        """Put a damaged file aside, so that another is begun; return whether that was done."""
        is_done = self._file is not None and self._file.put_aside()
        if is_done:
            self.renewed_at = datetime.now(UTC)
        return is_done

    def _opened(self) -> Engine:
        if self._file is not None:
            self._file.prepare()
        engine = open_engine(self._url)
        line = self._line

        def note_line(raw: Any, _: object) -> None:
            line[:] = [raw]

        event.listen(engine, "connect", note_line)
        self._dispose = finalizer = weakref.finalize(self, engine.dispose)
        # A thread that hangs at the end of the process still uses the connection.
        finalizer.atexit = False
        try:
            with engine.begin() as connection:
                if self._file is not None:
                    check_file(connection)
                migrate(connection)
                first = {"name": self._writer, "day": "", "value": self._written}
                upsert(connection, FIGURES, first, {"value": FIGURES.c.value})
        except BaseException:
            self.close()
            raise
        return engine

    @contextmanager
    def _broken_off_at_fault(self) -> Iterator[None]:
        """Connect anew after a fault of the store, which may be another one by then."""
        try:
            yield
        except Exception as error:
            fault = fault_of(error)
            if fault is not None:
                self.close()
            if fault is Fault.DAMAGED:
                # Where the next opening finds no fault, the same query would meet it again.
                self._put_aside()
            raise

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        self.open()
        if self._engine is None:
            raise StoreError(Fault.UNREACHABLE, "not open")
        with self._engine.begin() as connection:
            yield connection

    def _write_together(self, changes: Sequence[NumberedChange]) -> None:
        with self._begin() as connection:
            if not self._is_certain:
                query = select(FIGURES.c.value).where(FIGURES.c.name == self._writer, FIGURES.c.day == "")
                # This waits for a transaction of ours that still ends.
                stored = connection.execute(query.with_for_update()).scalar()
                self._written = max(self._written, int(stored or 0))
            left = [change for change in changes if change.number > self._written]
            self._is_certain = False
            for change in left:
                change.make(connection)
            if left:
                last = left[-1].number
                upsert(connection, FIGURES, {"name": self._writer, "day": "", "value": last}, {"value": last})
        if left:
            self._tries = 0
        self._written, self._is_certain = max(self._written, changes[-1].number), True

    def _write_alone(self, change: NumberedChange) -> None:
        """Write one change, or give it up where it is at fault."""
        try:
            with self._broken_off_at_fault():
                self._write_together([change])
        except Exception as error:
            self._tries += 1
            is_slow = is_too_slow(error)
            if (fault_of(error) is not None and not is_slow) or (is_slow and self._tries < _MOST_TRIES):
                raise
            # No words of the error: they may repeat a question.
            logger.error("A change could not be written to the records and is lost: %s", kind_of(error))  # noqa: TRY400
            self._written, self._tries = max(self._written, change.number), 0
            self.lost += 1
            # Where tables are missing, that is noticed with the next opening, before more is lost.
            self.close()


def _nothing() -> None:
    """Close nothing."""
