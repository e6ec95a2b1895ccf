"""A process that is killed in the middle of writing leaves whole transactions, and a store that opens."""

import asyncio
import json
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from uuid import uuid4

import pytest
from sqlalchemy import URL, Connection, make_url, select

from bot.records import Change
from bot.records.tables import ARRIVALS
from tests.articles.conftest import ROOT
from tests.patience import PATIENCE
from tests.processes import leashed
from tests.records.driving import counted, kept, sums

_KILLS = 6


async def _write(address: str) -> None:
    """Write for ever, each change to two places; say on standard output how many were surely written."""
    async with kept(make_url(address)) as records:
        number = 0
        while True:
            for _ in range(7):
                number += 1
                records.write(_both())
            await asyncio.sleep(0)
            if number % 49 == 0:
                await records.ask(sums)
                sys.stdout.write(f"{json.dumps(number)}\n")
                sys.stdout.flush()


def _both() -> Change:
    def change(connection: Connection) -> None:
        counted("one")(connection)
        connection.execute(
            ARRIVALS.insert().values(article_id=uuid4().hex, title="خبر " * 200, arrived_at=int(time.time()))
        )
        counted("other")(connection)

    return change


@pytest.mark.slow
async def test_a_writer_that_is_killed_leaves_whole_changes_and_loses_none_that_was_surely_written(url: URL) -> None:
    draw = random.Random(3)  # noqa: S311
    sure = 0
    for _ in range(_KILLS):
        sure += _killed(url, lines=draw.randrange(1, 6))
        async with kept(url) as records:
            found = await records.ask(sums)
            arrived = await records.ask(lambda connection: len(connection.execute(select(ARRIVALS.c.id)).all()))
            assert found["one"] == found["other"] == arrived
            assert arrived >= sure
            assert records.state.renewed_at is None
            sure = arrived
    if url.get_backend_name() == "sqlite":
        with closing(connect(Path(str(url.database)))) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def _killed(url: URL, lines: int) -> int:
    """Run a writer, kill it after so many lines, and return how many changes it says are written."""
    address = url.render_as_string(hide_password=False)
    code = f"import asyncio; from {__name__} import _write; asyncio.run(_write({address!r}))"
    said = 0
    with subprocess.Popen(leashed("-c", code), cwd=ROOT, stdout=subprocess.PIPE) as writer:  # noqa: S603
        assert writer.stdout is not None
        for _ in range(lines):
            said = json.loads(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
        writer.wait(PATIENCE)
    return said
