"""What is asked while nobody listens is answered afterwards, once."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from discord.utils import time_snowflake, utcnow

from bot.chat.admission import ASK_AGAIN
from bot.chat.waiting_room import WAITING
from tests.discord_server import DiscordServer, Message, Permission, Seen
from tests.discord_server.faults import Faults
from tests.e2e.coverage import QUESTION, TRAM_QUESTION, TRAM_QUOTED
from tests.e2e.program import Start

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def ask(server: DiscordServer, question: str = QUESTION, place: str = "عام") -> Message:
    return await server.post_message(place, "سارة", f"<@bot> {question}")


def replies_to(server: DiscordServer, asked: Message) -> list[Seen]:
    return [one for one in server.messages(asked.channel_id) if one.reply_to == asked.id]


async def until_answered(server: DiscordServer, asked: Sequence[Message]) -> None:
    def is_so() -> bool:
        return all(replies_to(server, question) for question in asked)

    await server.until(lambda: is_so() or None, what="answers to all questions")
    assert all(len(replies_to(server, question)) == 1 for question in asked)


def history_read(server: DiscordServer) -> set[str]:
    """Return the paths of the channels that were read back."""
    return {each.path for each in server.requests if each.method == "GET" and each.route.endswith("/messages")}


async def test_what_was_asked_before_the_start_is_answered_where_nobody_has(
    server: DiscordServer, start: Start
) -> None:
    first = await start()
    answered = await ask(server)
    await server.wait_for_reply(answered)
    assert await first.stop() == 0, first.log
    asked = [await ask(server, TRAM_QUESTION), await ask(server, place="سلسلة")]
    unaddressed = await server.post_message("عام", "سارة", QUESTION)
    declined = await ask(server)
    await server.react(declined, ASK_AGAIN, server.world.bot)
    await server.react(asked[0], WAITING, server.world.bot)
    await start()
    await until_answered(server, asked)
    assert TRAM_QUOTED in replies_to(server, asked[0])[0].text
    await server.until(lambda: WAITING not in asked[0].reactions or None, what="the end of the mark")
    assert len(replies_to(server, answered)) == 1
    assert not replies_to(server, unaddressed)
    assert not replies_to(server, declined)


async def test_channels_where_nothing_was_written_lately_are_not_read(server: DiscordServer, start: Start) -> None:
    asked = await ask(server)
    await server.post_message("الإشراف", "سارة", "مرحبا")
    await server.deny("الإشراف", Permission.READ_MESSAGE_HISTORY)
    await start()
    await until_answered(server, [asked])
    assert history_read(server) == {f"/channels/{asked.channel_id}/messages"}


async def test_what_was_asked_long_ago_is_left_alone(server: DiscordServer, start: Start) -> None:
    snowflakes = server.world.snowflakes
    usual, long_ago = snowflakes.next, time_snowflake(utcnow() - timedelta(minutes=11))
    snowflakes.next = lambda: long_ago  # type: ignore[method-assign]
    old = await ask(server)
    snowflakes.next = usual  # type: ignore[method-assign]
    asked = await ask(server)
    program = await start()
    await until_answered(server, [asked])
    assert await program.stop() == 0, program.log
    assert not replies_to(server, old)


async def test_ten_minutes_are_by_discord_s_clock(server: DiscordServer, start: Start) -> None:
    """As where a machine starts before it has asked anybody for the time."""
    snowflakes = server.world.snowflakes
    snowflakes.ahead = 2 * 3600 - 700
    old = await ask(server, place="سلسلة")
    snowflakes.ahead = 2 * 3600
    asked = [await ask(server), await ask(server, place="سلسلة")]
    program = await start()
    await until_answered(server, asked)
    assert await program.stop() == 0, program.log
    assert not replies_to(server, old)


async def test_a_channel_that_cannot_be_read_at_once_is_read_again(server: DiscordServer, start: Start) -> None:
    asked = await ask(server)
    server.faults.add("GET", f"/channels/{asked.channel_id}/messages", Faults.status(503))
    await start()
    await until_answered(server, [asked])


@pytest.mark.parametrize("place", ["عام", pytest.param("سارة", marks=pytest.mark.slow)])
async def test_what_was_asked_between_two_sessions_is_answered(server: DiscordServer, start: Start, place: str) -> None:
    await start()
    there = server.direct_channel("سارة") if place == "سارة" else server.world.channel(place)
    before = await server.post_message(there, "سارة", f"<@bot> {QUESTION}")
    await server.wait_for_reply(before)
    server.gateway.invalidate(resumable=False)
    between = await server.post_message(there, "سارة", f"<@bot> {TRAM_QUESTION}")
    await server.until(lambda: len(server.gateway.identifies) == 2, what="a new session")
    assert TRAM_QUOTED in (await server.wait_for_reply(between)).text
    await until_answered(server, [before, between])
