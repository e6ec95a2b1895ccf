"""People change and delete what they wrote, and the bot hears of it."""

from typing import Any

import discord
import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.small_client import SmallClient


async def changed(client: SmallClient) -> dict[str, Any]:
    """Wait for the next change of a message and return what the gateway sent."""
    event: discord.RawMessageUpdateEvent = await client.next_event("raw_message_edit")
    return dict(event.data)


async def test_an_edit_carries_the_whole_message(server: DiscordServer, client: SmallClient) -> None:
    question = await server.post_message("عام", "سارة", "<@bot> سؤل")
    await server.edit_message(question, "<@bot> سؤال")
    data = await changed(client)
    assert data["content"] == f"{server.world.bot.mention} سؤال"
    assert data["edited_timestamp"] is not None
    assert data["author"]["global_name"] == "سارة"
    assert data["member"]["roles"] == []
    assert data["guild_id"] == str(client.guilds[0].id)
    assert [mention["id"] for mention in data["mentions"]] == [str(server.world.bot.id)]
    assert data["mentions"][0]["member"]["roles"]
    assert server.violations == []


async def test_an_edit_gives_and_takes_the_mention(server: DiscordServer, client: SmallClient) -> None:
    message = await server.post_message("عام", "سارة", "متى بدأ الحصار؟")
    await server.edit_message(message, "<@bot> متى بدأ الحصار؟")
    data = await changed(client)
    assert data["content"].endswith("متى بدأ الحصار؟")
    assert [mention["id"] for mention in data["mentions"]] == [str(server.world.bot.id)]
    assert not server.messages("عام")[0].pinged
    await server.edit_message(message, "متى بدأ الحصار؟")
    data = await changed(client)
    assert (data["content"], data["mentions"]) == ("", [])


@pytest.mark.parametrize(("ping", "content"), [(True, "تتمة أخرى"), (False, "")])
async def test_an_edited_reply_keeps_its_ping(
    server: DiscordServer, client: SmallClient, ping: bool, content: str
) -> None:
    client.answers_message = lambda message: message.reply("جواب")
    answer = await server.wait_for_reply(await server.post_message("عام", "سارة", "<@bot> سؤال"))
    client.answers_message = None
    further = await server.post_message("عام", "سارة", "تتمة", reply_to=answer, ping=ping)
    await server.edit_message(further, "تتمة أخرى")
    data = await changed(client)
    assert data["content"] == content
    assert bool(data["mentions"]) is ping
    assert data["referenced_message"]["content"] == "جواب"


async def test_an_edit_in_a_direct_conversation_is_read_whole(server: DiscordServer, client: SmallClient) -> None:
    message = await server.post_message(server.direct_channel("سارة"), "سارة", "سؤل")
    await server.edit_message(message, "سؤال")
    assert (await changed(client))["content"] == "سؤال"


async def test_a_preview_changes_a_message_without_an_edit(server: DiscordServer, client: SmallClient) -> None:
    question = await server.post_message("عام", "سارة", "<@bot> ما قول https://example.org/a ؟")
    await server.unfurl(question)
    data = await changed(client)
    assert data["edited_timestamp"] is None
    assert [embed["url"] for embed in data["embeds"]] == ["https://example.org/a"]
    assert data["content"].startswith(server.world.bot.mention)
    assert server.violations == []


async def test_the_bots_own_edit_mentions_anew_and_notifies_nobody(server: DiscordServer, client: SmallClient) -> None:
    sara = server.world.user("سارة")
    channel = client.get_partial_messageable(server.world.channel("عام").id)
    message = await channel.send("جواب")
    edited = await message.edit(content=f"جواب {sara.mention}")
    assert [user.id for user in edited.mentions] == [sara.id]
    assert not server.messages("عام")[0].pinged
    again = await message.edit(embed=discord.Embed(title="مصدر"), allowed_mentions=discord.AllowedMentions.none())
    assert [user.id for user in again.mentions] == [sara.id]
    silent = await message.edit(content=sara.mention, allowed_mentions=discord.AllowedMentions.none())
    assert silent.mentions == []
    assert server.violations == []


async def test_messages_are_deleted_singly_and_together(server: DiscordServer, client: SmallClient) -> None:
    first, second, third = [await server.post_message("عام", "سارة", f"<@bot> {n}") for n in range(3)]
    await server.delete_message(second)
    assert (await client.next_event("raw_message_delete")).message_id == second.id
    await server.delete_messages([first, third])
    event = await client.next_event("raw_bulk_message_delete")
    assert (event.message_ids, event.channel_id, event.guild_id) == (
        {first.id, third.id},
        first.channel_id,
        client.guilds[0].id,
    )
    assert server.messages("عام") == []
