"""A card that is sent once, also where whoever sent it before was stopped before it was noted."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from http import HTTPStatus

import discord

from bot.chat.cards import Card, layout_texts
from bot.chat.discord_errors import DELIVERY_ERRORS, is_forbidden
from bot.chat.exchange import NO_PINGS, deliver

logger = logging.getLogger(__name__)

# Between this machine's clock and Discord's.
_CLOCKS_APART = timedelta(minutes=2)
_MOST_READ = 100


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
    except DELIVERY_ERRORS as error:
        logger.warning("A card could not be sent to %s: %s", channel, error)
        is_refusal = isinstance(error, discord.HTTPException) and error.status < HTTPStatus.INTERNAL_SERVER_ERROR
        is_limit = isinstance(error, discord.HTTPException) and error.status == HTTPStatus.TOO_MANY_REQUESTS
        return Sending.REFUSED if is_refusal and not is_limit else Sending.UNCLEAR
    return Sending.DONE


async def _is_there(client: discord.Client, place: discord.PartialMessageable, earlier: EarlierTry) -> bool:
    """Tell whether the bot has sent a card of these texts there since a time; False where it may not read back."""
    after, wanted = datetime.fromtimestamp(earlier.since, UTC) - _CLOCKS_APART, list(earlier.texts)

    async def is_found() -> bool:
        async for one in place.history(limit=_MOST_READ, after=after, oldest_first=True):
            if one.author == client.user and layout_texts(one.components)[: len(wanted)] == wanted:
                return True
        return False

    try:
        return await deliver(is_found)
    except discord.HTTPException as error:
        if not is_forbidden(error):
            raise
        return False
