"""A PostgreSQL that goes away, hangs, refuses, or is cut off in the middle: the bot goes on, and nothing is lost."""

import asyncio
import random
from collections.abc import Iterator
from functools import partial

import pytest
from sqlalchemy import URL, Connection, text

from bot.records import Records, RecordsAwayError
from bot.records import database as bounds
from bot.records import records as pauses
from bot.records.figures import add_to_figure
from bot.records.refusals import RefusedQuestion, gaps_since, note_refusal
from tests.patience import PATIENCE, eventually
from tests.postgres import PASSWORD, PostgresServer
from tests.records.driving import DAYS, counted, kept, sums
from tests.records.proxy import Mode, Proxy, proxy_to


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pauses, "_FIRST_PAUSE", 0.05)
    monkeypatch.setattr(pauses, "_LONGEST_PAUSE", 0.1)


@pytest.fixture
def proxy(postgres: PostgresServer) -> Iterator[Proxy]:
    with proxy_to(postgres.port) as proxy:
        yield proxy


@pytest.fixture
def proxied(postgres_url: URL, proxy: Proxy) -> URL:
    return postgres_url.set(port=proxy.port)


@pytest.mark.parametrize("mode", [Mode.CUT_AFTER_COMMIT, Mode.CUT_BEFORE_COMMIT])
async def test_a_connection_that_breaks_in_commit_loses_nothing(proxied: URL, proxy: Proxy, mode: Mode) -> None:
    async with kept(proxied) as records:
        assert await records.ask_within(PATIENCE, sums) == {}
        for number in range(1, 6):
            proxy.mode = mode
            for card in range(20):
                records.write(counted(f"asked {number}"))
                records.write(
                    partial(note_refusal, refused=RefusedQuestion(1, 20 * number + card, 1, "متى؟", "off_topic"))
                )
            await eventually(lambda: proxy.mode is Mode.PASSING, "the end of the fault")
            await eventually(
                lambda: records.state.error is None and not records.state.waiting, "a store that is well and has all"
            )
            # Rows are there once; what was counted in a COMMIT whose reply never came is counted again.
            assert len(await records.ask_within(PATIENCE, partial(gaps_since, since=0, most=200))) == 20 * number
            counted_now = (await records.ask_within(PATIENCE, sums))[f"asked {number}"]
            assert counted_now == 20 if mode is Mode.CUT_BEFORE_COMMIT else 20 <= counted_now <= 40
        assert records.state.dropped == 0


async def test_cuts_at_random_moments_lose_nothing(proxied: URL, proxy: Proxy) -> None:
    draw = random.Random(7)  # noqa: S311
    async with kept(proxied) as records:
        for number in range(300):
            records.write(partial(note_refusal, refused=RefusedQuestion(1, number, 1, "متى؟", "off_topic")))
            if number % 20 == 0:
                proxy.mode = draw.choice(list(Mode))
                await asyncio.sleep(draw.random() / 20)
                proxy.mode = draw.choice([Mode.CUTTING, Mode.PASSING])
                await asyncio.sleep(draw.random() / 20)
                proxy.mode = Mode.PASSING
        await eventually(lambda: not records.state.waiting, "a store that has all changes")
        assert len(await records.ask_within(PATIENCE, partial(gaps_since, since=0, most=400))) == 300
        assert records.state.dropped == 0


async def test_connections_cut_while_idle_are_not_noticed_by_members(proxied: URL, proxy: Proxy) -> None:
    async with kept(proxied) as records:
        for number in range(1, 4):
            assert await records.ask_within(PATIENCE, counted("asked")) is None
            proxy.mode = Mode.CUTTING
            await asyncio.sleep(0.1)
            proxy.mode = Mode.PASSING
            assert await records.ask_within(PATIENCE, sums) == {"asked": number}
            assert records.state.error is None


async def test_a_server_that_falls_silent_is_given_up_and_found_again(
    proxied: URL, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pauses, "_LOOK_EVERY", 0.05)
    async with kept(proxied) as records:
        await eventually(lambda: records.state.error is None, "a store that is well")
        proxy.mode = Mode.SILENT
        # Only while it is silent: on a busy machine, what it does in the end takes longer than this.
        with monkeypatch.context() as impatient:
            impatient.setattr(pauses, "_LONGEST_WORK", 0.5)
            impatient.setattr(pauses, "_LONGEST_OPENING", 2.0)
            records.write(counted("asked"))
            with pytest.raises(RecordsAwayError):
                await records.ask_within(0.2, sums)
            await eventually(lambda: records.state.error == "unreachable", "the fault unreachable")
            with pytest.raises(RecordsAwayError):
                await records.ask(sums)
        proxy.mode = Mode.PASSING
        await eventually(lambda: not records.state.waiting, "a store that has all changes")
        assert await records.ask_within(PATIENCE, sums) == {"asked": 1}


