"""A channel's past is read a page at a time, as far as the bot may read it."""

from typing import Any

import discord
import pytest

from tests.discord_server import DiscordServer, Permission
from tests.discord_server.message import Message
from tests.discord_server.small_client import SmallClient


@pytest.fixture
async def said(server: DiscordServer) -> list[Message]:
    return [await server.post_message("عام", "سارة", f"<@bot> {number}") for number in range(7)]


async def page(server: DiscordServer, client: SmallClient, **query: Any) -> list[str]:
    """Return the last words of the messages of a page, as the bot reads them."""
    channel = server.world.channel("عام").id
    answer = await client.http.request(discord.http.Route("GET", f"/channels/{channel}/messages"), params=query)
    return [message["content"].rpartition(" ")[2] for message in answer]


@pytest.mark.parametrize(
    ("anchors", "limit", "expected"),
    [
        ({}, 3, "6 5 4"),
        ({"before": 3}, 2, "2 1"),
        ({"after": 3}, 2, "5 4"),
        ({"around": 3}, 3, "4 3 2"),
        ({"around": 0}, 4, "3 2 1 0"),
        ({"around": 6}, 1, "6"),
    ],
)
@pytest.mark.usefixtures("said")
async def test_a_page_is_newest_first(
    server: DiscordServer, client: SmallClient, anchors: dict[str, int], limit: int, expected: str
) -> None:
    messages = server.messages("عام")
    query = {anchor: messages[index].id for anchor, index in anchors.items()}
    assert await page(server, client, limit=limit, **query) == expected.split()
    assert server.violations == []


async def test_the_past_holds_what_the_bot_may_read(
    server: DiscordServer, client: SmallClient, said: list[Message]
) -> None:
    plain = await server.post_message("عام", "ليلى", "حديث عادي")
    await server.post_message("عام", "ليلى", "<@bot> أصحيح هذا؟", reply_to=plain)
    await server.delete_message(said[-1])
    channel = client.get_partial_messageable(plain.channel_id)
    reply, unread, *_ = [message async for message in channel.history(limit=3)]
    assert reply.content.endswith("أصحيح هذا؟")
    assert reply.reference is not None
    assert isinstance(reply.reference.resolved, discord.Message)
    assert (reply.reference.resolved.content, unread.content) == ("", "")
    server.world.privileged_intents = discord.Intents(message_content=True).value
    assert await page(server, client, limit=3) == ["هذا؟", "عادي", "5"]
    assert server.violations == []


async def test_without_the_history_there_is_nothing(
    server: DiscordServer, client: SmallClient, said: list[Message]
) -> None:
    channel = client.get_partial_messageable(said[0].channel_id)
    await server.deny("عام", Permission.READ_MESSAGE_HISTORY)
    assert await page(server, client) == []
    with pytest.raises(discord.Forbidden) as one:
        await channel.fetch_message(said[0].id)
    assert one.value.code == 50013
    await server.deny("عام", Permission.VIEW_CHANNEL)
    with pytest.raises(discord.Forbidden) as unseen:
        await page(server, client)
    assert unseen.value.code == 50001
    assert server.violations == []


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 101}, {"around": "س"}, {"before": "1", "after": "1"}])
async def test_a_wrong_query_is_refused(server: DiscordServer, client: SmallClient, query: dict[str, Any]) -> None:
    with pytest.raises(discord.HTTPException) as refusal:
        await page(server, client, **query)
    assert refusal.value.code == 50035
    assert [violation.kind for violation in server.violations] == ["limit"]
