import json
from http import HTTPStatus

import pytest
from aiohttp import web

from bot.ops import probe
from bot.ops.health import http_port
from bot.workers.threads import in_daemon_thread


@pytest.mark.parametrize(("status", "code"), [(HTTPStatus.OK, 0), (HTTPStatus.SERVICE_UNAVAILABLE, 1)])
async def test_the_exit_code_is_what_the_port_answers(
    status: HTTPStatus,
    code: int,
    unused_tcp_port: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def page(path: str) -> web.Response | None:
        return web.json_response({"ok": status == HTTPStatus.OK}, status=status) if path == "/health" else None

    monkeypatch.setenv("PORT", str(unused_tcp_port))
    async with http_port("127.0.0.1", unused_tcp_port, page):
        assert await in_daemon_thread(probe.main) == code
    assert json.loads(capsys.readouterr().out) == {"ok": status == HTTPStatus.OK}


def test_where_nobody_listens_it_is_not_well(unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", str(unused_tcp_port))
    assert probe.main() == 1
