import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.ops.search_watch import SearchWatch, ask_engine
from bot.ops.watchdog import UNWELL_AFTER
from bot.retrieval import SearchAwayError, SearchDeniedError
from tests.answering.coverage import TOWN, edition
from tests.ops.clock import Clock
from tests.patience import waiting_for
from tests.retrieval.opensearch.outage import Failures, Outage, on_server


class Server:
    """Fails with each error in turn, then answers."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.asked = 0

    async def ask(self) -> None:
        self.asked += 1
        if self.errors:
            raise self.errors.pop(0)


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.ops.search_watch._ASK_EVERY", 0.001)


@asynccontextmanager
async def watching(server: Server, clock: Clock | None = None) -> AsyncIterator[SearchWatch]:
    watch = SearchWatch(server.ask, clock or Clock())
    task = asyncio.create_task(watch.run())
    yield watch
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_server_that_never_failed_is_not_asked_and_holds_nobody_up() -> None:
    async with watching(server := Server()) as watch:
        await watch.wait_until_back()
        assert (watch.state, watch.seconds, watch.is_well, server.asked) == (None, 0.0, True, 0)


async def test_who_waits_is_released_once_the_server_answers() -> None:
    async with (
        watching(server := Server(SearchAwayError("a"), SearchAwayError("b"))) as watch,
        waiting_for("a server that is back"),
    ):
        watch.failed(SearchAwayError("first"))
        await asyncio.gather(*(watch.wait_until_back() for _ in range(3)))
        assert (watch.state, server.asked) == (None, 3)


async def test_the_wait_ends_after_a_while_whatever_the_server_does() -> None:
    watch = SearchWatch(Server().ask)
    watch.failed(SearchAwayError())
    await watch.wait_until_back(0.001)
    assert watch.state is not None


async def test_it_is_known_why_and_for_how_long_nothing_is_answered() -> None:
    watch = SearchWatch(Server().ask, clock := Clock())
    watch.failed(SearchAwayError("refused"))
    clock.now += UNWELL_AFTER - 1
    assert watch.is_well
    watch.failed(SearchAwayError("not asked"))
    assert watch.state
    assert watch.state.error.cause == "refused"
    watch.failed(SearchDeniedError("401"))
    clock.now += 2
    assert (watch.state.error.cause, watch.seconds, watch.is_well) == ("401", UNWELL_AFTER + 1, False)


async def test_a_thousand_failures_are_a_line_for_each_kind_and_one_for_the_end(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO, "bot.ops.search_watch"):
        async with watching(Server(*[SearchAwayError("probed")] * 20)) as watch, waiting_for("a server that is back"):
            for number in range(1000):
                watch.failed(SearchAwayError(f"time-out after {number} ms"))
                watch.failed(SearchDeniedError("401"))
            await watch.wait_until_back()
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING", "INFO"]
    assert not any(record.exc_info for record in caplog.records)


async def test_a_server_that_comes_and_goes_is_logged_once_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    with caplog.at_level(logging.INFO, "bot.ops.search_watch"):
        async with watching(Server(), clock) as watch, waiting_for("a server that is back"):
            for _ in range(50):
                watch.failed(SearchAwayError("refused"))
                await watch.wait_until_back()
            assert len(caplog.records) == 2
            clock.now += 61
            watch.failed(SearchAwayError("refused"))
            assert len(caplog.records) == 3


async def test_an_outage_that_began_unlogged_is_logged_when_it_lasts(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    async with watching(Server(), clock) as watch, waiting_for("a server that is back"):
        watch.failed(SearchAwayError("refused"))
        await watch.wait_until_back()
    watch.failed(SearchAwayError("refused"))
    assert len(caplog.records) == 1
    clock.now += 61
    watch.failed(SearchAwayError("refused"))
    assert len(caplog.records) == 2


async def test_a_mistake_of_ours_ends_neither_the_watch_nor_the_wait(caplog: pytest.LogCaptureFixture) -> None:
    async with watching(Server(KeyError("ours"))) as watch, waiting_for("a server that is back"):
        for _ in range(2):
            watch.failed(SearchAwayError())
            await watch.wait_until_back()
    assert "could not be asked" in caplog.text


def test_the_question_to_the_server_is_one_that_it_has_to_search_for() -> None:
    for count in range(2):
        engine = on_server(TOWN, outage := Failures(count)).index
        for _ in range(count):
            with pytest.raises(SearchAwayError):
                ask_engine(engine)
        ask_engine(engine)
        assert outage.failed == count


def test_an_index_of_nothing_need_not_be_asked() -> None:
    ask_engine(on_server(edition(), Outage(SearchAwayError())).index)
