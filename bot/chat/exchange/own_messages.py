"""What the bot has sent to a channel since a time, for whoever was stopped before it could note that it did."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import discord

from bot.chat.cards.card import layout_texts
from bot.chat.exchange.delivery import deliver

# Between this machine's clock and Discord's.
_CLOCKS_APART = timedelta(minutes=2)
# Chosen: two requests. What is looked for was sent within moments of the time, and stands among the first.
_MOST_READ = 200


async def own_texts(client: discord.Client, place: discord.abc.Messageable, since: int) -> Sequence[Sequence[str]]:
    """Return the texts of each of the bot's own messages in a channel since a time, in seconds since 1970.

    Only the first 200 messages since then are looked through. Raise what Discord raises.
    """
    after = datetime.fromtimestamp(since, UTC) - _CLOCKS_APART

    async def read() -> Sequence[Sequence[str]]:
        found = place.history(limit=_MOST_READ, after=after, oldest_first=True)
        return [layout_texts(message.components) async for message in found if message.author == client.user]

    return await deliver(read)
