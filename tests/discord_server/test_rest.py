"""The routes beside those of a plain conversation, each checked against Discord's description."""

import io

import discord
import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.small_client import SmallClient


def general(server: DiscordServer, client: SmallClient) -> discord.PartialMessageable:
    return client.get_partial_messageable(server.world.channel("عام").id)


async def test_messages_are_read_edited_and_deleted(server: DiscordServer, client: SmallClient) -> None:
    channel = general(server, client)
    question = await server.post_message("عام", "سارة", "حديث عادي")
    first, second = await channel.send("أول"), await channel.send("ثان")
    assert [message.content async for message in channel.history()] == ["ثان", "أول", ""]
    assert [message.id async for message in channel.history(after=question, limit=1)] == [first.id]
    assert (await first.edit(content="أول منقح", embed=discord.Embed(title="عنوان"))).embeds[0].title == "عنوان"
    assert (await channel.fetch_message(first.id)).content == "أول منقح"
    await second.delete()
    with pytest.raises(discord.NotFound) as gone:
        await channel.fetch_message(second.id)
    assert gone.value.code == 10008
    with pytest.raises(discord.Forbidden) as foreign:
        await channel.get_partial_message(question.id).edit(content="لا")
    assert foreign.value.code == 50005
    with pytest.raises(discord.Forbidden):
        await channel.get_partial_message(question.id).delete()
    assert server.violations == []


async def test_typing_reactions_and_files(server: DiscordServer, client: SmallClient) -> None:
    channel = general(server, client)
    async with channel.typing():
        message = await channel.send("ملف", file=discord.File(io.BytesIO(b"text"), "sources.txt"))
    assert [(file.filename, file.size) for file in message.attachments] == [("sources.txt", 4)]
    await message.add_reaction("👍")
    assert (await channel.fetch_message(message.id)).reactions[0].me
    assert client.user is not None
    await message.remove_reaction("👍", client.user)
    assert (await channel.fetch_message(message.id)).reactions == []
    assert server.violations == []


async def test_a_layout_stands_for_the_whole_message(server: DiscordServer, client: SmallClient) -> None:
    class Layout(discord.ui.LayoutView):
        box: discord.ui.Container["Layout"] = discord.ui.Container(
            discord.ui.TextDisplay("اقتباس"), discord.ui.Separator(), accent_colour=0x336699
        )

    await general(server, client).send(view=Layout())
    assert [seen.text for seen in server.messages("عام")] == ["اقتباس"]
    assert server.violations == []


async def test_people_and_places_are_fetched(server: DiscordServer, client: SmallClient) -> None:
    guild = await client.fetch_guild(client.guilds[0].id)
    sara, layla = server.world.user("سارة"), server.world.user("ليلى")
    assert guild.approximate_member_count == 5
    assert {role.name for role in await guild.fetch_roles()} == {"@everyone", "إسناد", "مشرفون", "باحثون"}
    assert {channel.name for channel in await guild.fetch_channels()} == {"عام", "الإشراف", "أسئلة"}
    assert len((await guild.fetch_member(layla.id)).roles) == 2
    assert (await client.fetch_user(sara.id)).display_name == "سارة"
    assert isinstance(await client.fetch_channel(server.world.channel("منشور").id), discord.Thread)
    assert [found.name async for found in client.fetch_guilds()] == ["إسناد"]
    for fetch in (client.fetch_user(1), client.fetch_channel(1), client.fetch_guild(1), guild.fetch_member(1)):
        with pytest.raises(discord.NotFound):
            await fetch
    assert server.violations == []


async def test_a_direct_channel_is_opened(server: DiscordServer, client: SmallClient) -> None:
    sara = server.world.user("سارة")
    await (await client.fetch_user(sara.id)).send("مرحبا")
    assert (await server.wait_for_message(server.direct_channel(sara))).content == "مرحبا"
    assert server.violations == []


async def test_a_thread_is_started_and_locked(server: DiscordServer, client: SmallClient) -> None:
    message = await general(server, client).send("أصل")
    thread = await client.guilds[0].text_channels[0].get_partial_message(message.id).create_thread(name="فرع")
    await thread.send("في الفرع")
    await server.lock_thread("فرع")
    with pytest.raises(discord.HTTPException) as locked:
        await thread.send("بعد الإقفال")
    assert locked.value.code == 50083
    assert server.violations == []


async def test_commands_of_a_guild_come_before_global_ones(server: DiscordServer, client: SmallClient) -> None:
    guild = client.guilds[0]
    client.tree.copy_global_to(guild=guild)
    (registered,) = await client.tree.sync(guild=guild)
    assert (await client.tree.fetch_command(registered.id, guild=guild)).name == "اسأل"
    assert server.commands.find("اسأل", guild.id) == server.commands.of_place(guild.id)[0]
    await client.tree.sync(guild=guild)
    assert server.commands.creations == 2
    edited = await registered.edit(description="وصف آخر", default_member_permissions=discord.Permissions(8))
    assert edited.description == "وصف آخر"
    await registered.delete()
    assert await client.tree.fetch_commands(guild=guild) == []
    assert server.violations == []


async def test_roles_change_while_the_bot_runs(server: DiscordServer, client: SmallClient) -> None:
    await server.give_role("سارة", "مشرفون")
    client.answers_message = lambda message: message.reply(str(len(message.author.roles)))  # type: ignore[union-attr]
    reply = await server.wait_for_reply(await server.post_message("الإشراف", "سارة", "<@bot> سؤال"))
    assert reply.content == "2"
    await server.take_role("سارة", "مشرفون")
    assert server.world.permissions(server.world.channel("الإشراف"), server.world.user("سارة")) == 0
