"""A card that is sent once, also where whoever sent it before was stopped before it was noted."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

import discord

from bot.chat.cards.card import Card
from bot.chat.discord_errors import DELIVERY_ERRORS, is_forbidden, is_passing
from bot.chat.exchange.delivery import NO_PINGS, deliver
from bot.chat.exchange.own_messages import own_texts

logger = logging.getLogger(__name__)


class Sending(Enum):
    """How a send ended; after `UNCLEAR` the card may be there or not."""

    DONE = auto()
    REFUSED = auto()
    UNCLEAR = auto()


@dataclass(frozen=True, slots=True)
class EarlierTry:
    """A send that may have happened since a time, in seconds since 1970, and the first texts of its card."""

    since: int
    texts: Sequence[str]


async def send_once(
    client: discord.Client, channel: int, card: Card, nonce: str, earlier: EarlierTry | None
) -> Sending:
    """Send a card to a channel unless an earlier try did; Discord knows a repetition by its nonce too, for minutes."""
    place = client.get_partial_messageable(channel)
    try:
        if earlier is None or not await _is_there(client, place, earlier):
            await deliver(lambda: place.send(view=card.layout(), nonce=nonce, allowed_mentions=NO_PINGS))
    except (*DELIVERY_ERRORS, RuntimeError) as error:
        if not is_passing(error) and not isinstance(error, discord.HTTPException):
            raise
        logger.warning("A card could not be sent to %s: %s", channel, error)
        return Sending.UNCLEAR if is_passing(error) else Sending.REFUSED
    return Sending.DONE


async def _is_there(client: discord.Client, place: discord.PartialMessageable, earlier: EarlierTry) -> bool:
    """Tell whether the bot has sent a card of these texts there since a time; False where it may not read back."""
    wanted = list(earlier.texts)
    try:
        return any(list(texts[: len(wanted)]) == wanted for texts in await own_texts(client, place, earlier.since))
    except discord.HTTPException as error:
        if not is_forbidden(error):
            raise
        return False
