import asyncio
from types import SimpleNamespace
from typing import Any, cast

import aiohttp
import discord
import pytest

from bot.chat.discord_setup import RestRequests
from bot.ops.watchdog import RestWatch
from tests.chat.doubles import http_error
from tests.patience import eventually


class Http:
    """discord.py's requests, with its lock for all of them."""

    http_trace: aiohttp.TraceConfig | None = None

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


async def ended(trace: aiohttp.TraceConfig, status: int, **headers: str) -> None:
    """Let a session tell of a response."""
    response = cast("Any", SimpleNamespace(status=status, headers=headers))
    for note in trace.on_request_end:
        await note(cast("Any", None), SimpleNamespace(), cast("Any", SimpleNamespace(response=response)))


GLOBAL = {"X-RateLimit-Scope": "global", "Retry-After": "90"}


@pytest.mark.parametrize(
    ("status", "headers"),
    [(429, {"X-RateLimit-Scope": "user", "Retry-After": "90"}), (200, GLOBAL), (429, GLOBAL | {"Retry-After": "soon"})],
)
async def test_other_responses_limit_nothing(status: int, headers: dict[str, str]) -> None:
    http = Http()
    http.http_trace = aiohttp.TraceConfig()
    _, watch = requests(http)
    await ended(http.http_trace, status, **headers)
    assert not watch.limit_left


async def test_what_is_sent_with_a_file_is_sent_again_by_its_caller() -> None:
    http = Http()
    _, watch = requests(http)

    async def limited(*_: object, **__: object) -> str:
        watch.limited(90)
        raise discord.RateLimited(90)

    made = RestRequests(cast("Any", http), watch)
    made._make = limited
    with pytest.raises(discord.RateLimited):
        await made.request("a", files=["a"])
