"""Bodies are checked against Discord's description, where it is at hand."""

from pathlib import Path

import aiohttp
import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.schemas import DEFAULT_OPENAPI, Schemas

POST = ("POST", "/channels/{channel_id}/messages")
needs_description = pytest.mark.skipif(not DEFAULT_OPENAPI.is_file(), reason="no OpenAPI description at hand")


@needs_description
def test_a_body_of_the_right_form_has_no_problems() -> None:
    schemas = Schemas(DEFAULT_OPENAPI)
    reference = {"message_id": 1, "channel_id": 2, "fail_if_not_exists": False}
    mentions = {"parse": [], "users": [3], "replied_user": True}
    body = {"content": "نص", "tts": False, "message_reference": reference, "allowed_mentions": mentions}
    assert schemas.request_problems(*POST, body) == []


@needs_description
def test_a_body_of_another_form_has_problems() -> None:
    schemas = Schemas(DEFAULT_OPENAPI)
    assert schemas.request_problems(*POST, {"content": 5})
    assert schemas.request_problems(*POST, {"contents": "نص"}) == ["unknown key 'contents'"]
    assert schemas.response_problems(*POST, 200, {"id": "1"})
    assert schemas.response_problems(*POST, 404, {"message": "بلا رمز"})


@needs_description
async def test_a_wrong_body_is_refused_and_recorded(server: DiscordServer) -> None:
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {server.token}"}) as session:
        address = f"{server.api_url}/channels/{server.world.channel('عام').id}/messages"
        answer = await session.post(address, json={"content": "نص", "flags": "x"})
        assert (answer.status, (await answer.json())["code"]) == (400, 50035)
        answer = await session.post(address, json={"content": "نص", "tss": True})
        assert answer.status == 400
    assert {violation.kind for violation in server.violations} <= {"request", "limit"}
    assert len(server.violations) == 2


async def test_without_a_description_everything_else_works() -> None:
    async with (
        DiscordServer(openapi=Path("nowhere.json")) as server,
        aiohttp.ClientSession(headers={"Authorization": f"Bot {server.token}"}) as session,
    ):
        address = f"{server.api_url}/channels/{server.world.channel('عام').id}/messages"
        assert (await session.post(address, json={"content": "نص", "tss": True})).status == 200
        assert (await session.post(address, json={"content": "س" * 2001})).status == 400
    assert [violation.kind for violation in server.violations] == ["limit"]
