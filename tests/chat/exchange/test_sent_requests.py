"""Requests are counted as they leave, for each piece of work by itself."""

import asyncio

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.chat.exchange.delivery import counting_requests, request_trace


async def test_each_piece_of_work_counts_its_own_requests() -> None:
    async def reply(_: web.Request) -> web.Response:
        return web.Response(status=500)

    app = web.Application()
    app.router.add_get("/", reply)
    async with TestServer(app) as server, aiohttp.ClientSession(trace_configs=[request_trace()]) as session:

        async def send(times: int) -> int:
            with counting_requests() as sent:
                for _ in range(times):
                    async with session.get(server.make_url("/")):
                        await asyncio.sleep(0)
                return sent.count

        assert await asyncio.gather(*map(send, (2, 5, 0))) == [2, 5, 0]
        # Outside such work nothing is counted, and nothing breaks.
        async with session.get(server.make_url("/")):
            pass


async def test_a_request_that_finds_nobody_counts() -> None:
    async with aiohttp.ClientSession(trace_configs=[request_trace()]) as session:
        with counting_requests() as sent, pytest.raises(aiohttp.ClientConnectorError):
            await session.get("http://127.0.0.1:1/")
        assert sent.count == 1
