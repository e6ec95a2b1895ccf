"""The channel in which a server is welcomed."""

from collections.abc import Sequence
from typing import cast
from unittest.mock import AsyncMock, Mock

import discord

from bot.chat.client import find_welcome_channel, welcome
from tests.chat.test_search_away import Bot
from tests.retrieval.opensearch.outage import Failures

OPEN = discord.Permissions(view_channel=True, send_messages=True)
READ = discord.Permissions(view_channel=True)
CLOSED = discord.Permissions.none()


def channel(identity: int, mine: discord.Permissions = OPEN, everyone: discord.Permissions = READ) -> Mock:
    made = Mock(spec=discord.TextChannel, id=identity)
    made.permissions_for.side_effect = lambda who: mine if who is made.guild.me else everyone
    return made


def found(channels: Sequence[Mock], *, system: Mock | None = None, answered: Sequence[int] = ()) -> int | None:
    guild = cast("discord.Guild", Mock(spec=discord.Guild, text_channels=list(channels), system_channel=system))
    place = find_welcome_channel(guild, answered)
    return place.id if place else None


def test_the_channel_for_newcomers_goes_first() -> None:
    assert found([channel(1), channel(2)], system=channel(2)) == 2
    assert found([channel(1), channel(2)]) == 1


def test_only_channels_count_that_all_may_read_and_the_bot_may_write_in() -> None:
    assert found([channel(1, mine=READ), channel(2, everyone=CLOSED), channel(3)], system=channel(4, mine=CLOSED)) == 3
    assert found([channel(1, mine=CLOSED)]) is None


def test_a_bot_that_answers_in_some_channels_alone_writes_in_no_other() -> None:
    assert found([channel(1), channel(2)], system=channel(1), answered=[2]) == 2
    assert found([channel(1)], system=channel(1), answered=[2]) is None


async def test_a_welcome_waits_for_a_search_server_that_is_away() -> None:
    bot, place = Bot(outage := Failures(3)), channel(1)
    place.send = AsyncMock()
    guild = Mock(spec=discord.Guild, text_channels=[place], system_channel=None, id=9)
    async with bot.watching() as handler:
        await welcome(handler, cast("discord.Guild", guild), (), me=5)
    assert outage.failed == 3
    place.send.assert_awaited_once()
