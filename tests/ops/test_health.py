"""What the port says, over real connections, none of which it keeps, and the heartbeat."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import asdict
from unittest.mock import patch

import aiohttp
import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.ops import health as health_module
from bot.ops.health import MOST_CONNECTIONS, BuildProgress, Health, SourceDetail, beat, health_server, http_port
from bot.ops.metrics import Metrics
from tests.ops.monitor import Monitor
from tests.patience import eventually


@pytest.mark.parametrize(
    ("health", "doing", "status"),
    [
        (Health(True, "abc", True), "serving", 200),
        (Health(False, "abc", True), "connecting", 503),
        (Health(False, None, True, progress=BuildProgress("reading", 3, 9)), "building", 503),
        (Health(True, "abc", False), "serving", 503),
        (Health(True, "abc", True, answering=False), "serving", 503),
        (Health(True, "abc", True, search=False), "serving", 503),
        (Health(True, "abc", True, reload_overdue=True), "serving", 200),
        (Health(True, "abc", True, ill=[SourceDetail("feed", "2026-11-24", "source.status")]), "serving", 200),
        (Health(True, "abc", True, stale=[SourceDetail("صحيفة", "2026-11-24")]), "serving", 200),
    ],
)
async def test_health_tells_whether_questions_can_be_answered(
    health: Health, doing: str, status: int, unused_tcp_port: int
) -> None:
    url = f"http://127.0.0.1:{unused_tcp_port}/health"
    async with (
        health_server(unused_tcp_port, lambda: health, Metrics()),
        aiohttp.ClientSession() as session,
        session.get(url) as response,
    ):
        assert response.status == status
        assert await response.json() == {
            "ok": status == 200,
            "doing": doing,
            "gateway": health.gateway,
            "edition": health.edition,
            "rest": health.rest,
            "answering": health.answering,
            "search": health.search,
            "progress": {"stage": "reading", "done": 3, "total": 9} if health.progress else None,
            "reload_overdue": health.reload_overdue,
            "ill": [asdict(one) for one in health.ill],
            "stale": [asdict(one) for one in health.stale],
        }


async def test_it_lives_whatever_keeps_it_from_answering(unused_tcp_port: int) -> None:
    async with (
        health_server(unused_tcp_port, lambda: Health(False, None, False, answering=False), Metrics()),
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{unused_tcp_port}/live") as response,
    ):
        assert (response.status, await response.json()) == (200, {"live": True})


async def test_a_port_that_is_taken_stops_nothing(unused_tcp_port: int, caplog: pytest.LogCaptureFixture) -> None:
    async with (
        health_server(unused_tcp_port, lambda: Health(True, "abc", True), Metrics()),
        health_server(unused_tcp_port, lambda: Health(True, "abc", True), Metrics()),
    ):
        assert str(unused_tcp_port) in caplog.text


async def test_a_port_is_open_only_where_one_is_named_and_on_the_named_address_alone(
    unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = list[tuple[str, int]]()
    listen = socket.socket.listen

    def note(listening: socket.socket, backlog: int) -> None:
        listen(listening, backlog)
        opened.append(listening.getsockname()[:2])

    monkeypatch.setattr(socket.socket, "listen", note)
    async with health_server(None, lambda: Health(True, None, True), Metrics()):
        assert opened == []
    async with health_server(unused_tcp_port, lambda: Health(True, "abc", True), Metrics(), "127.0.0.1"):
        assert opened == [("127.0.0.1", unused_tcp_port)]
    async with health_server(unused_tcp_port, lambda: Health(True, None, True), Metrics()):
        assert {port for _, port in opened[1:]} == {unused_tcp_port}


HOST = "127.0.0.1"
GET = b"GET /page HTTP/1.1\r\nHost: a\r\n\r\n"
LARGE = 50_000_000  # more than the system keeps for whoever does not read


def pages(path: str) -> web.Response | None:
    if path == "/broken":
        raise ValueError(path)
    texts = {"/page": "here", "/large": "x" * LARGE}
    return web.Response(text=texts[path]) if path in texts else None


@pytest.fixture
async def port(unused_tcp_port: int) -> AsyncIterator[int]:
    async with http_port(HOST, unused_tcp_port, pages):
        yield unused_tcp_port


@asynccontextmanager
async def connection(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        yield reader, writer
    finally:
        writer.transport.abort()


async def said(port: int, request: bytes) -> bytes:
    """Send a request, and return all that comes until the other side ends the connection."""
    async with connection(port) as (reader, writer):
        writer.write(request)
        return await reader.read()


@pytest.mark.parametrize(
    ("request_bytes", "status", "body"),
    [
        (GET, 200, b"here"),
        (GET.replace(b"GET", b"HEAD"), 200, b""),
        (GET.replace(b"/page", b"/page?x=1"), 200, b"here"),
        (GET.replace(b"Host: a", b"Host: a\r\nConnection: keep-alive"), 200, b"here"),
        (GET * 3, 200, b"here"),
        (GET.replace(b"/page", b"/other"), 404, None),
        (GET.replace(b"GET", b"POST"), 405, None),
        (GET.replace(b"GET", b"DELETE"), 405, None),
        (b"POST /page HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n" + bytes(100), 405, None),
        (GET.replace(b"/page", b"/" + b"a" * 2000), 400, None),
        (GET.replace(b"Host: a", b"Host: a\r\nX: " + b"a" * 5000), 400, None),
        (GET.replace(b"/page", b"/broken"), 500, None),
        (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400, None),
        (b"GET\r\n\r\n", 400, None),
    ],
    ids=ascii,
)
async def test_each_request_ends_its_connection_and_nothing_tells_a_version(
    port: int, request_bytes: bytes, status: int, body: bytes | None
) -> None:
    head, _, rest = (await said(port, request_bytes)).partition(b"\r\n\r\n")
    assert head.split(b" ", 2)[1] == str(status).encode()
    assert body is None or rest == body
    assert b"Server: isnad\r\n" in head + b"\r\n"
    assert not any(word in head + rest for word in (b"Python", b"aiohttp", b"Traceback"))


async def test_what_is_no_request_leaves_no_line_in_the_log(port: int, caplog: pytest.LogCaptureFixture) -> None:
    for request in (b"\x16\x03\x01\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", GET.replace(b"Host", b"Ho st"), GET[:20]):
        async with connection(port) as (reader, writer):
            writer.write(request)
            writer.write_eof()
            await reader.read(1)
    assert not [record for record in caplog.records if record.name != "asyncio"]


@pytest.mark.parametrize("beginning", [b"", GET[:-2]], ids=["idle", "slow"])
async def test_a_connection_without_a_whole_request_goes_after_its_time(
    unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch, beginning: bytes
) -> None:
    monkeypatch.setattr(health_module, "LONGEST_CONNECTION", 0.2)
    async with http_port(HOST, unused_tcp_port, pages):
        assert await said(unused_tcp_port, beginning) == b""


async def test_so_does_one_that_does_not_read_its_answer(unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health_module, "LONGEST_CONNECTION", 0.2)
    async with http_port(HOST, unused_tcp_port, pages), connection(unused_tcp_port) as (_, writer):
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        writer.write(GET.replace(b"/page", b"/large"))

        def hears_of_the_end() -> bool:
            # Who does not read hears only at the next word that nobody is there any more.
            writer.write(b"x")
            return writer.transport.is_closing()

        await eventually(hears_of_the_end, "the end of a connection whose answer is not read")


async def test_the_oldest_connection_gives_way_to_one_too_many(port: int) -> None:
    held = [await asyncio.open_connection(HOST, port) for _ in range(MOST_CONNECTIONS)]
    try:
        assert (await said(port, GET)).endswith(b"here")
        oldest, second = (reader for reader, _ in held[:2])
        assert await oldest.read() == b""
        # One connection came and went; the others are as they were.
        held[1][1].write(GET)
        assert (await second.read()).endswith(b"here")
    finally:
        for _, writer in held:
            writer.transport.abort()


async def test_it_closes_without_waiting_for_those_who_are_there(unused_tcp_port: int) -> None:
    async with AsyncExitStack() as stack:
        async with http_port(HOST, unused_tcp_port, pages):
            reader, writer = await stack.enter_async_context(connection(unused_tcp_port))
            writer.write(GET[:10])
            assert (await said(unused_tcp_port, GET)).endswith(b"here")
        with suppress(ConnectionError):
            assert await reader.read() == b""


async def run(url: SecretStr | None, wellness: Iterator[bool]) -> None:
    """Beat once for each value, as often as there are values."""

    def is_well() -> bool:
        try:
            return next(wellness)
        except StopIteration:
            raise asyncio.CancelledError from None

    with patch("bot.ops.health._BEAT_EVERY", 0.0), pytest.raises(asyncio.CancelledError):
        await beat(url, is_well)


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
    def is_well() -> bool:
        raise AssertionError("nobody asks")

    await beat(None, is_well)
