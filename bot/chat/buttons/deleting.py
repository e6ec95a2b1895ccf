"""Taking an answer away: its asker may, and those who keep order where it stands."""

from collections.abc import Collection

import discord

from bot.chat.buttons.custom_id import number
from bot.chat.desk import Desk
from bot.chat.errors import ReplyError
from bot.chat.in_place_exchange import InPlaceExchange
from bot.chat.moderators import may_delete


async def delete(desk: Desk, moderator_roles: Collection[int], interaction: discord.Interaction, load: str) -> None:
    """Delete the answer, of which the button knows the asker; nothing is said of it."""
    exchange = InPlaceExchange(interaction)

    async def work() -> None:
        if exchange.asker != number(load) and not may_delete(interaction, moderator_roles):
            raise ReplyError("button.not_yours", private=True)
        await exchange.delete()

    await desk.serve(exchange, work)
