"""The database as one thread uses it: opened, migrated, written in transactions, put aside where it is damaged."""

import logging
import os
import socket
import weakref
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, event

from bot.records.database import check_file, open_engine, sqlite_file
from bot.records.faults import Fault, fault_of, is_too_slow, kind_of
from bot.records.migration import migrate

logger = logging.getLogger(__name__)
T = TypeVar("T")
Change = Callable[[Connection], object]
"""A change of the store; where its transaction fails it is made again, in another one."""
Query = Callable[[Connection], T]


class Store:
    """Opens the database and writes changes to it. Everything but `cut` belongs to one thread."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._file = sqlite_file(url)
        self._engine: Engine | None = None
        # The driver's connection, for who must break it off; apart, so that the engine does not keep the store alive.
        self._line: list[Any] = []
        self._dispose: Callable[[], object] | None = None
        self.lost = 0
        """How many changes could not be written for a reason of their own."""
        self.renewed_at: datetime | None = None
        """When a damaged file was put aside and a new one begun."""

    def open(self) -> Engine:
        """Connect and migrate, unless that is done; raise where the store is away."""
        if self._engine is not None and not (self._file and self._file.is_replaced):
            return self._engine
        self.close()
        try:
            self._engine = self._opened()
        except Exception as error:
            if fault_of(error) is not Fault.DAMAGED or not self._put_aside():
                raise
            self._engine = self._opened()
        return self._engine

    def write(self, changes: list[Change]) -> None:
        """Write changes, together or else each alone, and take them out of the list; give up those that are at fault.

        Raise where the store is away: what is left in the list is to be tried again. Of a connection that breaks off in
        COMMIT nobody knows whether it was written, so a count may be one too high then.
        """
        try:
            self.ask(lambda connection: [change(connection) for change in changes])
        except Exception as error:
            if fault_of(error) is not None and not is_too_slow(error):
                raise
            while changes:
                self._write_alone(changes[0])
                del changes[0]
        changes.clear()

    def ask(self, query: Query[T]) -> T:
        """Run a query in a transaction; raise where the store is away, and connect anew after that."""
        try:
            with self.open().begin() as connection:
                return query(connection)
        except Exception as error:
            fault = fault_of(error)
            if fault is not None:
                self.close()
            if fault is Fault.DAMAGED:
                # Where the next opening finds no fault, the same query would meet it again.
                self._put_aside()
            raise

    def close(self) -> None:
        """Close the connection; the next use opens it again."""
        if self._dispose is not None:
            self._dispose()
        self._engine = self._dispose = None
        self._line.clear()

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
        except BaseException:
            self.close()
            raise
        return engine

    def _write_alone(self, change: Change) -> None:
        """Write one change, or give it up where it is at fault, or too slow for the server by itself too."""
        try:
            self.ask(change)
        except Exception as error:
            if fault_of(error) is not None and not is_too_slow(error):
                raise
            # No words of the error: they may repeat a question.
            logger.error("A change could not be written to the records and is lost: %s", kind_of(error))  # noqa: TRY400
            self.lost += 1
            # Where tables are missing, that is noticed with the next opening, before more is lost.
            self.close()
