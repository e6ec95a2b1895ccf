"""Processes that write to one database at once: nothing is lost, nothing counted twice."""

import asyncio
import random
import subprocess
import sys
from functools import partial

import pytest
from sqlalchemy import URL, Connection, Table, func, make_url, select

from bot.records import Change
from bot.records.member_rows import keep_vote
from bot.records.refusals import HERE, RefusedQuestion, add_waiting
from bot.records.tables import REFUSALS, VOTES
from tests.articles.conftest import ROOT
from tests.patience import PATIENCE
from tests.processes import leashed
from tests.records.driving import counted, kept, sums

_WRITERS, _EACH = 3, 80
_NAMES = [f"figure {number}" for number in range(6)]


def _change(number: int, writer: int, draw: random.Random) -> Change:
    """Count all figures in some order, wait at one card with all others, and vote on one answer with all others."""
    order = draw.sample(_NAMES, len(_NAMES))
    refused = RefusedQuestion(1, 100 + number % 7, 10**9, "كم عدد القتلى؟", "off_topic")
    wait = partial(add_waiting, refused=refused, member_id=number % 5 + 10 * writer, tell_in=HERE, most=20)

    def change(connection: Connection) -> None:
        for name in order:
            counted(name)(connection)
        wait(connection)
        keep_vote(connection, 100 + number % 7, number % 5, is_helpful=bool(writer), url="", voted_at=10**9)

    return change


async def _write(address: str, writer: int) -> None:
    """Write as often, in groups, once told to."""
    draw = random.Random(writer)  # noqa: S311
    async with kept(make_url(address)) as records:
        await records.ask_within(PATIENCE, sums)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.readline)
        for number in range(_EACH):
            records.write(_change(number, writer, draw))
            if number % 10 == 0:
                await asyncio.sleep(draw.random() / 50)
        while not await records.flush(PATIENCE):  # noqa: ASYNC110 (it waits itself)
            await asyncio.sleep(0.1)
        sys.stdout.write(f"dropped {records.state.dropped}\n")


@pytest.mark.slow
async def test_what_several_write_at_once_is_there_once(url: URL) -> None:
    async with kept(url, lambda: 10.0**9) as records:
        await records.ask_within(PATIENCE, sums)
    writers = [_started(url, writer) for writer in range(_WRITERS)]
    for process in writers:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    said = await asyncio.gather(*(asyncio.to_thread(process.communicate, "go\n", PATIENCE) for process in writers))
    assert [words for words, _ in said] == ["dropped 0\n"] * _WRITERS
    async with kept(url, lambda: 10.0**9) as records:
        assert await records.ask_within(PATIENCE, sums) == dict.fromkeys(_NAMES, _WRITERS * _EACH)
        # Five members of each writer, at seven cards each; the votes are of the same five.
        assert await records.ask(partial(_count, table=REFUSALS)) == _WRITERS * 35
        assert await records.ask(partial(_count, table=VOTES)) == 35


def _started(url: URL, writer: int) -> "subprocess.Popen[str]":
    address = url.render_as_string(hide_password=False)
    code = f"import asyncio; from {__name__} import _write; asyncio.run(_write({address!r}, {writer}))"
    command = leashed("-c", code)
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()
