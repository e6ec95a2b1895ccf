"""What is waited for, and what is given up, when Discord does not take what is sent."""

import aiohttp
import discord
import pytest

from bot.chat.open_refusals.late_answers import OutageError, is_passing, outlast
from tests.chat.doubles import http_error


class Fails:
    """Fails with each error in turn, then succeeds."""

    def __init__(self, *errors: Exception) -> None:
        self.left = list(errors)

    async def act(self) -> str:
        if self.left:
            raise self.left.pop(0)
        return "done"


OUTAGES = [
    http_error(503),
    http_error(500),
    http_error(429),
    aiohttp.ClientError(),
    ConnectionResetError(),
    discord.RateLimited(60.0),
    RuntimeError("Session is closed"),
]


@pytest.mark.parametrize("error", OUTAGES, ids=repr)
async def test_an_outage_is_waited_out_until_patience_ends(error: Exception) -> None:
    assert is_passing(error)
    assert await outlast(Fails(error, error).act, pauses=(0, 0, 0)) == "done"
    with pytest.raises(OutageError):
        await outlast(Fails(error, error, error).act, pauses=(0, 0, 0))


REFUSALS = [http_error(403, 50001), http_error(404, 10008), http_error(400, 50083), RuntimeError("a mistake of ours")]


@pytest.mark.parametrize("error", REFUSALS, ids=repr)
async def test_a_refusal_of_discord_is_not_repeated(error: Exception) -> None:
    assert not is_passing(error)
    failing = Fails(error)
    with pytest.raises(type(error)):
        await outlast(failing.act, pauses=(0, 0, 0))
    assert failing.left == []
