"""The gateway closes, resumes, forgets and babbles, and questions are still answered, each once."""

import pytest

from tests.discord_server import DiscordServer
from tests.e2e.coverage import QUESTION, QUOTED
from tests.e2e.program import Start
from tests.e2e.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def answers(server: DiscordServer) -> bool:
    question = await server.post_message("عام", "سارة", f"<@bot> {QUESTION}")
    return QUOTED in (await server.wait_for_reply(question)).text


async def resumed(server: DiscordServer, before: int) -> None:
    await server.until(lambda: len(server.gateway.resumes) > before, what="a resume")


async def test_events_sent_twice_are_answered_once(stage: Stage) -> None:
    question = await stage.server.post_message("عام", "سارة", f"<@bot> {QUESTION}")
    asked = await stage.server.run_command("ask", {"question": QUESTION}, author="سارة", channel="عام")
    await stage.server.wait_for_reply(question)
    await stage.server.wait_for_reply(asked)
    for session in stage.server.gateway.connected:
        for event in ("MESSAGE_CREATE", "INTERACTION_CREATE"):
            sent = [entry["d"] for entry in session.history if entry["t"] == event]
            session.dispatch(event, sent[-1])
    assert await answers(stage.server)
    with pytest.raises(TimeoutError):
        await stage.server.wait_for_reply(question, index=1, timeout=0)
    assert len(stage.server.interaction_replies(asked)) == 1


async def test_without_a_gateway_address_the_api_is_asked_for_one(server: DiscordServer, start: Start) -> None:
    await start(DISCORD_GATEWAY_URL="")
    assert await answers(server)


async def test_shards_answer_as_one(server: DiscordServer, start: Start) -> None:
    guild = next(iter(server.world.guilds))
    shard = str((guild >> 22) % 2)
    settings = {"DISCORD_SHARD_COUNT": "2", "DISCORD_SHARD_IDS": shard}
    await start(**settings)
    assert server.gateway.identifies[0]["shard"] == [int(shard), 2]
    assert await answers(server)
    before = len(server.gateway.resumes)
    server.gateway.reconnect()
    await resumed(server, before)
    assert await answers(server)
