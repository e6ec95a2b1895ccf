"""Reactions and typing are seen by people, and people may shut the bot out."""

import discord
import pytest

from tests.discord_server import DiscordServer, Permission
from tests.discord_server.emoji import is_emoji
from tests.discord_server.small_client import SmallClient


async def plain(server: DiscordServer, client: SmallClient) -> discord.PartialMessage:
    """Let سارة write something and return it as the client reacts to it."""
    said = await server.post_message("عام", "سارة", "حديث عادي")
    return client.get_partial_messageable(said.channel_id).get_partial_message(said.id)


async def test_a_reaction_is_counted_and_taken_back(server: DiscordServer, client: SmallClient) -> None:
    message = await plain(server, client)
    await message.add_reaction("👍")
    await message.add_reaction("👍")
    (seen,) = server.messages("عام")
    await server.react(seen, "👍", "ليلى")
    await server.react(seen, "❤️", "ليلى")
    assert server.messages("عام")[0].reactions == {"👍": 2, "❤️": 1}
    assert client.user is not None
    await message.remove_reaction("👍", client.user)
    await server.react(seen, "❤️", "ليلى", added=False)
    assert server.messages("عام")[0].reactions == {"👍": 1}
    assert server.violations == []


@pytest.mark.parametrize("denied", [Permission.ADD_REACTIONS, Permission.READ_MESSAGE_HISTORY])
async def test_a_new_reaction_needs_permissions(server: DiscordServer, client: SmallClient, denied: Permission) -> None:
    message = await plain(server, client)
    await server.deny("عام", denied)
    with pytest.raises(discord.Forbidden) as refusal:
        await message.add_reaction("👍")
    assert refusal.value.code == 50013
    assert server.messages("عام")[0].reactions == {}
    assert server.violations == []


async def test_a_reaction_that_is_there_may_be_joined(server: DiscordServer, client: SmallClient) -> None:
    message = await plain(server, client)
    await server.deny("عام", Permission.ADD_REACTIONS)
    await server.react(server.messages("عام")[0], "👍", "ليلى")
    await message.add_reaction("👍")
    assert server.messages("عام")[0].reactions == {"👍": 2}


@pytest.mark.parametrize("emoji", ["نعم", "isnad:123456789012345678"])
async def test_what_is_no_emoji_is_unknown(server: DiscordServer, client: SmallClient, emoji: str) -> None:
    message = await plain(server, client)
    with pytest.raises(discord.HTTPException) as refusal:
        await message.add_reaction(emoji)
    assert (refusal.value.status, refusal.value.code) == (400, 10014)


@pytest.mark.parametrize("text", ["👍", "❤️", "👩‍🔬", "🇲🇦", "✅", "☑️", "1️⃣", "ℹ️", "⏳", "↩️", "👍🏽"])
def test_emoji_are_told(text: str) -> None:
    assert is_emoji(text)


@pytest.mark.parametrize("text", ["", "نعم", "a", "1", "+", ":+1:", "👍 👍", "\ufe0f"])
def test_other_texts_are_no_emoji(text: str) -> None:
    assert not is_emoji(text)


async def test_who_blocks_the_bot_is_out_of_reach(server: DiscordServer, client: SmallClient) -> None:
    message = await plain(server, client)
    await server.block_bot("سارة")
    with pytest.raises(discord.Forbidden) as refusal:
        await message.add_reaction("👍")
    assert refusal.value.code == 90001
    user = await client.fetch_user(server.world.user("سارة").id)
    with pytest.raises(discord.Forbidden) as closed:
        await user.send("مرحبا")
    assert closed.value.code == 50007
    await server.block_bot("سارة", blocked=False)
    await message.add_reaction("👍")
    assert server.violations == []


async def test_direct_messages_are_refused_until_taken_again(server: DiscordServer, client: SmallClient) -> None:
    user = await client.fetch_user(server.world.user("سارة").id)
    await server.refuse_direct_messages("سارة")
    channel = await user.create_dm()
    with pytest.raises(discord.Forbidden) as closed:
        await channel.send("مرحبا")
    assert closed.value.code == 50007
    await server.refuse_direct_messages("سارة", refused=False)
    await channel.send("مرحبا")
    assert [seen.content for seen in server.messages(server.direct_channel("سارة"))] == ["مرحبا"]
    assert server.violations == []


@pytest.mark.parametrize(("denied", "code"), [(Permission.SEND_MESSAGES, 50013), (Permission.VIEW_CHANNEL, 50001)])
async def test_typing_is_seen_where_it_is_allowed(
    server: DiscordServer, client: SmallClient, denied: Permission, code: int
) -> None:
    channel = client.get_partial_messageable(server.world.channel("عام").id)
    async with channel.typing():
        assert server.typing_in("عام") == 1
    await server.deny("عام", denied)
    with pytest.raises(discord.Forbidden) as refusal:
        await channel.typing()
    assert refusal.value.code == code
    assert (server.typing_in("عام"), server.typing_in("سلسلة")) == (1, 0)
    assert server.violations == []


async def test_a_reaction_reaches_those_who_ask_for_reactions(
    server: DiscordServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = SmallClient(discord.Intents(guilds=True, messages=True, reactions=True))
    async with client.running(server, monkeypatch):
        await server.wait_ready()
        said = await server.post_message("عام", "سارة", "<@bot> سؤال")
        await server.react(said, "👍", "ليلى")
        event: discord.RawReactionActionEvent = await client.next_event("raw_reaction_add")
        assert (event.message_id, event.emoji.name) == (said.id, "👍")
        assert event.message_author_id == server.world.user("سارة").id
        assert event.member is not None
        assert event.member.display_name == "ليلى"
