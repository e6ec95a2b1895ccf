"""The welcome in a server that the bot joins: what it answers from, and examples to press."""

import asyncio
import logging
from collections.abc import Collection

import discord

from bot.chat.cards.card import Card
from bot.chat.cards.introduction_card import welcome_card
from bot.chat.chat_errors import DELIVERY_ERRORS
from bot.chat.exchange.delivery import send_card
from bot.chat.request_handler import RequestHandler
from bot.retrieval import SearchError

logger = logging.getLogger(__name__)

# As long as any other reply may take.
_PATIENCE = 40.0


async def welcome(handler: RequestHandler, guild: discord.Guild, channels: Collection[int], me: int) -> None:
    """Send one card to a server that the bot joined, where it may write; nothing where it may nowhere."""
    place = find_welcome_channel(guild, channels)
    if place is None:
        return

    def laid_out() -> Card:
        return welcome_card(handler.texts, handler.summarise(handler.editions.current), f"<@{me}>")

    card = None
    while card is None:
        try:
            card = await handler.answer_worker.run(laid_out)
        except SearchError as error:
            handler.search.failed(error)
            await handler.search.wait_until_back()
    try:
        async with asyncio.timeout(_PATIENCE):
            # Another process, which runs beside this one during a deploy, welcomes as well: Discord takes the first.
            await send_card(place.send, card, nonce=f"hi{guild.id}")
    except DELIVERY_ERRORS:
        logger.warning("The welcome could not be sent in the server %s", guild.id, exc_info=True)


def find_welcome_channel(guild: discord.Guild, channels: Collection[int]) -> discord.TextChannel | None:
    """Return the channel for the welcome: one that the bot answers in, else that for newcomers, or the first.

    Only channels count in which the bot may write and everybody may read.
    """

    def is_open(place: discord.TextChannel) -> bool:
        mine, everyone = place.permissions_for(place.guild.me), place.permissions_for(place.guild.default_role)
        return mine.view_channel and mine.send_messages and everyone.view_channel

    first = [guild.system_channel] if guild.system_channel else []
    answered = [channel for channel in guild.text_channels if channel.id in channels]
    places = answered if channels else [*first, *guild.text_channels]
    return next(filter(is_open, places), None)
