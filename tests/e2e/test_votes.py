"""Votes reach those who listen for them; the parts run in this process for that."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.answering import Answer, Gaps
from bot.chat.buttons import Vote
from bot.chat.service import Service
from bot.ops.supervision import Backoff, keep_running
from tests.chat.doubles import answerer, edition, editions
from tests.chat.samples import ARABIC, answer, article
from tests.discord_server import DiscordServer
from tests.e2e.buttons import ask, call, lose_question, press
from tests.e2e.in_process import NOTHING_ADDED, passing_records, settings_for
from tests.patience import PATIENCE

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "متى افتتحت المكتبة؟"


@pytest.fixture(autouse=True)
def _discord_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    # Where discord.py looks for Discord is set for the whole process.
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)


@asynccontextmanager
async def serving(server: DiscordServer) -> AsyncIterator[asyncio.Queue[Vote]]:
    """Run the service, and yield the votes that it hears of."""
    heard: asyncio.Queue[Vote] = asyncio.Queue()

    def found(*_: object) -> Answer:
        return answer(article())

    stop = asyncio.Event()
    answering, gaps = answerer(found, answer(article()).quotes), cast("Gaps", None)
    service = Service(
        settings_for(server),
        ARABIC,
        editions(edition(article())),
        answering,
        stop,
        gaps=gaps,
        records=passing_records(),
        added=NOTHING_ADDED,
    )
    service.votes.listeners.append(heard.put)
    backoff = Backoff(draw=lambda: 0.0)
    task = asyncio.create_task(keep_running(service.attempt, stop=stop, is_final=lambda _: False, backoff=backoff))
    await server.wait_ready()
    await server.wait_for_command("ask")
    yield heard
    stop.set()
    await task


async def next_vote(heard: asyncio.Queue[Vote]) -> Vote:
    async with asyncio.timeout(PATIENCE):
        return await heard.get()


async def test_each_person_s_vote_on_an_answer_and_each_change_of_it_is_passed_on(server: DiscordServer) -> None:
    async with serving(server) as heard:
        answers = [await ask(server, question=QUESTION), await call(server, "سارة", QUESTION)]
        for author, button in (("سارة", "👍"), ("ناصر", "👎"), ("سارة", "👎")):
            await press(server, answers[0], button, author)
        await press(server, answers[1], "👎")
        await press(server, answers[1], "👎")
        votes = [await next_vote(heard) for _ in range(4)]
        assert heard.empty()
    guild = next(iter(server.world.guilds))
    title = article().title
    # A vote whose question is looked up may be passed on behind a later one.
    heard_of = sorted((vote.question or "", vote.helpful, vote.is_changed) for vote in votes)
    assert heard_of == [("", False, False), (QUESTION, False, False), (QUESTION, False, True), (QUESTION, True, False)]
    assert {(vote.titles, vote.public_guild_id) for vote in votes} == {((title,), guild), ((), None)}
    assert votes[0].url.endswith(f"/{answers[0].id}")


async def test_a_vote_on_a_question_that_is_gone_is_passed_on_without_it(server: DiscordServer) -> None:
    async with serving(server) as heard:
        shown = await ask(server, question=QUESTION)
        lose_question(server, shown)
        await press(server, shown, "👍")
        assert (await next_vote(heard)).question is None
