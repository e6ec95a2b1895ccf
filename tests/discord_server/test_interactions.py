"""Commands, buttons and their deadlines."""

import discord
import pytest

from tests.discord_server import CommandUnavailable, DiscordServer
from tests.discord_server.small_client import SmallClient

ASK = {"سؤال": "متى بدأ الحصار؟"}


async def test_a_deferred_command_is_answered_by_a_follow_up(server: DiscordServer, client: SmallClient) -> None:
    async def answer(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send(embed=discord.Embed(title="جواب", description=interaction.extras["question"]))
        await interaction.followup.send("ثم هذا", ephemeral=False)

    client.answers_interaction = answer
    interaction = await server.run_command("اسأل", ASK, author="سارة", channel="عام")
    first = await server.wait_for_reply(interaction)
    second = await server.wait_for_reply(interaction, index=1)
    assert first.text == "جواب\nمتى بدأ الحصار؟"
    assert first.is_ephemeral
    assert (second.content, second.is_ephemeral) == ("ثم هذا", False)
    assert [seen.content for seen in server.messages("عام")] == ["ثم هذا"]
    assert server.violations == []


async def test_the_original_answer_can_be_edited_and_deleted(server: DiscordServer, client: SmallClient) -> None:
    async def answer(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("أول")
        await interaction.edit_original_response(content="ثان")
        original = await interaction.original_response()
        await original.delete()

    client.answers_interaction = answer
    interaction = await server.run_command("اسأل", ASK, author="سارة", channel="عام")
    await server.until(lambda: interaction.original and interaction.original.deleted, what="the deletion")
    assert interaction.original is not None
    assert interaction.original.content == "ثان"
    assert server.interaction_replies(interaction) == []
    assert server.violations == []


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


async def test_a_late_callback_and_a_second_one_are_refused(server: DiscordServer, client: SmallClient) -> None:
    async def answer(interaction: discord.Interaction) -> None:
        server.clock.advance(seconds=4)
        await interaction.response.defer()

    client.answers_interaction = answer
    await server.run_command("اسأل", ASK, author="سارة", channel="عام")
    await server.until(lambda: server.requests[-1].code == 10062, what="the refusal")

    server.faults.add("POST", "/interactions/*/callback", server.faults.status(500, applied=True))
    client.answers_interaction = lambda interaction: interaction.response.defer()
    interaction = await server.run_command("اسأل", ASK, author="سارة", channel="عام")
    await server.until(lambda: server.requests[-1].code == 40060, what="the second callback")
    assert interaction.original is not None
    assert interaction.original.is_loading
    assert server.violations == []


async def test_a_token_ends_after_fifteen_minutes(server: DiscordServer, client: SmallClient) -> None:
    async def answer(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("جواب")
        server.clock.advance(seconds=15 * 60 + 1)
        await interaction.edit_original_response(content="متأخر")

    client.answers_interaction = answer
    await server.run_command("اسأل", ASK, author="سارة", channel="عام")
    await server.until(lambda: server.requests[-1].code == 50027, what="the refusal")
    assert server.requests[-1].status == 401


async def test_a_button_changes_its_message(server: DiscordServer, client: SmallClient) -> None:
    view = discord.ui.View()
    view.add_item(discord.ui.Button(label="المزيد", custom_id="more"))
    client.answers_message = lambda message: message.reply("جواب", view=view)
    reply = await server.wait_for_reply(await server.post_message("عام", "سارة", "<@bot> سؤال"))
    assert [button.label for button in reply.buttons] == ["المزيد"]
    client.answers_interaction = lambda interaction: interaction.response.edit_message(content="المزيد هنا", view=None)
    await server.press_button(reply, "المزيد", "سارة")
    edited = await server.wait_for_edit(reply)
    assert (edited.content, edited.buttons) == ("المزيد هنا", [])
    with pytest.raises(CommandUnavailable):
        await server.press_button(edited, "المزيد", "سارة")
    assert server.violations == []


async def test_autocomplete_menus_and_forms_reach_their_handlers(server: DiscordServer, client: SmallClient) -> None:
    class Form(discord.ui.Modal, title="بلاغ"):
        reason: discord.ui.TextInput[discord.ui.View] = discord.ui.TextInput(label="السبب", custom_id="reason")

        async def on_submit(self, interaction: discord.Interaction) -> None:
            await interaction.response.send_message(self.reason.value, ephemeral=True)

    @client.tree.command(name="تغطية", description="المواد")
    @discord.app_commands.rename(title="مادة")
    async def coverage(interaction: discord.Interaction, title: str) -> None:
        await interaction.response.send_message(title)

    @coverage.autocomplete("title")
    async def titles(_: discord.Interaction, current: str) -> list[discord.app_commands.Choice[str]]:
        return [discord.app_commands.Choice(name=f"{current} {n}", value=str(n)) for n in range(25)]

    @client.tree.context_menu(name="بلّغ عن الرسالة")
    async def report(interaction: discord.Interaction, message: discord.Message) -> None:
        assert message.content == "رسالة"
        await interaction.response.send_modal(Form())

    await client.tree.sync()
    choices = await server.autocomplete("تغطية", {"مادة": "حصار"}, "مادة", author="سارة", channel="عام")
    assert (len(choices), choices[0]["name"]) == (25, "حصار 0")
    target = await server.post_message("عام", "ليلى", "رسالة")
    opened = await server.run_context_menu("بلّغ عن الرسالة", target, author="سارة", channel="عام")
    await server.until(lambda: opened.modal, what="the form")
    sent = await server.submit_modal(opened, {"reason": "خطأ"})
    assert (await server.wait_for_reply(sent)).content == "خطأ"
    assert server.violations == []


async def test_a_client_offers_only_what_is_registered_and_allowed(server: DiscordServer, client: SmallClient) -> None:
    group = discord.app_commands.Group(
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
