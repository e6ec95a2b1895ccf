from collections.abc import Awaitable, Callable

import aiohttp
import discord
import pytest

from bot.chat.exchange.delivery import deliver, is_transient
from tests.chat.doubles import http_error

PASSING = [
    http_error(503, 0, discord.DiscordServerError),
    http_error(429),
    aiohttp.ServerDisconnectedError(),
    ConnectionResetError(),
]
LASTING = [
    http_error(500, 0, discord.DiscordServerError),  # retried five times by discord.py already
    http_error(403, 50013, discord.Forbidden),
    http_error(400, 50035),
    discord.RateLimited(90),
    ValueError(),
]


def failing(times: int, error: Exception) -> tuple[Callable[[], Awaitable[int]], list[int]]:
    tries: list[int] = []

    async def send() -> int:
        tries.append(len(tries))
        if len(tries) <= times:
            raise error
        return len(tries)

    return send, tries


@pytest.mark.parametrize("error", PASSING, ids=repr)
async def test_passing_faults_are_tried_again(error: Exception) -> None:
    assert is_transient(error)
    send, _ = failing(2, error)
    assert await deliver(send, pauses=(0, 0)) == 3


@pytest.mark.parametrize("error", LASTING, ids=repr)
async def test_lasting_faults_are_raised_at_once(error: Exception) -> None:
    send, tries = failing(1, error)
    with pytest.raises(type(error)):
        await deliver(send, pauses=(0, 0))
    assert len(tries) == 1


async def test_tries_come_to_an_end() -> None:
    send, tries = failing(9, PASSING[0])
    with pytest.raises(discord.DiscordServerError):
        await deliver(send, pauses=(0, 0, 0))
    assert len(tries) == 4
