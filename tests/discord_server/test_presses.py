"""Buttons are pressed by those who see them, and the bot answers a press in each of Discord's ways."""

from collections.abc import Awaitable, Callable

import discord
import pytest

from tests.discord_server import CommandUnavailable, DiscordServer, Permission, Seen
from tests.discord_server.message import MessageKind
from tests.discord_server.small_client import OnInteraction, SmallClient

ASK = {"سؤال": "متى بدأ الحصار؟"}
Place = Callable[[DiscordServer, SmallClient, OnInteraction], Awaitable[Seen]]


def more() -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="المزيد", custom_id="more"))
    return view


async def public(server: DiscordServer, client: SmallClient, answer: OnInteraction) -> Seen:
    """Let the client reply with a button, and answer a press of it."""
    client.answers_message = lambda message: message.reply("جواب", view=more())
    reply = await server.wait_for_reply(await server.post_message("عام", "سارة", "<@bot> سؤال"))
    client.answers_message, client.answers_interaction = None, answer
    return reply


async def private(server: DiscordServer, client: SmallClient, answer: OnInteraction) -> Seen:
    """Let the client answer a command with a button that only سارة sees, and answer a press of it."""
    client.answers_interaction = lambda interaction: interaction.response.send_message(
        "جواب", view=more(), ephemeral=True
    )
    reply = await server.wait_for_reply(await server.run_command("اسأل", ASK, author="سارة", channel="عام"))
    client.answers_interaction = answer
    return reply


async def replace(interaction: discord.Interaction) -> None:
    await interaction.response.edit_message(content="المزيد هنا", view=None)


async def replace_later(interaction: discord.Interaction) -> None:
    await interaction.response.defer()
    await interaction.edit_original_response(content="المزيد هنا", view=None)


async def whisper(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("لك وحدك", ephemeral=True)


async def whisper_later(interaction: discord.Interaction) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    await interaction.followup.send("لك وحدك")


async def remove(interaction: discord.Interaction) -> None:
    await interaction.response.defer()
    await interaction.delete_original_response()


@pytest.mark.parametrize("where", [public, private])
@pytest.mark.parametrize("answer", [replace, replace_later])
async def test_a_press_changes_the_message(
    server: DiscordServer, client: SmallClient, where: Place, answer: OnInteraction
) -> None:
    pressed = await where(server, client, answer)
    await server.press_button(pressed, "more", "سارة")
    edited = await server.wait_for_edit(pressed)
    assert (edited.content, edited.buttons) == ("المزيد هنا", [])
    assert edited.is_ephemeral == pressed.is_ephemeral
    assert server.violations == []


@pytest.mark.parametrize("where", [public, private])
@pytest.mark.parametrize("answer", [whisper, whisper_later])
async def test_a_press_is_answered_beside_the_message(
    server: DiscordServer, client: SmallClient, where: Place, answer: OnInteraction
) -> None:
    pressed = await where(server, client, answer)
    interaction = await server.press_button(pressed, "المزيد", "سارة")
    reply = await server.wait_for_reply(interaction)
    assert (reply.content, reply.is_ephemeral, reply.reply_to) == ("لك وحدك", True, pressed.id)
    assert reply.message.kind is MessageKind.REPLY
    assert not reply.pinged
    assert [button.label for button in pressed.buttons] == ["المزيد"]
    assert server.violations == []


@pytest.mark.parametrize("where", [public, private])
async def test_a_press_removes_the_message_without_any_permission(
    server: DiscordServer, client: SmallClient, where: Place
) -> None:
    pressed = await where(server, client, remove)
    for permission in (Permission.VIEW_CHANNEL, Permission.SEND_MESSAGES, Permission.MANAGE_MESSAGES):
        await server.deny("عام", permission)
    await server.press_button(pressed, "المزيد", "سارة")
    await server.until(lambda: pressed.message.deleted, what="the deletion")
    with pytest.raises(CommandUnavailable, match="gone"):
        await server.press_button(pressed, "المزيد", "سارة")
    assert server.violations == []


async def test_anybody_who_sees_a_public_message_presses(server: DiscordServer, client: SmallClient) -> None:
    async def answer(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(interaction.user.display_name, ephemeral=True)

    pressed = await public(server, client, answer)
    assert (await server.wait_for_reply(await server.press_button(pressed, "المزيد", "ليلى"))).content == "ليلى"
    await server.deny("عام", Permission.VIEW_CHANNEL, "ليلى")
    with pytest.raises(CommandUnavailable, match="does not see"):
        await server.press_button(pressed, "المزيد", "ليلى")


async def test_only_its_addressee_presses_a_private_message(server: DiscordServer, client: SmallClient) -> None:
    pressed = await private(server, client, replace)
    with pytest.raises(CommandUnavailable, match="does not see"):
        await server.press_button(pressed, "المزيد", "ناصر")


async def test_a_press_reaches_a_bot_that_started_again(server: DiscordServer, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = SmallClient(), SmallClient()
    async with first.running(server, monkeypatch):
        await server.wait_ready()
        pressed = await public(server, first, whisper)
    async with second.running(server, monkeypatch):
        await server.wait_ready()
        second.answers_interaction = replace
        await server.press_button(pressed, "المزيد", "سارة")
        assert (await server.wait_for_edit(pressed)).content == "المزيد هنا"
    assert server.violations == []
