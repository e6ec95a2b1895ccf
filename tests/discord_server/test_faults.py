"""The server breaks what a test asks it to break."""

import asyncio

import aiohttp
import discord
import pytest

from tests.discord_server import DiscordServer, Fault
from tests.discord_server.small_client import SmallClient

MESSAGES = "/channels/*/messages"


async def send(server: DiscordServer, client: SmallClient, **more: object) -> discord.Message:
    channel = client.get_partial_messageable(server.world.channel("عام").id)
    return await channel.send("نص", **more)  # type: ignore[call-overload,no-any-return]


async def test_a_rate_limit_is_waited_out(server: DiscordServer, client: SmallClient) -> None:
    server.faults.add("POST", MESSAGES, server.faults.rate_limited(0.05), times=2)
    await send(server, client)
    statuses = [exchange.status for exchange in server.requests if exchange.route == "/channels/{channel_id}/messages"]
    assert statuses == [429, 429, 200]
    assert len(server.messages("عام")) == 1


@pytest.mark.parametrize("fault", [Fault(503, {"message": "x"}), Fault(429, {"message": "x"}), Fault(429, "<html>")])
async def test_a_status_is_answered_once(server: DiscordServer, client: SmallClient, fault: Fault) -> None:
    server.faults.add("*", MESSAGES, fault)
    with pytest.raises(discord.HTTPException) as failure:
        await send(server, client)
    assert failure.value.status == fault.status
    await send(server, client)


async def test_a_cut_connection_is_an_error_of_the_connection(server: DiscordServer, client: SmallClient) -> None:
    server.faults.add("POST", MESSAGES, server.faults.cut())
    with pytest.raises(aiohttp.ClientError):
        await send(server, client)
    assert server.messages("عام") == []


async def test_a_repeated_nonce_makes_one_message(server: DiscordServer, client: SmallClient) -> None:
    server.faults.add("POST", MESSAGES, server.faults.status(500, applied=True))
    message = await send(server, client, nonce="7")
    assert [seen.id for seen in server.messages("عام")] == [message.id]
    server.faults.add("POST", MESSAGES, server.faults.cut(applied=True))
    with pytest.raises(aiohttp.ClientError):
        await send(server, client, nonce="8")
    await send(server, client, nonce="8")
    assert len(server.messages("عام")) == 2


async def test_a_request_is_kept_until_it_is_let_go(server: DiscordServer, client: SmallClient) -> None:
    hold = server.faults.hold("POST", MESSAGES)
    sending = asyncio.create_task(send(server, client))
    await server.until(lambda: hold.count == 1, what="a request that is kept")
    assert server.messages("عام") == []
    hold.release()
    await sending
    assert len(server.messages("عام")) == 1


async def test_a_delay_counts_against_the_deadline(server: DiscordServer, client: SmallClient) -> None:
    hold = server.faults.hold("POST", "/interactions/*/callback")
    client.answers_interaction = lambda interaction: interaction.response.send_message("نعم")
    interaction = await server.run_command("اسأل", {"سؤال": "س"}, author="سارة", channel="عام")
    await server.until(lambda: hold.count == 1, what="a callback that is kept")
    server.clock.advance(3.01)
    hold.release()
    await server.until(lambda: server.requests[-1].code == 10062, what="the refusal")
    assert server.interaction_replies(interaction) == []


async def test_a_wrong_token_is_refused(server: DiscordServer) -> None:
    async with aiohttp.ClientSession(headers={"Authorization": "Bot wrong"}) as session:
        answer = await session.get(f"{server.api_url}/users/@me")
        assert (answer.status, answer.headers["Content-Type"]) == (401, "application/json")
