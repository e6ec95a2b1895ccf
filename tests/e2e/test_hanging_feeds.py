"""A feed that hangs whoever reads it, beside a folder: reloads end, and everything else goes on."""

import asyncio
from pathlib import Path

import pytest

from tests.articles.combined.conftest import rss
from tests.articles.page_server import PageServer, page_server
from tests.discord_server import DiscordServer
from tests.e2e.coverage import MUSEUM, MUSEUM_QUESTION, MUSEUM_QUOTED, QUESTION, QUOTED, write_corpus
from tests.e2e.moderating import MODERATOR, answered, begin_reload, outcome, reload, started, status
from tests.e2e.prepared import HANGING
from tests.patience import eventually, waiting_for
from tests.processes import children_of

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.slow]

HUNG, WAITS, MANY = "وسأعيد المحاولة قريباً", "سأتركه حتى", "عدد من السمات يفوق"
SECONDS = 8


def settings(site: PageServer, corpus: Path, tmp_path: Path) -> dict[str, str]:
    return {
        "corpus": f"{corpus},{site.link('/feed')}",
        "CORPUS_ALLOW_PRIVATE": "true",
        "CORPUS_CACHE": str(tmp_path / "cache"),
        "CORPUS_FETCH_SECONDS": str(SECONDS),
        "CORPUS_REFRESH": "off",
        "PREPARED_HANG": "1",
    }


async def test_a_feed_that_hangs_ends_with_its_limit_and_holds_nobody_up(server: DiscordServer, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    with page_server() as site:
        site.serve("/feed", rss(site.link("/news/"), "افتتاح الحديقة"))
        chosen = settings(site, corpus, tmp_path)
        async with started(server, log=tmp_path / "log", **chosen) as program:
            await reload(server)
            assert "عدد المقالات: 4" in await status(server)

            site.serve("/feed", rss(site.link("/news/"), f"افتتاح {HANGING}"))
            (corpus / "museum.md").write_text(MUSEUM, encoding="utf-8")
            begun = await begin_reload(server)
            await eventually(lambda: children_of(program.pid), "a child that reads")
            assert QUOTED in await answered(server, QUESTION)
            # Of the folder beside it what is new serves, and of the feed what was there.
            assert HUNG in await outcome(server, begun)
            text = await status(server)
            assert HUNG in text
            assert "عدد المقالات: 5" in text
            assert MUSEUM_QUOTED in await answered(server, MUSEUM_QUESTION)

            assert WAITS in await reload(server)
            assert WAITS in await status(server)
            assert children_of(program.pid) == []
        await server.until(lambda: not server.gateway.connected, what="a closed gateway")
        async with started(server, log=tmp_path / "log", **chosen):
            assert WAITS in await status_once_fetched(server)
            site.serve("/feed", rss(site.link("/news/"), "افتتاح الحديقة", "متنزه جديد"))
            card = await reload(server)
            assert WAITS not in card
            assert "عدد المقالات: 6" in await status(server)


async def test_what_hangs_is_cancelled_at_once(server: DiscordServer, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    with page_server() as site:
        site.serve("/feed", rss(site.link("/news/"), "افتتاح الحديقة"))
        chosen = settings(site, corpus, tmp_path) | {"CORPUS_FETCH_SECONDS": "3600"}
        async with started(server, log=tmp_path / "log", **chosen) as program:
            await reload(server)
            site.serve("/feed", rss(site.link("/news/"), f"افتتاح {HANGING}"))
            begun = await begin_reload(server)
            await eventually(lambda: children_of(program.pid), "a child that reads")
            asked = await server.run_command("corpus cancel", author=MODERATOR, channel="عام")
            assert "ألغيتُ إعادة بناء التغطية" in (await server.wait_for_reply(asked)).text
            assert children_of(program.pid) == []
            site.serve("/feed", rss(site.link("/news/"), "افتتاح الحديقة", "متنزه جديد"))
            assert "متنزه جديد" in await reload(server)
            assert "أُلغيت إعادة بناء التغطية" in await outcome(server, begun)


async def test_a_feed_of_attributes_is_refused(server: DiscordServer, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    flood = " ".join(f"a{number}='1'" for number in range(150_000))
    with page_server() as site:
        site.serve("/feed", f"<rss><channel><item {flood}><link>/1</link></item></channel></rss>".encode())
        async with started(server, log=tmp_path / "log", **settings(site, corpus, tmp_path)):
            assert MANY in await reload(server)
            assert MANY in await status(server)
            assert QUOTED in await answered(server, QUESTION)


async def status_once_fetched(server: DiscordServer) -> str:
    """Return the status once what a start asked the sources has come."""
    async with waiting_for("a status with what is away"):
        while "تعذّر جلبه من المصادر" not in (text := await status(server)):  # noqa: ASYNC110 (the card tells nobody)
            await asyncio.sleep(0.1)
    return text
