"""What people write and change reaches the bot as far as it concerns it, and what it writes pings whom it may."""

from typing import Any

import discord
import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.small_client import SmallClient


async def changed(client: SmallClient) -> dict[str, Any]:
    """Wait for the next change of a message and return what the gateway sent."""
    event: discord.RawMessageUpdateEvent = await client.next_event("raw_message_edit")
    return dict(event.data)


async def test_what_does_not_concern_the_bot_is_blank(server: DiscordServer, client: SmallClient) -> None:
    client.answers_message = lambda message: message.reply("جواب")
    plain = await server.post_message("عام", "سارة", "حديث عادي")
    answer = await server.wait_for_reply(plain)
    await server.wait_for_reply(await server.post_message("عام", "سارة", "تتمة", reply_to=answer))
    await server.wait_for_reply(await server.post_message("عام", "سارة", "بصمت", reply_to=answer, ping=False))
    assert [message.content for message in client.heard] == ["", "تتمة", ""]


@pytest.mark.parametrize(("said", "read"), [("قيل إن الهدنة مددت.", ""), ("<@bot> متى؟", "متى؟")])
async def test_a_message_replied_to_is_read_only_if_it_concerns_the_bot(
    server: DiscordServer, client: SmallClient, said: str, read: str
) -> None:
    client.answers_message = lambda message: message.reply("جواب", mention_author=False)
    said_by_nasser = await server.post_message("عام", "ناصر", said)
    asked = await server.post_message("عام", "ليلى", "<@bot> أصحيح هذا؟", reply_to=said_by_nasser)
    await server.wait_for_reply(asked)
    reference = client.heard[-1].reference
    assert client.heard[-1].content.endswith("أصحيح هذا؟")
    assert reference is not None
    assert isinstance(reference.resolved, discord.Message)
    assert reference.resolved.content.endswith(read)
    assert bool(reference.resolved.content) is bool(read)
    assert reference.resolved.author.display_name == "ناصر"
    await server.delete_message(said_by_nasser)
    await server.edit_message(asked, "<@bot> أما زال هذا صحيحًا؟")
    event: discord.RawMessageUpdateEvent = await client.next_event("raw_message_edit")
    assert event.data["referenced_message"] is None
    assert server.violations == []


async def test_pings_follow_the_allowed_mentions(server: DiscordServer, client: SmallClient) -> None:
    sara, role = server.world.user("سارة"), server.world.role("باحثون", next(iter(server.world.guilds.values())))
    text = f"{sara.mention} {role.mention} @everyone `{server.world.user('ناصر').mention}`"
    client.answers_message = lambda message: message.reply(text)
    loud = await server.wait_for_reply(await server.post_message("عام", "ليلى", "<@bot> أ"))
    assert loud.pinged.users == ("سارة", "ليلى")
    assert (loud.pinged.roles, loud.pinged.everyone) == (("باحثون",), True)
    nobody = discord.AllowedMentions.none()
    client.answers_message = lambda message: message.reply(text, allowed_mentions=nobody)
    silent = await server.wait_for_reply(await server.post_message("عام", "ليلى", "<@bot> ب"))
    assert not silent.pinged
    view = discord.ui.LayoutView()
    view.add_item(discord.ui.TextDisplay(sara.mention))
    client.answers_message = lambda message: message.reply(view=view, mention_author=False)
    layout = await server.wait_for_reply(await server.post_message("عام", "ليلى", "<@bot> ج"))
    assert layout.pinged.users == ("سارة",)


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
    silent = await message.edit(content=sara.mention, allowed_mentions=discord.AllowedMentions.none())
    assert silent.mentions == []
    assert server.violations == []


async def test_a_private_thread_is_heard_by_its_members_alone(server: DiscordServer, client: SmallClient) -> None:
    world = server.world
    without, within = (
        world.add_private_thread(world.channel("عام"), name, world.user("سارة"), *others)
        for name, others in (("بلا بوت", ()), ("مع بوت", (world.bot,)))
    )
    await client.wait_until_ready()
    message = client.next_event("message")
    for thread in (without, within):
        server.platform.announcer.thread_created(thread)
        await server.post_message(thread, "سارة", "<@bot> سؤال")
    place = (await message).channel
    assert place.id == within.id
    assert isinstance(place, discord.Thread)
    assert place.is_private()
    assert not world.permissions(within, world.user("ليلى"))
    assert server.violations == []


async def test_a_webhook_writes_under_a_name_of_its_own(server: DiscordServer, client: SmallClient) -> None:
    heard = client.next_event("message")
    await server.post_message("عام", server.world.add_webhook("خبر"), "<@bot> سؤال")
    message = await heard
    assert message.webhook_id == message.author.id
    assert message.author.bot
    assert server.violations == []


async def test_a_ping_of_the_bots_role_shows_no_words(server: DiscordServer, client: SmallClient) -> None:
    guild = next(iter(server.world.guilds.values()))
    role = server.world.role("إسناد", guild)
    role.mentionable = True
    await client.wait_until_ready()
    heard = client.next_event("message")
    await server.post_message("عام", "سارة", f"{role.mention} سؤال")
    message = await heard
    assert [mentioned.id for mentioned in message.role_mentions] == [role.id]
    assert not message.content
    assert server.violations == []
