"""Two moderators want to reload at once: one does, and the other learns who does and how far that is."""

import threading
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.articles.sources.web_server import Answer, WebServer, head, reply
from tests.discord_server import DiscordServer
from tests.e2e.moderating import (
    ARCHIVE,
    MODERATOR,
    NEWER,
    SERVED,
    archived,
    begin_reload,
    outcome,
    reload,
    started,
    status,
)
from tests.patience import PATIENCE, eventually

pytestmark = pytest.mark.asyncio(loop_scope="session")

OTHER = "ليلى"
RUNNING = "تجري الآن إعادة بناء أخرى للتغطية، بدأها \u2068<@{id}>\u2069، ومدّتها حتى الآن: "
_PIECE = 64


def dripping(body: bytes, may_end: threading.Event) -> Answer:
    """Hand a body out bit by bit, and the rest of it when that is allowed."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head(200, Content_Length=len(body), ETag='"2"'))
        at = 0
        while not may_end.is_set() and at < len(body) // 2:
            handler.wfile.write(body[at : at + _PIECE])
            at += _PIECE
            time.sleep(0.05)
        may_end.wait(PATIENCE)
        handler.wfile.write(body[at:])

    return answer


def running_of(server: DiscordServer) -> str:
    """Return how the card names who reloads."""
    return RUNNING.format(id=server.world.user(MODERATOR).id)


async def test_while_a_slow_source_is_fetched(server: DiscordServer, site: WebServer, tmp_path: Path) -> None:
    may_end = threading.Event()
    site.answers = [reply(200, ARCHIVE), dripping(NEWER, may_end), reply(304)]
    await server.give_role(OTHER, "مشرفون")
    async with started(server, log=tmp_path / "log", **archived(site, tmp_path / "cache")):
        begun = await begin_reload(server)
        await eventually(lambda: len(site.seen) == 2, "a fetch")
        refused = await reload(server, by=OTHER)
        gone_back = await server.run_command("corpus rollback", author=OTHER, channel="عام")
        for text in (refused, (await server.wait_for_reply(gone_back)).text):
            assert running_of(server) in text
            assert "في هذه المرحلة: جلب التغطية" in text
        assert "عدد المقالات: 3" in await status(server)
        may_end.set()
        assert SERVED in await outcome(server, begun)
        assert len(site.seen) == 2
        assert "عدد المقالات: 4" in await status(server)
        assert "لم يتغيّر في التغطية شيء" in await reload(server, by=OTHER)
