"""Commands, menus and buttons are used by those who are offered them, and say who uses them and where."""

from typing import Any

import discord
import pytest
from discord import app_commands

from tests.discord_server import CommandUnavailable, DiscordServer, Permission, Upload
from tests.discord_server.small_client import SmallClient

ASK = {"سؤال": "متى بدأ الحصار؟"}


async def whisper(interaction: discord.Interaction) -> None:
    await interaction.response.send_message(interaction.user.display_name, ephemeral=True)


async def test_the_interaction_says_who_asks_and_where(server: DiscordServer, client: SmallClient) -> None:
    seen: list[discord.Interaction] = []

    async def answer(interaction: discord.Interaction) -> None:
        seen.append(interaction)
        await interaction.response.send_message("نعم")

    client.answers_interaction = answer
    for author in ("سارة", "ناصر"):
        await server.wait_for_reply(await server.run_command("اسأل", ASK, author=author, channel="سلسلة"))
    plain, moderator = seen
    assert not plain.permissions.manage_guild
    assert moderator.permissions.manage_guild
    assert plain.app_permissions.send_messages_in_threads
    assert isinstance(plain.channel, discord.Thread)
    assert plain.guild is not None
    direct = await server.run_command("اسأل", ASK, author="سارة", channel=server.direct_channel("سارة"))
    await server.wait_for_reply(direct)
    assert isinstance(seen[-1].channel, discord.DMChannel)
    assert server.violations == []


async def test_a_client_offers_only_what_is_registered_and_allowed(server: DiscordServer, client: SmallClient) -> None:
    group = app_commands.Group(
        name="corpus",
        description="المدونة",
        default_permissions=discord.Permissions(manage_guild=True),
        guild_only=True,
    )

    @group.command(name="reload", description="أعد التحميل")
    async def reload(interaction: discord.Interaction, sure: bool) -> None:
        await interaction.response.send_message(f"تم {sure}")

    client.tree.add_command(group)
    await client.tree.sync()
    for name, author, channel in (
        ("corpus reload", "سارة", "عام"),
        ("corpus forget", "ناصر", "عام"),
        ("corpus", "ناصر", "عام"),
        ("nothing", "ناصر", "عام"),
        ("corpus reload", "ناصر", server.direct_channel("ناصر")),
    ):
        with pytest.raises(CommandUnavailable):
            await server.run_command(name, {"sure": True}, author=author, channel=channel)
    with pytest.raises(CommandUnavailable, match="required"):
        await server.run_command("corpus reload", author="ناصر", channel="عام")
    allowed = await server.run_command("corpus reload", {"sure": True}, author="ناصر", channel="عام")
    forced = await server.run_command("corpus reload", {"sure": False}, author="سارة", channel="عام", force=True)
    assert (await server.wait_for_reply(allowed)).content == "تم True"
    assert (await server.wait_for_reply(forced)).content == "تم False"
    assert server.violations == []


@pytest.mark.parametrize("focused", ["صحيفة", "لا شيء"])
async def test_what_completes_nothing_is_not_completed(
    server: DiscordServer, client: SmallClient, focused: str
) -> None:
    @client.tree.command(name="تغطية", description="المواد")
    @app_commands.rename(outlet="صحيفة", title="مادة")
    async def coverage(interaction: discord.Interaction, outlet: str, title: str) -> None:
        await interaction.response.send_message(f"{outlet} {title}")

    @coverage.autocomplete("title")
    async def titles(_: discord.Interaction[Any], current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=current, value=current)]

    await client.tree.sync()
    choices = await server.autocomplete("تغطية", {"صحيفة": "س", "مادة": "ح"}, "مادة", author="سارة", channel="عام")
    assert choices == [{"name": "ح", "value": "ح"}]
    with pytest.raises(CommandUnavailable):
        await server.autocomplete("تغطية", {focused: "س"}, focused, author="سارة", channel="عام")


