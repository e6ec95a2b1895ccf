"""A reload that takes long is seen to go on, past the end of its command, and the moderators' channel learns of it."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.chat.moderation import reloads
from bot.chat.service import Service
from bot.edition import Changes, ReloadOutcome, StageCallback
from bot.ops.supervision import in_background
from tests.chat.doubles import answerer, edition, editions, reloaded
from tests.chat.samples import answer, article
from tests.discord_server import DiscordServer, Permission
from tests.e2e.in_process import materials, settings_for

pytestmark = pytest.mark.asyncio(loop_scope="session")

MODERATION = "الإشراف"
MANY = tuple(article(f"خبر رقم {number} " + "كلمة " * 9) for number in range(90))


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reloads.Reloads.__init__, "__defaults__", (None, 0.05))
    # Where discord.py looks for Discord is set for the whole process; put it back afterwards.
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)


class SlowWork:
    """A reload that reads on when it is told to."""

    def __init__(self) -> None:
        self.percent = 10
        self.ended = threading.Event()

    def __call__(self, progress: StageCallback) -> ReloadOutcome:
        while not self.ended.wait(0.01):
            progress("reading", self.percent, 100)
        return reloaded(Changes(MANY, (), (), ()), by="<@7>")


@asynccontextmanager
async def serving(
    server: DiscordServer,
    work: Callable[[StageCallback], ReloadOutcome],
    *,
    has_channel: bool = True,
    every: float | None = None,
) -> AsyncIterator[None]:
    settings = settings_for(server)
    settings = replace(settings, corpus=settings.corpus.model_copy(update={"refresh": every}))
    if has_channel:
        channel = server.world.channel(MODERATION).id
        settings = replace(settings, discord=settings.discord.model_copy(update={"moderator_channel_id": channel}))
    found = answerer(lambda *_: answer(article()))
    stop = asyncio.Event()
    bot = Service(materials(settings, editions(edition(article()), work), found), stop)
    async with in_background(bot.parts.reloads.keep_fresh(every), ""):
        task = asyncio.create_task(bot.attempt())
        try:
            await server.wait_ready()
            await server.wait_for_command("corpus")
            yield
        finally:
            stop.set()
            await task
            # In a process of its own, its lock would end with it.
            await bot.parts.open_replies.close()


@pytest.mark.parametrize(("has_channel", "place"), [(True, MODERATION), (False, "عام")])
async def test_progress_goes_on_in_a_message_when_the_command_is_over(
    server: DiscordServer, has_channel: bool, place: str
) -> None:
    work = SlowWork()
    async with serving(server, work, has_channel=has_channel):
        asked = await server.run_command("corpus reload", author="ناصر", channel="عام")
        first = await server.wait_for_reply(asked)
        assert first.is_ephemeral
        assert "قراءة المقالات: ▰" in first.text
        server.clock.advance(seconds=15 * 60 + 1)
        work.percent = 60
        later = await server.wait_for_message(place)
        assert "60%" in later.text
        work.ended.set()
        last = await server.until(
            lambda: next((seen for seen in server.messages(place) if seen.attachments), None), what="the outcome"
        )
        assert last.id == later.id
        assert "أُضيف (90)" in last.text
        assert last.message.files["changes.txt"].decode().count("خبر رقم") == 90
        assert not last.pinged
        if has_channel:
            told = await server.wait_for_message(MODERATION, after=last.message)
            assert "إعادة بناء التغطية، بأمر من" in told.text
            assert not told.pinged


@pytest.mark.parametrize("has_begun", [True, False])
async def test_without_the_permission_to_attach_files_the_outcome_comes_without_one(
    server: DiscordServer, has_begun: bool
) -> None:
    work = SlowWork()
    await server.deny(MODERATION, Permission.ATTACH_FILES)
    async with serving(server, work):
        await server.wait_for_reply(await server.run_command("corpus reload", author="ناصر", channel="عام"))
        server.clock.advance(seconds=15 * 60 + 1)
        if has_begun:
            work.percent = 60
            await server.wait_for_message(MODERATION)
        work.ended.set()
        told = await server.until(
            lambda: next((seen for seen in server.messages(MODERATION) if "أُضيف (90)" in seen.text), None),
            what="the outcome",
        )
        assert not told.attachments


async def test_of_its_own_accord_the_bot_reloads_and_only_the_moderators_learn_of_it(server: DiscordServer) -> None:
    async with serving(server, lambda _: reloaded(Changes(MANY, (), (), ())), every=0.5):
        told = await server.wait_for_message(MODERATION)
        assert "بأمر من البوت نفسه" in told.text
        assert "أُضيف 90" in told.text
        assert server.messages("عام") == []


async def test_where_the_bot_may_not_write_the_moderator_is_written_to(server: DiscordServer) -> None:
    work = SlowWork()
    await server.deny(MODERATION, Permission.SEND_MESSAGES)
    async with serving(server, work):
        await server.wait_for_reply(await server.run_command("corpus reload", author="ناصر", channel="عام"))
        server.clock.advance(seconds=15 * 60 + 1)
        work.ended.set()
        told = await server.wait_for_message(server.direct_channel("ناصر"))
        assert "changes.txt" in told.message.files


async def test_a_message_that_somebody_deletes_comes_again(server: DiscordServer) -> None:
    work = SlowWork()
    async with serving(server, work, has_channel=False):
        await server.wait_for_reply(await server.run_command("corpus reload", author="ناصر", channel="عام"))
        server.clock.advance(seconds=15 * 60 + 1)
        work.percent = 60
        begun = await server.wait_for_message("عام")
        await server.delete_message(begun)
        work.ended.set()
        assert "أُضيف (90)" in (await server.wait_for_message("عام", after=begun.message)).text
