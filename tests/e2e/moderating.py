"""What moderators and members do in the tests about reloading, each in one line."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

from tests.articles.sources.archives import tar_gz
from tests.articles.sources.web_server import WebServer
from tests.chat.samples import ARABIC
from tests.discord_server import DiscordServer, Interaction, Seen
from tests.e2e.coverage import ARTICLES, MUSEUM
from tests.e2e.prepared import MODULE
from tests.e2e.program import Program
from tests.patience import waiting_for

MODERATOR = "ناصر"
MODERATION = "الإشراف"
FORCED = {"force": True}
SERVED = ARABIC("reload.done")
KEPT = ARABIC("reload.kept")
# What is shown while a reload runs, or another is waited for.
UNDER_WAY = ARABIC("progress.title"), "حتى يأتي دور هذه"
AWAY = "لم تأتِ من المصدر نسخة جديدة"
FAILED = "محاولة بعده لم تنجح"
ARCHIVE = tar_gz(ARTICLES, "town-main/", commit="a" * 40)
# Starts the program on the same corpus and records, as often as a test wants, with these settings beside the usual.
Run = Callable[..., AbstractAsyncContextManager[Program]]
NEWER = tar_gz({**ARTICLES, "museum.md": MUSEUM}, "town-main/", commit="b" * 40)


@asynccontextmanager
async def started(
    server: DiscordServer, corpus: Path | str, log: Path, module: str = MODULE, **settings: str
) -> AsyncIterator[Program]:
    """Have the program ready for its commands until the end of the body; it must end well unless it was killed."""
    program = await Program.start(server, corpus, log, module=module, **settings)
    try:
        await server.wait_ready()
        await server.wait_for_command("corpus")
        yield program
    finally:
        code = await program.stop()
    assert code in {0, -9}, program.log


def archived(site: WebServer, cache: Path) -> dict[str, str]:
    """Make the settings for an archive on a web server of this machine."""
    return {"corpus": site.url, "CORPUS_ALLOW_PRIVATE": "true", "CORPUS_CACHE": str(cache)}


async def begin_reload(
    server: DiscordServer, by: str = MODERATOR, options: Mapping[str, Any] | None = None
) -> Interaction:
    """Call the command, and do not wait for it."""
    return await server.run_command("corpus reload", options, author=by, channel="عام")


async def outcome_card(server: DiscordServer, reload: Interaction) -> Seen:
    """Wait until a reload shows what came of it, which its progress does not."""

    def found() -> Seen | None:
        replies = server.interaction_replies(reload)
        return next((one for one in replies if one.text and not any(words in one.text for words in UNDER_WAY)), None)

    return await server.until(found, what="the outcome of a reload")


async def outcome(server: DiscordServer, reload: Interaction) -> str:
    """Wait for what came of a reload, and return what the card says."""
    return (await outcome_card(server, reload)).text


async def reload(server: DiscordServer, by: str = MODERATOR, options: Mapping[str, Any] | None = None) -> str:
    """Reload, and return what the card says."""
    return await outcome(server, await begin_reload(server, by, options))


async def status(server: DiscordServer) -> str:
    """Return what `/corpus status` says."""
    asked = await server.run_command("corpus status", author=MODERATOR, channel="عام")
    return (await server.wait_for_reply(asked)).text


async def gaps(server: DiscordServer) -> str:
    """Return what `/corpus gaps` says."""
    asked = await server.run_command("corpus gaps", author=MODERATOR, channel="عام")
    return (await server.wait_for_reply(asked)).text


async def gaps_with(server: DiscordServer, words: str) -> str:
    """Return the gaps once they say some words: those of earlier processes are counted after the start."""
    async with waiting_for(f"gaps that say {words!r}"):
        while words not in (listed := await gaps(server)):  # noqa: ASYNC110 (the card tells nobody)
            await asyncio.sleep(0.1)
    return listed


async def answered(server: DiscordServer, question: str, author: str = "سارة") -> str:
    """Ask by a mention, and return what the answer says."""
    asked = await server.post_message("عام", author, f"<@bot> {question}")
    return (await server.wait_for_reply(asked)).text
