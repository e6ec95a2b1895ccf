"""A program whose clock a test moves: `python -m tests.year.clock run` is `tests.e2e.prepared` by that clock.

YEAR_CLOCK names the file that says by how many seconds the clock is ahead. Hosts are asked without a pause, and the
child that reads what they send yields to nobody: on a busy machine a year would wait for it most of the time.
"""

import datetime as dt
import mmap
import os
import runpy
import struct
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

MODULE = "tests.year.clock"
DAY = 86_400.0
_AHEAD = struct.Struct("d")


class Calendar:
    """Moves the clock of all programs that were started with its settings."""

    def __init__(self, file: Path, ahead: float) -> None:
        self._file = file
        self.ahead = ahead
        self.move(0.0)

    @property
    def settings(self) -> dict[str, str]:
        """What the program has to be told."""
        return {"YEAR_CLOCK": str(self._file)}

    @property
    def now(self) -> float:
        """The present by this clock, in seconds since 1970."""
        return time.time() + self.ahead

    def move(self, days: float) -> None:
        """Let days pass."""
        self.ahead += days * DAY
        # In place, since those who look have it mapped.
        with self._file.open("r+b" if self._file.exists() else "wb") as stream:
            stream.write(_AHEAD.pack(self.ahead))


class _Moved:
    """The clock of a program; no function, which would be a method where it is the default of a field."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as stream:
            self._map = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        self._time = time.time

    def __call__(self) -> float:
        return self._time() + float(_AHEAD.unpack_from(self._map)[0])


class _AnyDatetime(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, _Real)


_Real = dt.datetime


def _move_clock(clock: Callable[[], float]) -> None:
    """Put the clock where the program will look for it; before anything of the program is imported."""

    class Datetime(_Real, metaclass=_AnyDatetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Any:
            return cls.fromtimestamp(clock(), tz)

    vars(time)["time"] = clock
    vars(dt)["datetime"] = Datetime


def read() -> None:
    """Be the child that reads what hosts send."""
    from bot.workers import child_process  # noqa: PLC0415

    vars(child_process)["_NICENESS"] = 0
    child_process.main()


def main() -> None:
    """Be the program."""
    _move_clock(_Moved(Path(os.environ["YEAR_CLOCK"])))
    from bot.articles.feeds import HostPace  # noqa: PLC0415 (by the moved clock, as all that follows)
    from bot.chat.news import source_watch  # noqa: PLC0415
    from bot.workers import child_process  # noqa: PLC0415

    vars(child_process)["_START"] = f"from {MODULE} import read; read()"
    _, *others = HostPace.__init__.__defaults__ or ()
    HostPace.__init__.__defaults__ = (0.0, *others)
    # A week takes seconds here, less than lie between two looks at the sources.
    vars(source_watch)["_LOOK_EVERY"] = 0.2
    runpy.run_module("tests.e2e.prepared", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
