"""Sessions end, are resumed and are lost."""

import json
from collections.abc import Callable

import aiohttp
import discord
import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.gateway.gateway import Gateway
from tests.discord_server.small_client import SmallClient
from tests.patience import waiting_for


async def heard(server: DiscordServer, client: SmallClient, word: str) -> None:
    """Write a question and wait until the client has answered it."""
    client.answers_message = lambda message: message.reply(word)
    await server.wait_for_reply(await server.post_message("عام", "سارة", f"<@bot> {word}"))


@pytest.mark.parametrize(
    "end",
    [
        lambda gateway: gateway.close(4000),
        lambda gateway: gateway.reconnect(),
        lambda gateway: gateway.invalidate(resumable=True),
    ],
    ids=["close", "operation 7", "operation 9"],
)
async def test_a_resumed_session_misses_nothing(
    server: DiscordServer, client: SmallClient, end: Callable[[Gateway], None]
) -> None:
    await heard(server, client, "قبل")
    end(server.gateway)
    await server.until(lambda: not server.gateway.connected, what="the end of the connection")
    missed = await server.post_message("عام", "سارة", "<@bot> أثناء")
    await server.wait_for_reply(missed)
    await heard(server, client, "بعد")
    assert len(server.gateway.resumes) == 1
    assert len(server.gateway.identifies) == 1
    assert len(client.heard) == 3


async def test_a_resume_may_repeat_what_the_client_has_seen(server: DiscordServer, client: SmallClient) -> None:
    edits: list[discord.RawMessageUpdateEvent] = []
    calls: list[discord.Interaction] = []

    async def note(event: discord.RawMessageUpdateEvent) -> None:
        edits.append(event)

    async def answer(interaction: discord.Interaction) -> None:
        calls.append(interaction)
        if len(calls) == 1:
            await interaction.response.send_message("نعم", ephemeral=True)

    client.on_raw_message_edit = note  # type: ignore[attr-defined]
    client.answers_interaction = answer
    question = await server.post_message("عام", "سارة", "<@bot> سؤل")
    await server.edit_message(question, "<@bot> سؤال")
    call = await server.run_command("اسأل", {"سؤال": "متى؟"}, author="سارة", channel="عام")
    await server.wait_for_reply(call)
    server.gateway.repeated_events = 3
    server.gateway.reconnect()
    await server.until(lambda: server.gateway.resumes and server.gateway.connected, what="a resume")
    await heard(server, client, "بعد")
    assert [message.id for message in client.heard[:2]] == [question.id, question.id]
    assert [event.message_id for event in edits] == [question.id, question.id]
    assert [interaction.id for interaction in calls] == [call.id, call.id]
    assert len(server.gateway.identifies) == 1


async def test_a_lost_session_begins_anew(server: DiscordServer, client: SmallClient) -> None:
    await heard(server, client, "قبل")
    server.gateway.invalidate(resumable=False)
    await server.until(lambda: len(server.gateway.identifies) == 2, what="a second IDENTIFY")
    await server.wait_ready()
    await heard(server, client, "بعد")
    assert server.gateway.resumes == []


async def test_a_silent_gateway_keeps_its_events_for_later(server: DiscordServer, client: SmallClient) -> None:
    server.gateway.silence(acknowledge_heartbeats=True)
    client.answers_message = lambda message: message.reply("جواب")
    question = await server.post_message("عام", "سارة", "<@bot> سؤال")
    await server.no_reply(question, within=0.05)
    server.gateway.close(4000)
    await server.wait_for_reply(question)


async def test_a_malformed_frame_ends_the_client(server: DiscordServer, monkeypatch: pytest.MonkeyPatch) -> None:
    client = SmallClient()
    async with client.running(server, monkeypatch) as running:
        await server.wait_ready()
        server.gateway.malformed()
        with pytest.raises(json.JSONDecodeError):
            async with waiting_for("the end of the client"):
                await running


@pytest.mark.parametrize(("token", "code"), [("wrong", 4004), (None, 4014)])
async def test_a_refused_identify_closes_with_its_code(server: DiscordServer, token: str | None, code: int) -> None:
    identify = {"op": 2, "d": {"token": token or server.token, "intents": discord.Intents.all().value}}
    async with aiohttp.ClientSession() as session, session.ws_connect(server.gateway_url) as socket:
        assert (await socket.receive_json())["op"] == 10
        await socket.send_json(identify)
        await socket.receive()
        assert socket.close_code == code


async def test_a_refused_socket_is_an_http_error(server: DiscordServer) -> None:
    server.gateway.refuse(status=502)
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(server.gateway_url)
        async with session.ws_connect(server.gateway_url) as socket:
            assert (await socket.receive_json())["op"] == 10


async def test_each_shard_hears_of_its_own_guilds(server: DiscordServer) -> None:
    guilds = [server.world.channel("عام").guild_id or 0]
    guilds += [server.world.add_guild(name).id for name in ("الثانية", "الثالثة")]
    told: list[set[str]] = []
    async with aiohttp.ClientSession() as session:
        for number in range(2):
            async with session.ws_connect(server.gateway_url) as socket:
                await socket.receive_json()
                identify = {"token": server.token, "intents": 1, "shard": [number, 2]}
                await socket.send_json({"op": 2, "d": identify})
                ready = (await socket.receive_json())["d"]
                told.append({guild["id"] for guild in ready["guilds"]})
                assert ready["shard"] == [number, 2]
    assert told == [{str(g) for g in guilds if (g >> 22) % 2 == number} for number in range(2)]


@pytest.mark.parametrize("frame", ["{", '{"op": 99}', '{"op": 3, "d": {}}'])
async def test_a_frame_out_of_place_ends_the_connection(server: DiscordServer, frame: str) -> None:
    async with aiohttp.ClientSession() as session, session.ws_connect(server.gateway_url) as socket:
        await socket.receive_json()
        await socket.send_str(frame)
        await socket.receive()
        assert socket.close_code in {4001, 4002, 4003}


async def test_members_are_sent_on_request(client: SmallClient) -> None:
    members = await client.guilds[0].query_members(query="sa")
    assert [member.display_name for member in members] == ["سارة"]
