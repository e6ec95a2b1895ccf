"""An archive whose source fails, while the program runs and before it starts: what was fetched last serves."""

from pathlib import Path

import pytest

from tests.articles.sources.web_server import WebServer, reply
from tests.discord_server import DiscordServer
from tests.e2e.coverage import MUSEUM_QUESTION, MUSEUM_QUOTED, QUESTION, QUOTED
from tests.e2e.moderating import (
    ARCHIVE,
    AWAY,
    FAILED,
    KEPT,
    MODERATION,
    MODERATOR,
    NEWER,
    SERVED,
    answered,
    archived,
    reload,
    started,
    status,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")

ERROR = "بالخطأ 500"


async def test_status_says_that_the_source_is_away_and_what_failed_last_until_it_is_back(
    server: DiscordServer, site: WebServer, tmp_path: Path
) -> None:
    site.answers = [reply(200, ARCHIVE)]
    moderator = f"<@{server.world.user(MODERATOR).id}>"
    async with started(server, log=tmp_path / "log", **archived(site, tmp_path / "cache")):
        text = await status(server)
        assert f"المصدر: {shown(site)}" in text
        assert AWAY not in text
        assert FAILED not in text

        site.answers = [reply(500)]
        card = await reload(server)
        assert ERROR in card
        assert KEPT in card
        text = await status(server)
        assert line_of(text, AWAY).endswith(f"السبب: ردّ مضيف \u200e{shown(site)} {ERROR}.")
        assert f"بأمر من \u2068{moderator}\u2069" in line_of(text, FAILED)
        assert ERROR in text.partition(FAILED)[2]
        assert QUOTED in await answered(server, QUESTION)

        site.answers = [reply(200, NEWER)]
        assert SERVED in await reload(server)
        text = await status(server)
        assert AWAY not in text
        assert FAILED not in text
        assert f"بأمر من \u2068{moderator}\u2069" in line_of(text, "آخر تجديد")


async def test_started_while_its_source_is_away_it_serves_what_it_kept_and_catches_up_by_itself(
    server: DiscordServer, site: WebServer, tmp_path: Path
) -> None:
    settings = archived(site, tmp_path / "cache")
    site.answers = [reply(200, ARCHIVE)]
    async with started(server, log=tmp_path / "log", **settings):
        pass
    await server.until(lambda: not server.gateway.connected, what="a closed gateway")

    site.answers = [reply(500)]
    settings["DISCORD_MODERATOR_CHANNEL_ID"] = str(server.world.channel(MODERATION).id)
    async with started(server, log=tmp_path / "log", **settings) as program:
        assert ERROR in (await server.wait_for_message(MODERATION)).text
        assert "failed, edition" in program.log
        assert f"{ERROR}." in line_of(await status(server), AWAY)
        assert QUOTED in await answered(server, QUESTION)

        site.answers = [reply(200, NEWER)]
        told = await server.until(
            lambda: next((one.text for one in server.messages(MODERATION) if "أُضيف 1" in one.text), None),
            what="news of what is new",
        )
        assert "بأمر من البوت نفسه" in told
        assert MUSEUM_QUOTED in await answered(server, MUSEUM_QUESTION)
        text = await status(server)
        assert AWAY not in text
        assert FAILED not in text


def shown(site: WebServer) -> str:
    """Return the address of the archive as cards show it."""
    return "\u2068{}\u2069".format(site.url.replace(":", "\\:"))


def line_of(text: str, start: str) -> str:
    """Return the line that starts so."""
    return next((line for line in text.splitlines() if line.startswith(start)), "")
