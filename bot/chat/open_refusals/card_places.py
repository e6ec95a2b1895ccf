"""Where cards stand: their channels and links, as far as this process is the one to look after them."""

from collections.abc import Collection

import discord

from bot.chat.chat_errors import DELIVERY_ERRORS
from bot.chat.exchange.delivery import FindClient, ready_client

Place = discord.abc.Messageable


class CardPlaces:
    """Finds channels by their ids through the client that is connected now.

    Of several processes, each looks after the channels of its shards, and that of shard 0 after all others: direct
    conversations, and threads that nobody has written in for long.
    """

    def __init__(self, find_client: FindClient, shard_ids: Collection[int]) -> None:
        self._find_client = find_client
        self._shard_ids = shard_ids

    async def client(self) -> discord.Client:
        """Wait for a client that is ready, and return it."""
        return await ready_client(self._find_client)

    def is_ours(self, client: discord.Client, channel_id: int) -> bool:
        """Whether this process looks after a channel."""
        return not self._shard_ids or 0 in self._shard_ids or client.get_channel(channel_id) is not None

    @staticmethod
    def find(client: discord.Client, channel_id: int) -> Place:
        """Return a channel, which need not be known."""
        place = client.get_channel(channel_id)
        return place if isinstance(place, Place) else client.get_partial_messageable(channel_id)

    @staticmethod
    async def link(client: discord.Client, channel_id: int, message_id: int) -> str:
        """Return the link to a card."""
        place = client.get_channel(channel_id)
        if place is None:
            try:
                place = await client.fetch_channel(channel_id)
            except DELIVERY_ERRORS:
                place = None
        guild = getattr(place, "guild", None)
        return f"https://discord.com/channels/{guild.id if guild else '@me'}/{channel_id}/{message_id}"
