"""Votes reach those who listen for them; the parts run in this process for that."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.answering import Answer
from bot.chat.buttons.votes import Vote, VoteChange
from bot.chat.service import Service
from bot.ops.supervision import Backoff, keep_running
from bot.records.member_rows import keep_vote
from tests.chat.doubles import answerer, edition, editions
from tests.chat.samples import answer, article
from tests.discord_server import DiscordServer
from tests.e2e.buttons import ask, call, lose_question, press
from tests.e2e.in_process import materials, settings_for
from tests.patience import waiting_for

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "متى افتتحت المكتبة؟"


@pytest.fixture(autouse=True)
def _discord_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    # Where discord.py looks for Discord is set for the whole process.
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)


@asynccontextmanager
async def serving(server: DiscordServer, heard: asyncio.Queue[Vote]) -> AsyncIterator[Service]:
    """Run the service, and put the votes that it hears of into a queue."""

    def found(*_: object) -> Answer:
        return answer(article())

    stop = asyncio.Event()
    answering = answerer(found, answer(article()).quotes)
    service = Service(materials(settings_for(server), editions(edition(article())), answering), stop)
    service.parts.votes.listeners.append(heard.put_nowait)
    backoff = Backoff(draw=lambda: 0.0)
    running = asyncio.create_task(keep_running(service.attempt, stop=stop, is_final=lambda _: False, backoff=backoff))
    kept = asyncio.create_task(service.parts.records.run())
    await server.wait_ready()
    await server.wait_for_command("ask")
    yield service
    stop.set()
    await running
    # In a process of its own, its lock would end with it.
    await service.parts.open_replies.close()
    kept.cancel()
    await asyncio.gather(kept, return_exceptions=True)


async def next_vote(heard: asyncio.Queue[Vote]) -> Vote:
    async with waiting_for("a vote"):
        return await heard.get()


async def test_each_person_s_vote_on_an_answer_and_each_change_of_it_is_passed_on(server: DiscordServer) -> None:
    heard: asyncio.Queue[Vote] = asyncio.Queue()
    async with serving(server, heard):
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
    heard_of = sorted((vote.question or "", vote.helpful, vote.change is not VoteChange.FIRST) for vote in votes)
    assert heard_of == [("", False, False), (QUESTION, False, False), (QUESTION, False, True), (QUESTION, True, False)]
    assert {(vote.titles, vote.public_guild_id) for vote in votes} == {((title,), guild), ((), None)}
    assert votes[0].url.endswith(f"/{answers[0].id}")


async def test_a_vote_on_a_question_that_is_gone_is_passed_on_without_it(server: DiscordServer) -> None:
    heard: asyncio.Queue[Vote] = asyncio.Queue()
    async with serving(server, heard):
        shown = await ask(server, question=QUESTION)
        lose_question(server, shown)
        await press(server, shown, "👍")
        assert (await next_vote(heard)).question is None


async def test_the_opposite_of_a_vote_of_an_earlier_run_takes_nothing_from_the_figures_of_this_one(
    server: DiscordServer,
) -> None:
    heard: asyncio.Queue[Vote] = asyncio.Queue()
    async with serving(server, heard) as service:
        shown = await ask(server, question=QUESTION)
        earlier = partial(keep_vote, is_helpful=False, url="https://discord.com/channels/1/2/3", voted_at=1000)
        service.parts.records.write(partial(earlier, message_id=shown.id, member_id=server.world.user("سارة").id))
        await press(server, shown, "👍")
        assert (await next_vote(heard)).change is VoteChange.CHANGED_LATER
        assert dict(service.parts.handler.metrics.votes) == {"helpful": 1, "unhelpful": 0}
        await press(server, shown, "👎")
        assert (await next_vote(heard)).change is VoteChange.CHANGED
        assert dict(service.parts.handler.metrics.votes) == {"helpful": 0, "unhelpful": 1}
