import asyncio

import discord
import pytest

from bot.chat.waiting_room import show_typing
from tests.chat.doubles import Recorder, http_error
from tests.patience import eventually


async def test_an_answer_that_is_there_at_once_needs_no_sign() -> None:
    exchange, before = Recorder(), asyncio.all_tasks()
    async with show_typing(exchange, patience=0.0):
        pass
    await eventually(lambda: asyncio.all_tasks() == before, "the end of the sign")
    assert exchange.shown_working == 0


async def test_the_sign_shows_while_the_answer_is_made() -> None:
    exchange = Recorder()
    async with show_typing(exchange, patience=0.0):
        await eventually(lambda: exchange.shown_working, "the sign")
    assert exchange.shown_working == 1


class Failing(Recorder):
    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    async def show_typing(self) -> None:
        await super().show_typing()
        raise self._error


@pytest.mark.parametrize("error", [http_error(403, 50013, discord.Forbidden), discord.RateLimited(90), OSError()])
async def test_a_sign_that_fails_is_nobodys_concern(error: Exception) -> None:
    exchange = Failing(error)
    async with show_typing(exchange, patience=0.0):
        await eventually(lambda: exchange.shown_working, "the sign")
    assert exchange.shown_working == 1


async def test_nothing_is_left_running() -> None:
    before = asyncio.all_tasks()
    with pytest.raises(KeyError):
        async with show_typing(Recorder()):
            raise KeyError
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == before
