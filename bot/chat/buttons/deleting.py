"""Taking an answer away: its asker may, and those who keep order where it stands."""

import discord

from bot.chat.buttons.custom_id import number
from bot.chat.desk import Desk
from bot.chat.errors import ReplyError
from bot.chat.in_place_exchange import InPlaceExchange
from bot.chat.moderators import Moderators


async def delete(desk: Desk, moderators: Moderators, interaction: discord.Interaction, load: str) -> None:
    """Delete the answer, of which the button knows the asker; nothing is said of it."""
    exchange = InPlaceExchange(interaction)

    async def work() -> None:
        if exchange.asker != number(load) and not moderators.may_delete(interaction):
            raise ReplyError("button.not_yours", private=True)
        await exchange.delete()

    await desk.serve(exchange, work)
