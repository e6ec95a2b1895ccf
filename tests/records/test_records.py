"""Changes and queries on a store that is there, on both databases."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import URL, Connection, insert, select

from bot.records import Records
from bot.records.figures import add_to_figure, read_figure, set_figure
from bot.records.tables import ARRIVALS, VOTES
from tests.patience import PATIENCE
from tests.records.driving import DAYS, answered, counted, kept, sums


async def test_a_query_sees_every_change_before_it(url: URL) -> None:
    async with kept(url) as records:
        for _ in range(500):
            records.write(counted("asked"))
        records.write(partial(set_figure, name="channel", value=2**63 - 1))
        assert await records.ask_within(PATIENCE, sums) == {"asked": 500}
        assert await records.ask(partial(read_figure, name="channel")) == 2**63 - 1
        assert await records.ask(partial(read_figure, name="none")) is None
        assert records.state.error is None
        assert (records.state.waiting, records.state.dropped) == (0, 0)


async def test_what_was_written_outlives_a_restart_and_a_stop_writes_what_waits(url: URL) -> None:
    for times in (1, 2):
        async with kept(url) as records:
            await asyncio.sleep(0)
            for _ in range(30):
                records.write(counted("asked"))
        async with kept(url) as records:
            assert await records.ask_within(PATIENCE, sums) == {"asked": 30 * times}


async def test_a_change_at_fault_is_dropped_and_counted_and_those_around_it_are_written(
    url: URL, caplog: pytest.LogCaptureFixture
) -> None:
    article = {"title": "سر لا يعرفه أحد", "arrived_at": 1}
    arrival = insert(ARRIVALS).values(article_id="a", **article)

    def forgotten(connection: Connection) -> None:
        connection.execute(insert(ARRIVALS).values(**article))

    def wrong(_: Connection) -> None:
        raise KeyError("سر لا يعرفه أحد")

    faults: list[Callable[[Connection], object]] = [
        lambda connection: connection.execute(arrival),
        forgotten,
        wrong,
        lambda connection: connection.exec_driver_sql("SELECT nothing FROM nobody_knows"),
        partial(add_to_figure, name="too large", day="2026-11-24", count=2**70),
        partial(add_to_figure, name="\ud800", day="2026-11-24"),
    ]
    async with kept(url) as records:
        records.write(lambda connection: connection.execute(arrival))
        for fault in faults:
            records.write(counted("asked"))
            records.write(fault)
        records.write(counted("asked"))
        assert await records.ask_within(PATIENCE, sums) == {"asked": len(faults) + 1}
        assert records.state.dropped == len(faults)
        assert await records.ask(lambda connection: len(connection.execute(select(ARRIVALS)).all())) == 1
    lines = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(lines) == len(faults)
    assert "سر" not in caplog.text


async def test_a_query_at_fault_raises_its_own_error_and_harms_nothing(url: URL) -> None:
    async with kept(url) as records:
        with pytest.raises(ZeroDivisionError):
            await records.ask(lambda _: 1 / 0)
        records.write(counted("asked"))
        assert await records.ask_within(PATIENCE, sums) == {"asked": 1}
        assert records.state.error is None


async def test_a_query_may_change_the_store_all_or_nothing(url: URL) -> None:
    def half(connection: Connection) -> None:
        counted("half")(connection)
        raise ZeroDivisionError

    async with kept(url) as records:
        await records.ask(counted("whole"))
        with pytest.raises(ZeroDivisionError):
            await records.ask(half)
        assert await records.ask_within(PATIENCE, sums) == {"whole": 1}


async def test_two_bots_share_a_store(url: URL) -> None:
    async with kept(url) as one, kept(url) as other:
        for _ in range(200):
            one.write(counted("asked"))
            other.write(counted("asked"))
            await asyncio.sleep(0)
        # Each waits for the other's lock, on a busy machine longer than a member would.
        await asyncio.gather(answered(one, sums), answered(other, sums))
        assert await answered(one, sums) == {"asked": 400}


async def test_ids_of_discord_and_texts_of_all_kinds_come_back_as_they_were(url: URL) -> None:
    row = {
        "message_id": 2**63 - 1,
        "member_id": 1,
        "voted_at": 1_800_000_000,
        "is_helpful": True,
        "url": "https://discord.com/channels/1/2/3",
        "guild_id": None,
        "question": "متى؟\n«…» 🔔 \u202e '\"; DROP TABLE votes; --" + "ي" * 6000,
        "titles": "[]",
    }
    async with kept(url) as records:
        records.write(lambda connection: connection.execute(insert(VOTES).values(row)))
        found = await records.ask(lambda connection: connection.execute(select(VOTES)).one())
        assert found._asdict() == row


async def test_a_store_that_never_ran_answers_all_the_same(url: URL) -> None:
    records = Records(url, days=DAYS)
    records.write(counted("asked"))
    assert await records.ask_within(PATIENCE, sums) == {"asked": 1}
    assert await records.flush(PATIENCE)
    # It closes what it has opened.
    task = asyncio.create_task(records.run())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