async def test_a_menu_is_found_by_any_name_until_its_message_is_gone(
    server: DiscordServer, client: SmallClient
) -> None:
    menu = app_commands.ContextMenu(name="ابحث عنها", callback=judge)
    client.tree.add_command(menu)
    await client.tree.sync()
    [command] = [one for one in server.commands.of_place() if one["name"] == menu.name]
    command["name_localizations"] = {"en-US": "Look it up", "fr": "Chercher"}
    said = await server.post_message("عام", "ليلى", "قيل إن الهدنة مددت.")
    for name in (menu.name, "Look it up", "Chercher"):
        asked = await server.run_context_menu(name, said, author="سارة", channel="عام")
        assert (await server.wait_for_reply(asked)).content == "قيل إن الهدنة مددت."
        assert asked.data["name"] == menu.name
    await server.delete_message(said)
    with pytest.raises(CommandUnavailable, match="gone"):
        await server.run_context_menu(menu.name, said, author="سارة", channel="عام")
    assert server.violations == []


async def judge(interaction: discord.Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(message.content)


async def test_whoever_sees_a_message_presses_its_buttons(server: DiscordServer, client: SmallClient) -> None:
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="المزيد", custom_id="more"))
    client.answers_message = lambda message: message.reply("جواب", view=view)
    public = await server.wait_for_reply(await server.post_message("عام", "سارة", "<@bot> سؤال"))
    client.answers_interaction = lambda interaction: interaction.response.send_message(
        "جواب", view=view, ephemeral=True
    )
    private = await server.wait_for_reply(await server.run_command("اسأل", ASK, author="سارة", channel="عام"))
    client.answers_interaction = whisper
    for pressed, author in ((public, "ليلى"), (private, "سارة")):
        reply = await server.wait_for_reply(await server.press_button(pressed, "المزيد", author))
        assert reply.content == author
    with pytest.raises(CommandUnavailable, match="does not see"):
        await server.press_button(private, "المزيد", "ناصر")
    await server.deny("عام", Permission.VIEW_CHANNEL, "ليلى")
    with pytest.raises(CommandUnavailable, match="does not see"):
        await server.press_button(public, "المزيد", "ليلى")
    assert server.violations == []


async def test_a_file_and_a_forwarded_message_reach_the_bot(server: DiscordServer, client: SmallClient) -> None:
    read: list[object] = []

    @client.tree.command(name="file", description="ملف")
    async def take(interaction: discord.Interaction, file: discord.Attachment) -> None:
        read.extend([file.filename, file.size, await file.read()])
        await interaction.response.send_message("نعم")

    @client.tree.context_menu(name="أضف")
    async def add(interaction: discord.Interaction, message: discord.Message) -> None:
        [snapshot] = message.message_snapshots
        [file] = snapshot.attachments
        reference = message.reference
        read.extend([message.content, snapshot.content, await file.read(), snapshot.embeds[0].url])
        read.append((reference and reference.message_id, reference and reference.type))
        server.platform.files.is_away = True
        with pytest.raises(discord.NotFound):
            await file.read()
        await interaction.response.send_message("نعم")

    await client.tree.sync()
    upload = Upload("خبر.txt", "نصّ".encode())
    with pytest.raises(CommandUnavailable, match="no file"):
        await server.run_command("file", {"file": "خبر.txt"}, author="سارة", channel="عام")
    asked = await server.run_command("file", {"file": upload}, author="سارة", channel="عام")
    await server.wait_for_reply(asked)
    preview = {"type": "link", "url": "https://news.example/x", "title": "خبر"}
    written = await server.post_message("سلسلة", "ناصر", "خبر", files=[upload], embeds=[preview])
    forwarded = await server.forward_message(written, "عام", "سارة")
    await server.wait_for_reply(await server.run_context_menu("أضف", forwarded, author="سارة", channel="عام"))
    assert read[:3] == [upload.filename, len(upload.content), upload.content]
    assert read[3:] == [
        *("", "خبر", upload.content, preview["url"]),
        (written.id, discord.MessageReferenceType.forward),
    ]
    assert server.platform.files.sent == ["خبر.txt", "خبر.txt"]
    assert server.violations == []
