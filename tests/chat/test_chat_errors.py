from types import SimpleNamespace
from typing import Any

import discord
import pytest
from aiohttp import ClientPayloadError

from bot.chat.chat_errors import fatal_error_key, is_lost_connection
from tests.chat.doubles import http_error
from tests.chat.samples import ARABIC, ENGLISH


def closed(code: int) -> discord.ConnectionClosed:
    socket: Any = SimpleNamespace(close_code=code)
    return discord.ConnectionClosed(socket, shard_id=None, code=code)


@pytest.mark.parametrize("code", [4004, 4010, 4011, 4012, 4013, 4014])
def test_closes_that_no_restart_cures_have_a_sentence(code: int) -> None:
    key = fatal_error_key(closed(code))
    assert key is not None
    assert ARABIC(key)
    assert ENGLISH(key)


@pytest.mark.parametrize(
    ("error", "key"),
    [(discord.LoginFailure(), "startup.token"), (discord.PrivilegedIntentsRequired(None), "startup.intents")],
)
def test_logins_that_no_restart_cures_have_a_sentence(error: Exception, key: str) -> None:
    assert fatal_error_key(error) == key


@pytest.mark.parametrize(
    "error", [closed(4000), closed(1006), http_error(503), AttributeError(), ValueError(), OSError()]
)
def test_anything_else_is_worth_another_start(error: Exception) -> None:
    assert fatal_error_key(error) is None


@pytest.mark.parametrize(
    "error", [closed(1006), http_error(503), http_error(429), TimeoutError(), ClientPayloadError()]
)
def test_what_networks_and_discord_have_goes_by_itself(error: Exception) -> None:
    assert is_lost_connection(error)


@pytest.mark.parametrize("error", [AttributeError(), ValueError(), http_error(400), discord.LoginFailure()])
def test_what_this_program_has_does_not(error: Exception) -> None:
    assert not is_lost_connection(error)
