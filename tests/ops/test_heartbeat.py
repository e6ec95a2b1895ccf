import asyncio
import logging
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from bot.ops.heartbeat import beat
from tests.ops.monitor import Monitor


async def run(url: SecretStr | None, wellness: Iterator[bool]) -> None:
    """Beat once for each value, as often as there are values."""

    async def is_well() -> bool:
        try:
            return next(wellness)
        except StopIteration:
            raise asyncio.CancelledError from None

    async def at_once(_: float) -> None:
        return

    with pytest.raises(asyncio.CancelledError):
        await beat(url, is_well, pause=at_once)


async def test_it_beats_only_while_the_bot_is_well() -> None:
    monitor = Monitor()
    async with monitor.listening() as url:
        await run(url, iter([True, False, False, True, True]))
    assert monitor.beats == 3


async def test_a_monitor_that_is_away_is_logged_once_until_it_is_back(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    monitor = Monitor(500, 302, 200, 404)
    async with monitor.listening() as url:
        await run(url, iter([True] * 4))
    assert [record.args for record in caplog.records] == [("status 500",), ("status 404",)]
    await run(url, iter([True]))
    assert "secret-of-the-monitor" not in caplog.text


async def test_without_an_address_there_is_no_heart() -> None:
    async def is_well() -> bool:
        raise AssertionError("nobody asks")

    await beat(None, is_well)
