import asyncio
from typing import Any, cast

import aiohttp
import discord
import pytest

from bot.chat.rest_requests import RestRequests
from bot.ops.watchdog import RestWatch
from tests.chat.doubles import http_error
from tests.patience import eventually


class Http:
    """discord.py's requests, with its lock for all of them."""

    def __init__(self) -> None:
        self._global_over = asyncio.Event()
        self._global_over.set()
        self.limit_ends = asyncio.Event()
        self.made: list[str] = []

    async def request(self, name: str, *, limited: bool = False, error: Exception | None = None) -> str:
        await self._global_over.wait()
        if error is not None:
            raise error
        if limited:
            self._global_over.clear()
            await self.limit_ends.wait()
            self._global_over.set()
        self.made.append(name)
        return name


def requests(http: Http) -> tuple[RestRequests, RestWatch]:
    watch = RestWatch()
    return RestRequests(cast("Any", http), watch), watch


async def test_a_request_that_is_given_up_in_a_wait_for_all_lets_the_others_in_at_its_end() -> None:
    http = Http()
    made, _ = requests(http)
    typing = asyncio.create_task(http.request("typing", limited=True))
    await eventually(lambda: not http._global_over.is_set(), "a wait for all")
    message = asyncio.create_task(http.request("message"))
    typing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await typing
    http.limit_ends.set()
    assert await message == "message"
    await eventually(lambda: not made._abandoned, "the end of the request that was given up")
    assert http.made[-1] == "message"


async def test_a_request_that_is_given_up_elsewhere_ends_at_once() -> None:
    http = Http()
    held = asyncio.Event()
    original = http.request

    async def slow(name: str) -> str:
        await held.wait()
        return await original(name)

    http.request = slow  # type: ignore[method-assign, assignment]
    made, _ = requests(http)
    task = asyncio.create_task(http.request("a"))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await eventually(lambda: not made._abandoned, "the end of the request that was given up")
    held.set()
    assert not http.made


async def test_closing_ends_what_nobody_waits_for() -> None:
    http = Http()
    made, _ = requests(http)
    task = asyncio.create_task(http.request("typing", limited=True))
    await eventually(lambda: not http._global_over.is_set(), "a wait for all")
    task.cancel()
    await asyncio.wait([task])
    await made.close()
    assert len(asyncio.all_tasks()) == 1


@pytest.mark.parametrize(
    ("error", "is_failing"),
    [
        (http_error(500), True),
        (http_error(503), True),
        (http_error(429), True),
        (aiohttp.ServerDisconnectedError(), True),
        (TimeoutError(), True),
        (http_error(403, 50013), False),
        (http_error(404, 10003), False),
        (discord.RateLimited(90), None),
    ],
)
async def test_the_watch_hears_what_comes_of_requests(error: Exception, is_failing: bool | None) -> None:
    http = Http()
    _, watch = requests(http)
    for before in (False, True):
        watch.failed() if before else watch.answered()
        with pytest.raises(type(error)):
            await http.request("a", error=error)
        assert watch.is_failing == (before if is_failing is None else is_failing)
    await http.request("a")
    assert not watch.is_failing
