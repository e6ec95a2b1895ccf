"""The program with records that keep nothing, to measure what they cost: `python -m tests.load.without_records run`."""

import asyncio
import sys

from bot.__main__ import main
from bot.records import Change, Query, Records, RecordsAwayError

MODULE = "tests.load.without_records"


def _write(_: Records, change: Change) -> None:
    """Keep nothing."""
    del change


async def _ask(_: Records, query: Query[object]) -> object:
    del query
    raise RecordsAwayError


async def _run(_: Records) -> None:
    await asyncio.Event().wait()


if __name__ == "__main__":
    for name, value in {"write": _write, "ask": _ask, "run": _run}.items():
        assert hasattr(Records, name)
        setattr(Records, name, value)
    sys.exit(main())
