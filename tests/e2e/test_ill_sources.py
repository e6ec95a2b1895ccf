"""A feed that fails, over a restart, and then is silent: what moderators, monitors and members see of it."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.articles.combined.conftest import rss
from tests.articles.page_server import PageServer, page_server
from tests.chat.samples import ARABIC
from tests.discord_server import DiscordServer
from tests.e2e.coverage import QUESTION, QUOTED, write_corpus
from tests.e2e.moderating import MODERATION, answered, reload, started, status
from tests.patience import waiting_for

pytestmark = pytest.mark.asyncio(loop_scope="session")

OUTLET = "إذاعة الميناء"
ILL, BACK = ARABIC("alarm.ill", count=1), ARABIC("alarm.back", count=1)
SILENT = ARABIC("stale.title", count=1)
LAST = datetime.now(UTC).replace(hour=12) - timedelta(40)


def daily(site: PageServer) -> bytes:
    """Make a feed with an article for each of twenty days, the last of them forty days ago."""
    feed = rss(site.link("/news/"), *(f"أخبار الميناء في اليوم {number}" for number in range(20))).decode()
    for number in range(20):
        day = format_datetime(LAST - timedelta(number))
        feed = feed.replace(f"/news/{number}</guid>", f"/news/{number}</guid><pubDate>{day}</pubDate>")
    return feed.encode()


def told(server: DiscordServer, title: str) -> list[str]:
    """Return the cards with a title that moderators were sent."""
    return [seen.text for seen in server.messages(MODERATION) if title in seen.text]


async def page(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as response:
        return response.status, await response.text()


async def health_with(port: int, field: str) -> dict[str, Any]:
    """Return what the port says once a field of it is not empty, and the bot is well."""
    async with waiting_for(f"health with {field!r}"), aiohttp.ClientSession() as session:
        while True:
            async with session.get(f"http://127.0.0.1:{port}/health") as response:
                found: dict[str, Any] = await response.json()
            # The bot itself is well.
            if found[field] and response.status == HTTPStatus.OK:
                return found
            await asyncio.sleep(0.1)


async def test_a_feed_that_fails_is_told_of_once_over_a_restart_and_once_when_it_is_back(
    server: DiscordServer, tmp_path: Path, unused_tcp_port: int
) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    with page_server() as site:
        feed = site.serve("/feed", daily(site))
        settings = {
            "corpus": f"{corpus},{OUTLET}={feed}",
            "CORPUS_ALLOW_PRIVATE": "true",
            "CORPUS_CACHE": str(tmp_path / "cache"),
            "CORPUS_REFRESH": "off",
            "DISCORD_MODERATOR_CHANNEL_ID": str(server.world.channel(MODERATION).id),
            "PORT": str(unused_tcp_port),
            "PREPARED_ILL": "1",
        }
        async with started(server, log=tmp_path / "log", **settings):
            # Long ago, beside how often it came.
            [silent] = (await health_with(unused_tcp_port, "stale"))["stale"]
            assert silent == {"name": OUTLET, "since": LAST.date().isoformat(), "reason": ""}
            assert SILENT in await status(server)
            newest = await answered(server, "ما آخر الأخبار؟")
            assert "وهذا انقطاع أطول من المعتاد" in newest
            assert OUTLET in newest
            assert "عادتها" not in await answered(server, QUESTION)

            site.answers.clear()
            await reload(server)
            await server.until(lambda: told(server, ILL), what="a card of a feed that fails")
            [card] = told(server, ILL)
            assert "/feed" in card
            assert ARABIC("alarm.advice") in card
            [ill] = (await health_with(unused_tcp_port, "ill"))["ill"]
            assert ill["name"] == site.link("/feed")
            assert ill["reason"] == "source.not_found"
            assert ILL in await status(server)
            _, metrics = await page(unused_tcp_port, "/metrics")
            assert "isnad_sources_ill 1.0" in metrics
            assert "isnad_outlets_stale 1.0" in metrics
            assert 'isnad_source_failures_total{reason="source.not_found"}' in metrics
            assert QUOTED in await answered(server, QUESTION)
        await server.until(lambda: not server.gateway.connected, what="a closed gateway")

        async with started(server, log=tmp_path / "log", **settings):
            again = await health_with(unused_tcp_port, "ill")
            # Since before the restart.
            assert again["ill"] == [ill]
            assert len(told(server, ILL)) == 1
            site.serve("/feed", daily(site))
            await reload(server)
            await server.until(lambda: told(server, BACK), what="a card of a feed that is back")
            assert ILL not in await status(server)
            await reload(server)
        assert (len(told(server, ILL)), len(told(server, BACK))) == (1, 1)
