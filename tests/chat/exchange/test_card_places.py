"""Which process looks after a channel, and where a card is found."""

from typing import Any, cast

import discord
import pytest

from bot.chat.exchange.delivery import CardPlaces
from tests.chat.doubles import http_error


class Client:
    """A client that knows one channel, and may be asked for another or for none."""

    def __init__(self, fetched: object = None) -> None:
        self._fetched = fetched

    def get_channel(self, channel: int) -> object:
        return type("Known", (), {"guild": type("Guild", (), {"id": 7})}) if channel == 1 else None

    async def fetch_channel(self, channel: int) -> object:
        del channel
        if isinstance(self._fetched, Exception):
            raise self._fetched
        return self._fetched


def client(fetched: object = None) -> discord.Client:
    return cast("discord.Client", Client(fetched))


@pytest.mark.parametrize(
    ("shards", "channel", "is_ours"),
    [((), 1, True), ((), 2, True), ((0, 1), 2, True), ((1, 2), 1, True), ((1, 2), 2, False)],
)
def test_each_process_looks_after_its_shards_and_the_first_after_what_is_of_none(
    shards: tuple[int, ...], channel: int, is_ours: bool
) -> None:
    assert CardPlaces(lambda: None, shards).is_ours(client(), channel) is is_ours


@pytest.mark.parametrize(
    ("channel", "fetched", "server"),
    [
        (1, None, "7"),
        (2, type("Thread", (), {"guild": type("Guild", (), {"id": 8})}), "8"),
        (2, type("Direct", (), {}), "@me"),
        (2, http_error(404, 10003), "@me"),
    ],
)
async def test_a_link_names_the_server_of_a_card(channel: int, fetched: Any, server: str) -> None:
    assert await CardPlaces.link(client(fetched), channel, 9) == f"https://discord.com/channels/{server}/{channel}/9"
