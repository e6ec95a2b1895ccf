"""The bot logs in, hears people and is heard."""

import discord
import pytest

from tests.discord_server import DiscordServer, Permission
from tests.discord_server.small_client import SmallClient


async def test_a_client_logs_in_and_registers_its_command(server: DiscordServer, client: SmallClient) -> None:
    await client.wait_until_ready()
    assert client.user is not None
    assert client.user.id == server.world.bot.id
    assert [guild.name for guild in client.guilds] == ["إسناد"]
    assert {thread.name for thread in client.guilds[0].threads} == {"سلسلة", "منشور"}
    assert server.commands.creations == 1
    assert server.gateway.identifies[0]["intents"] == client.intents.value
    assert server.violations == []


async def test_a_mention_is_answered_by_a_reply(server: DiscordServer, client: SmallClient) -> None:
    client.answers_message = lambda message: message.reply(f"سمعت: {message.content}")
    question = await server.post_message("عام", "سارة", "<@bot> متى بدأ الحصار؟")
    reply = await server.wait_for_reply(question)
    assert reply.content == f"سمعت: {server.world.bot.mention} متى بدأ الحصار؟"
    assert reply.pinged.users == ("إسناد", "سارة")
    assert reply.reply_to == question.id
    assert server.violations == []


@pytest.mark.parametrize("place", ["سلسلة", "منشور"])
async def test_threads_and_posts_are_channels_too(server: DiscordServer, client: SmallClient, place: str) -> None:
    client.answers_message = lambda message: message.reply("نعم")
    question = await server.post_message(place, "ليلى", "<@bot> سؤال")
    assert (await server.wait_for_reply(question)).channel == place
    assert server.violations == []


async def test_direct_messages_are_read_whole(server: DiscordServer, client: SmallClient) -> None:
    client.answers_message = lambda message: message.reply(message.content)
    question = await server.post_message(server.direct_channel("سارة"), "سارة", "سؤال خاص")
    assert (await server.wait_for_reply(question)).content == "سؤال خاص"
    assert server.violations == []


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


async def test_a_client_with_the_content_intent_reads_everything(
    server: DiscordServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    intents = discord.Intents(guilds=True, messages=True, message_content=True)
    server.world.privileged_intents = intents.value
    client = SmallClient(intents)
    async with client.running(server, monkeypatch):
        await server.wait_ready()
        client.answers_message = lambda message: message.reply(message.content)
        plain = await server.post_message("عام", "سارة", "حديث عادي")
        assert (await server.wait_for_reply(plain)).content == "حديث عادي"


async def test_edits_and_deletions_reach_the_client(server: DiscordServer, client: SmallClient) -> None:
    question = await server.post_message("عام", "سارة", "<@bot> سؤل")
    await server.edit_message(question, "<@bot> سؤال")
    _, after = await client.next_event("message_edit")
    assert after.content.endswith("سؤال")
    await server.delete_message(question)
    assert (await client.next_event("raw_message_delete")).message_id == question.id


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


@pytest.mark.parametrize(
    ("denied", "code"),
    [(Permission.VIEW_CHANNEL, 50001), (Permission.SEND_MESSAGES, 50013), (Permission.EMBED_LINKS, 50013)],
)
async def test_what_the_bot_may_not_do_is_refused(
    server: DiscordServer, client: SmallClient, denied: Permission, code: int
) -> None:
    channel = client.get_partial_messageable(server.world.channel("عام").id)
    await server.deny("عام", denied)
    with pytest.raises(discord.Forbidden) as refusal:
        await channel.send(embed=discord.Embed(description="اقتباس"))
    assert refusal.value.code == code
    await server.allow("عام", denied)
    await channel.send(embed=discord.Embed(description="اقتباس"))
    assert server.violations == []


async def test_a_reply_to_what_is_gone_is_refused_or_dropped(server: DiscordServer, client: SmallClient) -> None:
    question = await server.post_message("عام", "سارة", "<@bot> سؤال")
    await server.delete_message(question)
    channel = client.get_partial_messageable(question.channel_id)
    reference = discord.MessageReference(message_id=question.id, channel_id=question.channel_id)
    with pytest.raises(discord.HTTPException) as refusal:
        await channel.send("جواب", reference=reference)
    assert refusal.value.code == 50035
    reference.fail_if_not_exists = False
    await channel.send("جواب", reference=reference)
    assert [seen.reply_to for seen in server.messages("عام")] == [None]
    assert server.violations == []
