"""Threads, and the posts of forums, as they come and go."""

import pytest

from tests.discord_server import Channel, DiscordServer, Message
from tests.e2e.coverage import QUESTION, QUOTED
from tests.e2e.program import Start
from tests.e2e.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


def open_thread(server: DiscordServer, parent: str, name: str, *, announced: bool = True) -> Channel:
    thread = server.world.add_thread(server.world.channel(parent), name, server.world.user("سارة"))
    if announced:
        server.platform.announcer.thread_created(thread)
    return thread


async def begin(server: DiscordServer, thread: Channel, content: str) -> Message:
    """Write the first message of a forum's post, which has the post's own id."""
    snowflakes = server.world.snowflakes
    usual = snowflakes.next
    snowflakes.next = lambda: thread.id  # type: ignore[method-assign]
    try:
        return await server.post_message(thread, "سارة", content)
    finally:
        snowflakes.next = usual  # type: ignore[method-assign]


@pytest.mark.parametrize("announced", [True, False])
async def test_the_first_message_of_a_forum_s_post_is_answered_in_it(stage: Stage, announced: bool) -> None:
    thread = open_thread(stage.server, "أسئلة", f"سؤال عن المكتبة {announced}", announced=announced)
    asked = await begin(stage.server, thread, f"<@bot> {QUESTION}")
    assert QUOTED in (await stage.server.wait_for_reply(asked)).text


async def test_threads_belong_to_their_channel_also_unheard_of(server: DiscordServer, start: Start) -> None:
    general = str(server.world.channel("عام").id)
    await start(DISCORD_CHANNEL_IDS=general)
    for announced in (True, False):
        inside = open_thread(server, "عام", f"داخل {announced}", announced=announced)
        outside = open_thread(server, "أسئلة", f"خارج {announced}", announced=announced)
        left_alone = await begin(server, outside, f"<@bot> {QUESTION}")
        asked = await server.post_message(inside, "سارة", f"<@bot> {QUESTION}")
        assert QUOTED in (await server.wait_for_reply(asked)).text
        called = await server.run_command("ask", {"question": QUESTION}, author="سارة", channel=inside)
        assert QUOTED in (await server.wait_for_reply(called)).text
        await server.no_reply(left_alone)
