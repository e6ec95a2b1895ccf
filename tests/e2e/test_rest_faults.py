"""Discord's REST API fails in every way that it knows, and the asker still gets one answer."""

from dataclasses import replace

import pytest

from tests.discord_server import DiscordServer, Interaction, Message
from tests.discord_server.faults import Faults
from tests.e2e.coverage import QUESTION, QUOTED
from tests.e2e.prepared import MODULE
from tests.e2e.program import Start
from tests.e2e.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def answers_a_mention(stage: Stage) -> bool:
    question = await stage.server.post_message("عام", "سارة", f"<@bot> {QUESTION}")
    reply = await stage.server.wait_for_reply(question)
    with pytest.raises(TimeoutError):
        await stage.server.wait_for_reply(question, index=1, timeout=0.2)
    return QUOTED in reply.text


async def test_a_limit_for_all_met_by_a_request_that_is_given_up_silences_nobody(stage: Stage) -> None:
    """The typing of a slow answer meets the limit, and is given up when the answer is there."""
    general = stage.server.world.channel("عام").id
    stage.server.faults.add("POST", f"/channels/{general}/typing", Faults.rate_limited(1, is_global=True))
    hold = stage.server.faults.hold("POST", "/channels/*/messages")
    question = await stage.server.post_message("عام", "سارة", f"<@bot> {QUESTION}")
    await stage.server.until(lambda: not stage.server.faults.to_come, what="typing and an answer on its way")
    hold.release()
    assert QUOTED in (await stage.server.wait_for_reply(question)).text
    assert await answers_a_mention(stage)


async def test_a_limit_for_all_that_discord_py_does_not_wait_for_is_waited_for(stage: Stage) -> None:
    """The body says 90 seconds, so that discord.py raises at once, and the header two, so that this takes no longer."""
    limit = Faults.rate_limited(90, is_global=True)
    stage.server.faults.add(
        "POST", "/channels/*/messages", replace(limit, headers={**limit.headers, "Retry-After": "2"})
    )
    met = await stage.server.post_message("عام", "سارة", f"<@bot> {QUESTION}")
    await stage.server.until(lambda: not stage.server.faults.to_come or None, what="the limit")
    sent = [one for one in stage.server.requests if one.method == "POST" and one.path.endswith("/messages")]
    second = await stage.server.post_message("سلسلة", "سارة", f"<@bot> {QUESTION}")
    for question in (met, second):
        assert QUOTED in (await stage.server.wait_for_reply(question)).text
    after = [one for one in stage.server.requests if one.method == "POST" and one.path.endswith("/messages")]
    assert len(after) == len(sent) + 2


@pytest.mark.parametrize("kind", ["mention", "command"])
async def test_an_outage_longer_than_all_repetitions_is_waited_out(
    server: DiscordServer, start: Start, kind: str
) -> None:
    """Six tries fail: three with the answer, and three with the word that it failed."""
    await start(module=MODULE, PREPARED_PAUSES="1")
    asked: Message | Interaction
    if kind == "mention":
        server.faults.add("POST", "/channels/*/messages", Faults.cut(), times=6)
        asked = await server.post_message("عام", "سارة", f"<@bot> {QUESTION}")
    else:
        server.faults.add("PATCH", "/webhooks/*", Faults.cut(), times=6)
        asked = await server.run_command("ask", {"question": QUESTION}, author="سارة", channel="عام")
    assert QUOTED in (await server.wait_for_reply(asked)).text
    assert not server.faults.to_come
