"""A folder and a feed as one coverage: the feed grows, is away over a restart, and comes back."""

import shutil
from pathlib import Path

import pytest

from tests.articles.combined.conftest import LONG, rss
from tests.articles.page_server import page_server
from tests.discord_server import DiscordServer
from tests.e2e.coverage import MUSEUM_QUESTION, MUSEUM_QUOTED, QUESTION, QUOTED, write_corpus
from tests.e2e.moderating import SERVED, answered, reload, started, status

pytestmark = pytest.mark.asyncio(loop_scope="session")

TITLE = "متحف البحر يفتح أبوابه في الميناء القديم"
TEXT = f"افتتح متحف البحر أبوابه في الميناء القديم يوم الثلاثاء. ويعرض متحف البحر {MUSEUM_QUOTED}."
OUTLET = "إذاعة الساحل"
NOT_HAD = "تعذّر جلبه من المصادر"


async def test_a_feed_beside_a_folder_grows_and_serves_on_while_it_is_away(
    server: DiscordServer, tmp_path: Path
) -> None:
    corpus, more = write_corpus(tmp_path / "corpus"), write_corpus(tmp_path / "more")
    with page_server() as site:
        feed = site.serve("/feed", rss(site.link("/news/"), "افتتاح الحديقة"))
        settings = {
            "corpus": f"{corpus},{more},{OUTLET}={feed}",
            "CORPUS_ALLOW_PRIVATE": "true",
            "CORPUS_CACHE": str(tmp_path / "cache"),
        }
        async with started(server, log=tmp_path / "log", **settings):
            assert QUOTED in await answered(server, QUESTION)
            grown = rss(site.link("/news/"), "افتتاح الحديقة", TITLE)
            site.serve("/feed", grown.replace(LONG.encode(), f"{TEXT} {LONG}".encode()))
            card = await reload(server)
            assert SERVED in card
            assert TITLE in card
            quoted = await answered(server, MUSEUM_QUESTION)
            assert MUSEUM_QUOTED in quoted
            assert OUTLET in quoted
            assert NOT_HAD not in await status(server)

            site.answers.clear()
            shutil.rmtree(more)
            assert NOT_HAD in await reload(server)
            text = await status(server)
            assert NOT_HAD in text
            assert "/feed" in text.partition(NOT_HAD)[2]
            # Of a path only the end is shown.
            assert "لا مجلد ولا ملف في \u2068more\u2069" in text
        await server.until(lambda: not server.gateway.connected, what="a closed gateway")
    async with started(server, log=tmp_path / "log", **settings):
        assert MUSEUM_QUOTED in await answered(server, MUSEUM_QUESTION)
        assert QUOTED in await answered(server, QUESTION)
