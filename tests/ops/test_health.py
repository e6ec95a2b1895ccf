import socket

import aiohttp
import pytest

from bot.ops.health import BuildProgress, Health, health_server
from bot.ops.metrics import Metrics


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


async def test_a_port_is_opened_only_where_one_is_named(unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []
    listen = socket.socket.listen

    def note(listening: socket.socket, backlog: int) -> None:
        listen(listening, backlog)
        opened.append(listening.getsockname()[1])

    monkeypatch.setattr(socket.socket, "listen", note)
    async with health_server(None, lambda: Health(True, None, True), Metrics()):
        assert opened == []
    async with health_server(unused_tcp_port, lambda: Health(True, None, True), Metrics()):
        assert {*opened} == {unused_tcp_port}


async def test_it_is_open_on_the_address_that_is_named_alone(
    unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound: list[str] = []
    listen = socket.socket.listen

    def note(listening: socket.socket, backlog: int) -> None:
        listen(listening, backlog)
        bound.append(listening.getsockname()[0])

    monkeypatch.setattr(socket.socket, "listen", note)
    async with health_server(unused_tcp_port, lambda: Health(True, None, True), Metrics(), "127.0.0.1"):
        assert bound == ["127.0.0.1"]
