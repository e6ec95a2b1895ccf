"""The server is driven over its control routes and from a terminal."""

import asyncio
from typing import Any

import aiohttp
import discord

from tests.discord_server import DiscordServer
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
