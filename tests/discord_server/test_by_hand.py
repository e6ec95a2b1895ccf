"""The server is driven over its control routes and from a terminal."""

import asyncio
from typing import Any

import aiohttp
import discord
import pytest
from discord import app_commands

from tests.discord_server import DiscordServer
from tests.discord_server.rendering import rendered
from tests.discord_server.small_client import SmallClient
from tests.discord_server.terminal import Terminal


async def test_another_process_drives_the_server(server: DiscordServer, client: SmallClient) -> None:
    view = discord.ui.View()
    view.add_item(discord.ui.Button(label="المزيد", custom_id="more"))
    client.answers_message = lambda message: message.reply("جواب", view=view)
    client.answers_interaction = lambda interaction: interaction.response.send_message("نعم", ephemeral=True)

    async with aiohttp.ClientSession(server.address) as session:

        async def post(action: str, **given: Any) -> Any:
            return await (await session.post(f"/control/{action}", json=given)).json()

        asked = await post("message", channel="عام", author="سارة", content="<@bot> سؤال", wait=5)
        assert asked["reply"]["text"] == "جواب"
        further = await post(
            "message", channel="عام", author="سارة", content="ومتى؟", reply_to=asked["reply"]["id"], wait=5
        )
        assert further["reply"]["reply_to"] == int(further["id"])
        assert client.heard[-1].content == "ومتى؟"
        pressed = await post("press", message=asked["reply"]["id"], button="more", author="سارة", wait=5)
        assert pressed["reply"]["is_ephemeral"]
        called = await post("command", name="اسأل", options={"سؤال": "س"}, author="سارة", channel="عام", wait=5)
        assert called["reply"]["content"] == "نعم"
        assert await post("fault", method="POST", path="/channels/*/messages", status=503, body={}) == {}
        assert await post("gateway", do="reconnect") == {}
        assert "not registered" in (await post("command", name="x", author="سارة", channel="عام"))["error"]
        messages = await (await session.get("/control/messages", params={"channel": "عام"})).json()
        assert [message["content"] for message in messages][1:] == ["جواب", "ومتى؟", "جواب"]
        assert await (await session.get("/control/violations")).json() == []
        requests = await (await session.get("/control/requests")).json()
        assert requests[0]["path"] == "/users/@me"


async def test_somebody_talks_to_the_bot_in_a_terminal(server: DiscordServer, client: SmallClient) -> None:
    view = discord.ui.View()
    view.add_item(discord.ui.Button(label="المزيد", custom_id="more"))
    embed = discord.Embed(title="عنوان", description="اقتباس").add_field(name="المصدر", value="صحيفة")
    client.answers_message = lambda message: message.reply("جواب", embed=embed, view=view)
    client.answers_interaction = lambda interaction: interaction.response.send_message(
        f"خاص: {interaction.extras.get('question')}", ephemeral=True
    )
    written: list[str] = []
    terminal = Terminal(server, written.append)
    printing = asyncio.create_task(terminal.follow())
    for line in (
        ":reply ومتى؟",
        "متى بدأ الحصار؟",
        ":wait",
        ":reply ومتى؟",
        ":wait",
        ":press 1",
        ":wait",
        ":as ليلى",
        "/اسأل متى بدأ",
        ":wait",
        ":in لا",
        ":quit",
    ):
        await terminal.take(line)
        await asyncio.sleep(0)
    printing.cancel()
    assert terminal.is_over
    assert [message.content for message in client.heard][1:] == ["ومتى؟"]
    shown = "\n".join(written)
    for part in (
        "│ اقتباس",
        "│ المصدر: صحيفة",
        "[1] المزيد (:press 1)",
        "يراه السائل وحده",
        "خاص: متى بدأ",
        "! 0 things",
        "! no answer yet",
    ):
        assert part in shown


@pytest.fixture
async def written(client: SmallClient) -> list[str]:
    """Register a command that completes and a menu, and return what a terminal will write."""

    async def judge(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"قيل: {message.content}")

    @client.tree.command(name="تغطية", description="المواد")
    @app_commands.rename(title="مادة")
    async def coverage(interaction: discord.Interaction, title: str) -> None:
        await interaction.response.send_message(title)

    @coverage.autocomplete("title")
    async def titles(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        found = [title for title in ("حصار المدينة", "هدنة الشتاء") if current in title]
        return [app_commands.Choice(name=title, value=title) for title in found]

    client.tree.add_command(app_commands.ContextMenu(name="هل قيل هذا؟", callback=judge))
    await client.tree.sync()
    return []


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        ([":complete مادة=حصار"], "· حصار المدينة"),
        ([":complete /تغطية مادة=هدنة"], "· هدنة الشتاء"),
        ([":complete مادة=لا"], "لا اقتراح"),
        ([":complete سؤال=متى"], "! no command completes 'سؤال'"),
        ([":complete"], "! what is being typed? option=text"),
        ([":say الهدنة مددت", ":menu 1", ":wait"], "قيل: الهدنة مددت"),
        ([":say الهدنة مددت", ":menu هل قيل هذا؟", ":wait"], "قيل: الهدنة مددت"),
        ([":menu 7"], "! menus: 1 هل قيل هذا؟"),
        ([":menu 1"], "! nobody has written here yet"),
        ([":edit متى؟"], "! سارة has written nothing here"),
        ([":commands"], ":menu هل قيل هذا؟  — "),
    ],
)
async def test_a_terminal_does_what_a_client_does(
    server: DiscordServer, written: list[str], lines: list[str], shown: str
) -> None:
    terminal = Terminal(server, written.append)
    printing = asyncio.create_task(terminal.follow())
    for line in lines:
        await terminal.take(line)
        await asyncio.sleep(0)
    printing.cancel()
    assert shown in "\n".join(written)
    assert server.violations == []


async def test_a_terminal_changes_what_was_written(server: DiscordServer) -> None:
    terminal = Terminal(server, print)
    for line in ("متى بدأ؟", ":edit متى بدأ الحصار؟", ":say كلام", ":edit كلام آخر"):
        await terminal.take(line)
    question, talk = (seen.content for seen in server.messages("عام"))
    assert question == f"{server.world.bot.mention} متى بدأ الحصار؟"
    assert talk == "كلام آخر"
    await terminal.take(":as ليلى")
    await terminal.take(":say كلام ليلى")
    await terminal.take(":as سارة")
    await terminal.take(":delete")
    assert [seen.content for seen in server.messages("عام")][1:] == ["كلام ليلى"]


async def test_a_layout_is_rendered_with_its_buttons(server: DiscordServer, client: SmallClient) -> None:
    more: discord.ui.Button[discord.ui.LayoutView] = discord.ui.Button(emoji="🔎", label="المزيد", custom_id="more")
    view = discord.ui.LayoutView()
    view.add_item(discord.ui.Container(discord.ui.TextDisplay("أول"), discord.ui.Section("ثان", accessory=more)))
    message = await client.get_partial_messageable(server.world.channel("عام").id).send(view=view)
    await message.add_reaction("👍")
    (seen,) = server.messages("عام")
    assert rendered(seen).splitlines()[2:] == ["أول", "ثان", "[1] 🔎 المزيد (:press 1)", "👍 1"]
