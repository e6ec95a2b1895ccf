"""The bot reads, writes and reacts as far as it may, and is told why not with Discord's own codes."""

import aiohttp
import discord
import pytest

from tests.discord_server import DiscordServer, Permission
from tests.discord_server.emoji import is_emoji
from tests.discord_server.small_client import SmallClient


def general(server: DiscordServer, client: SmallClient) -> discord.PartialMessageable:
    return client.get_partial_messageable(server.world.channel("عام").id)


@pytest.mark.parametrize(("token", "code"), [("wrong", 4004), (None, 4014)])
async def test_a_refused_identify_closes_with_its_code(server: DiscordServer, token: str | None, code: int) -> None:
    identify = {"op": 2, "d": {"token": token or server.token, "intents": discord.Intents.all().value}}
    async with aiohttp.ClientSession() as session, session.ws_connect(server.gateway_url) as socket:
        assert (await socket.receive_json())["op"] == 10
        await socket.send_json(identify)
        await socket.receive()
        assert socket.close_code == code


@pytest.mark.parametrize(("denied", "code"), [(Permission.VIEW_CHANNEL, 50001), (Permission.SEND_MESSAGES, 50013)])
async def test_what_the_bot_may_not_do_is_refused(
    server: DiscordServer, client: SmallClient, denied: Permission, code: int
) -> None:
    await server.deny("عام", denied)
    for attempt in (general(server, client).send("اقتباس"), general(server, client).typing()):
        with pytest.raises(discord.Forbidden) as refusal:
            await attempt
        assert refusal.value.code == code
    await server.allow("عام", denied)
    await general(server, client).send("اقتباس")
    assert server.violations == []


async def test_a_reply_to_what_is_gone_is_refused_or_dropped(server: DiscordServer, client: SmallClient) -> None:
    question = await server.post_message("عام", "سارة", "<@bot> سؤال")
    await server.delete_message(question)
    reference = discord.MessageReference(message_id=question.id, channel_id=question.channel_id)
    with pytest.raises(discord.HTTPException) as refusal:
        await general(server, client).send("جواب", reference=reference)
    assert refusal.value.code == 50035
    reference.fail_if_not_exists = False
    await general(server, client).send("جواب", reference=reference)
    assert [seen.reply_to for seen in server.messages("عام")] == [None]
    assert server.violations == []


async def test_only_its_own_messages_are_changed_and_deleted(server: DiscordServer, client: SmallClient) -> None:
    channel = general(server, client)
    question = channel.get_partial_message((await server.post_message("عام", "سارة", "حديث عادي")).id)
    own = await channel.send("أول")
    assert (await own.edit(content="أول منقح")).content == "أول منقح"
    await own.delete()
    for attempt, code in (
        (channel.fetch_message(own.id), 10008),
        (question.edit(content="لا"), 50005),
        (question.delete(), 50013),
    ):
        with pytest.raises(discord.HTTPException) as refusal:
            await attempt
        assert refusal.value.code == code
    assert server.violations == []


async def test_the_past_holds_what_the_bot_may_read(server: DiscordServer, client: SmallClient) -> None:
    channel = general(server, client)
    said = [await server.post_message("عام", "سارة", f"<@bot> {number}") for number in range(4)]
    plain = await server.post_message("عام", "ليلى", "حديث عادي")
    await server.post_message("عام", "ليلى", "<@bot> أصحيح هذا؟", reply_to=plain)
    await server.delete_message(said[-1])
    reply, unread, last = [message async for message in channel.history(limit=3)]
    assert (reply.content.rpartition(" ")[2], unread.content, last.id) == ("هذا؟", "", said[2].id)
    assert reply.reference is not None
    assert isinstance(reply.reference.resolved, discord.Message)
    assert reply.reference.resolved.content == ""
    first = channel.get_partial_message(said[0].id)
    assert [message.id async for message in channel.history(limit=2, after=first)] == [said[1].id, said[2].id]
    assert server.violations == []
    await server.deny("عام", Permission.READ_MESSAGE_HISTORY)
    assert [message async for message in channel.history()] == []
    for denied, code in ((Permission.READ_MESSAGE_HISTORY, 50013), (Permission.VIEW_CHANNEL, 50001)):
        await server.deny("عام", denied)
        with pytest.raises(discord.Forbidden) as refusal:
            await channel.fetch_message(said[0].id)
        assert refusal.value.code == code


@pytest.mark.parametrize("denied", [Permission.ADD_REACTIONS, Permission.READ_MESSAGE_HISTORY])
async def test_a_new_reaction_needs_permissions(server: DiscordServer, client: SmallClient, denied: Permission) -> None:
    said = await server.post_message("عام", "سارة", "حديث عادي")
    message = general(server, client).get_partial_message(said.id)
    await server.deny("عام", denied)
    with pytest.raises(discord.Forbidden) as refusal:
        await message.add_reaction("👍")
    assert refusal.value.code == 50013
    # Whoever joins a reaction that is there adds none.
    await server.allow("عام", Permission.READ_MESSAGE_HISTORY)
    await server.react(said, "👍", "ليلى")
    await message.add_reaction("👍")
    assert server.messages("عام")[0].reactions == {"👍": 2}
    with pytest.raises(discord.HTTPException) as unknown:
        await message.add_reaction("نعم")
    assert (unknown.value.status, unknown.value.code) == (400, 10014)
    assert server.violations == []


@pytest.mark.parametrize("text", ["👍", "❤️", "👩‍🔬", "🇲🇦", "✅", "☑️", "1️⃣", "ℹ️", "⏳", "↩️", "👍🏽"])
def test_emoji_are_told(text: str) -> None:
    assert is_emoji(text)


@pytest.mark.parametrize("text", ["", "نعم", "a", "1", "+", ":+1:", "👍 👍", "\ufe0f"])
def test_other_texts_are_no_emoji(text: str) -> None:
    assert not is_emoji(text)