async def test_a_stop_does_not_wait_for_a_server_that_says_nothing(
    proxied: URL, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pauses, "_FAREWELL", 0.1)
    proxy.mode = Mode.SILENT
    async with kept(proxied) as records:
        records.write(counted("asked"))
        assert not await records.flush(0.1)
        assert records.state.waiting == 2  # a change, and the day's deletions
    # Its thread ends with the process; here, with the proxy.
    proxy.mode = Mode.CUTTING


@pytest.mark.slow
async def test_a_server_that_is_killed_and_comes_back_loses_nothing(caplog: pytest.LogCaptureFixture) -> None:
    server = PostgresServer()
    try:
        server.start()
        async with kept(server.url()) as records:
            for _ in range(100):
                records.write(counted("asked"))
            assert await records.ask_within(PATIENCE, sums) == {"asked": 100}
            server.stop()
            for _ in range(100):
                records.write(counted("asked"))
            await eventually(lambda: records.state.error == "unreachable", "the fault unreachable")
            with pytest.raises(RecordsAwayError):
                await records.ask(sums)
            assert records.state.waiting == 100
            server.start()
            await eventually(lambda: not records.state.waiting, "a store that has all changes")
            assert await records.ask_within(PATIENCE, sums) == {"asked": 200}
            assert records.state.error is None
    finally:
        server.close()
    assert "The records are away (unreachable)" in caplog.text
    assert "The records are back" in caplog.text


@pytest.mark.parametrize("part", ["password", "database", "username"])
async def test_a_server_that_refuses_is_away_and_no_password_is_told(
    postgres_url: URL, part: str, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = {"password": "a secret that is wrong", "database": "nowhere", "username": "who"}
    url = URL.create(**{**postgres_url._asdict(), part: wrong[part]})
    async with kept(url) as records:
        await eventually(lambda: records.state.error == "unreachable", "the fault unreachable")
        state, told = records.state, records.inspect()
    assert "FATAL" in caplog.text
    assert [result.key for result in told] == ["records.fault.unreachable", "records.said"]
    for words in (caplog.text, repr(state), repr(told), repr(records), repr(url)):
        assert str(url.password) not in words
        assert PASSWORD not in words


async def test_a_table_that_another_program_holds_is_waited_for(
    postgres_url: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "_BOUNDS", "SET LOCAL lock_timeout = '50ms'")
    holder = Records(postgres_url, days=DAYS)
    async with kept(postgres_url) as records:
        assert await records.ask_within(PATIENCE, sums) == {}
        let_go = asyncio.Event()
        loop = asyncio.get_running_loop()

        def hold(connection: Connection) -> None:
            connection.execute(text("LOCK TABLE figures IN ACCESS EXCLUSIVE MODE"))
            loop.call_soon_threadsafe(held.set)
            asyncio.run_coroutine_threadsafe(let_go.wait(), loop).result()

        held = asyncio.Event()
        task = asyncio.create_task(holder.ask(hold))
        await held.wait()
        records.write(counted("asked"))
        await eventually(lambda: records.state.error == "busy", "the fault busy")
        let_go.set()
        await task
        await eventually(lambda: not records.state.waiting, "a store that has all changes")
        assert await records.ask_within(PATIENCE, sums) == {"asked": 1}
        assert records.state.dropped == 0


async def test_a_change_that_takes_too_long_every_time_is_given_up(
    postgres_url: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "_BOUNDS", "SET LOCAL statement_timeout = '50ms'")
    async with kept(postgres_url) as records:
        await eventually(lambda: records.state.error is None, "a store that is well")
        records.write(counted("before"))
        records.write(lambda connection: connection.execute(text("SELECT pg_sleep(60)")))
        records.write(counted("after"))
        await eventually(lambda: not records.state.waiting, "a store that has all changes")
        assert await records.ask_within(PATIENCE, sums) == {"after": 1, "before": 1}
        assert records.state.dropped == 1


async def test_a_database_that_may_only_be_read_is_away(postgres: PostgresServer, postgres_url: URL) -> None:
    async with kept(postgres_url) as records:
        await eventually(lambda: records.state.error is None, "a store that is well")
    postgres.execute(f"ALTER DATABASE {postgres_url.database} SET default_transaction_read_only = on")
    async with kept(postgres_url) as records:
        records.write(counted("asked"))
        await eventually(lambda: records.state.error == "read_only", "the fault read_only")
        postgres.execute(f"ALTER DATABASE {postgres_url.database} SET default_transaction_read_only = off")
        await eventually(lambda: not records.state.waiting, "a store that has all changes")
        assert await records.ask_within(PATIENCE, sums) == {"asked": 1}


async def test_words_of_members_stay_out_of_the_log(postgres_url: URL, caplog: pytest.LogCaptureFixture) -> None:
    async with kept(postgres_url) as records:
        for name in ("سر", "سر" * 100):
            records.write(partial(add_to_figure, name=name, day="2026-11-24"))
        assert await records.ask_within(PATIENCE, sums) == {"سر": 1}
    assert "StringDataRightTruncation" in caplog.text
    assert "سر" not in caplog.text
