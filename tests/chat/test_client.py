import asyncio
from typing import Any, cast
from unittest.mock import Mock

import pytest

from bot.chat.client import SingleClient
from bot.chat.exchange.message_filter import SeenIds
from bot.chat.missed_questions import MissedQuestions
from bot.chat.permissions import HomeServers
from bot.ops.watchdog import RestWatch, SessionWatch
from bot.settings import DiscordSettings
from tests.chat.samples import ARABIC


async def test_closing_gives_up_writing_commands_while_the_connection_still_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ended_while_open = []

    async def found(client: SingleClient, settings: DiscordSettings) -> None:
        del client, settings

    async def writing(_: object) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended_while_open.append(not client.is_closed())

    monkeypatch.setattr("bot.chat.client.find_gateway", found)
    monkeypatch.setattr("bot.chat.commands.command_sync.CommandTree.sync_changes", writing)
    settings = DiscordSettings()
    parts = Mock(settings=settings, handler=Mock(texts=ARABIC), seen=SeenIds(), homes=HomeServers(settings))
    client = SingleClient(cast("Any", parts), SessionWatch([0]), RestWatch(), MissedQuestions(), ())
    await client.setup_hook()
    await client.on_connect()
    await asyncio.sleep(0)
    await client.close()
    assert ended_while_open == [True]
