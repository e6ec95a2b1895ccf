"""Turning a page: another card in the place of the one under whose button was pressed."""

from collections.abc import Awaitable, Callable

import discord

from bot.chat.card import Card
from bot.chat.desk import Desk
from bot.chat.in_place_exchange import InPlaceExchange


async def turn(desk: Desk, interaction: discord.Interaction, page: Callable[[], Awaitable[Card]]) -> None:
    """Put a page in the place of the one that is shown; where there is none, that is told beside it."""
    exchange = InPlaceExchange(interaction)

    async def work() -> None:
        await exchange.change(await page())

    await desk.serve(exchange, work)
