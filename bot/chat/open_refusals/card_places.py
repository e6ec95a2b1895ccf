"""Where cards stand, as far as this process looks after them, and rounds that change them one at a time.

A card that Discord does not take waits for the others to be looked after.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import discord

from bot.chat.cards.card import Card
from bot.chat.chat_errors import DELIVERY_ERRORS, THREAD_LOCKED, is_passing
from bot.chat.exchange.delivery import FindClient, ready_client, send_card
from bot.chat.request_handler import RequestHandler
from bot.chat.waiting_room import PAUSES
from bot.ops.rate_limits import FairQueue
from bot.records import RecordsAwayError
from bot.retrieval import SearchError

logger = logging.getLogger(__name__)

T = TypeVar("T")
Place = discord.abc.Messageable

PACE = 1.0
"""Seconds between two cards: Discord takes five edits in five seconds, fewer conversations, and members come first."""

_LOOK_EVERY = 0.05  # seconds; members' questions take some milliseconds each
# Cards that fail one after the other. Chosen: one may have something of its own, two by chance as well.
_OUTAGE = 3


class OutageError(Exception):
    """Discord is out of order, or does not take something, for longer than is waited."""


class CardPlaces:
    """Finds channels by their ids through the client that is connected now.

    Of several processes, each looks after the channels of its shards, and that of shard 0 after all others: direct
    conversations, and threads that nobody has written in for long.
    """

    def __init__(self, find_client: FindClient, shard_ids: Collection[int]) -> None:
        self._find_client, self.shard_ids = find_client, shard_ids

    async def client(self) -> discord.Client:
        """Wait for a client that is ready, and return it."""
        return await ready_client(self._find_client)

    def is_ours(self, client: discord.Client, channel_id: int) -> bool:
        """Whether this process looks after a channel."""
        return not self.shard_ids or 0 in self.shard_ids or client.get_channel(channel_id) is not None

    @staticmethod
    def find(client: discord.Client, channel_id: int) -> Place:
        """Return a channel, which need not be known."""
        place = client.get_channel(channel_id)
        return place if isinstance(place, Place) else client.get_partial_messageable(channel_id)

    @staticmethod
    async def edit(client: discord.Client, message: discord.Message, card: Card) -> None:
        """Edit a message into a card, for which a thread that was archived is opened; raise what Discord raises."""
        try:
            await send_card(message.edit, card)
        except discord.HTTPException as error:
            if error.code != THREAD_LOCKED:
                raise
            # Discord archives a thread after days without a message; one that was locked, its moderators closed.
            thread = await client.fetch_channel(message.channel.id)
            if not isinstance(thread, discord.Thread) or thread.locked:
                raise
            await thread.edit(archived=False)
            await send_card(message.edit, card)

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


@dataclass(slots=True)
class Rounds(Generic[T]):
    """Looks after cards while no member waits; `act` returns whether it changed one, None where it only looked.

    `failed` are those, by `key`, that Discord did not take last. There is patience with Discord for as long as a
    member's own answer would have it, whether for an outage or for a few cards.
    """

    handler: RequestHandler
    act: Callable[[T], Awaitable[bool | None]]
    key: Callable[[T], int]
    failed: set[int] = field(default_factory=set)
    changed: int = 0
    _pauses: Iterator[float] = field(default_factory=lambda: iter(PAUSES))

    async def make(self, cards: Sequence[T], meanwhile: Callable[[], Awaitable[None]] | None = None) -> None:
        """Look after each; raise OutageError, RecordsAwayError or SearchError with some left.

        One that Discord does not take is tried again after all others and after `meanwhile`.
        """
        if (left := await self._round(cards)) and meanwhile:
            await meanwhile()
        while left:
            await self._wait()
            left = await self._round(left)

    async def _round(self, cards: Sequence[T]) -> list[T]:
        """Look after each, and return those that Discord did not take."""
        left, failed_in_a_row = list[T](), 0
        for card in cards:
            if failed_in_a_row >= _OUTAGE:
                await self._wait()
            await wait_until_idle(self.handler.queue)
            if self.handler.is_stopping:
                return []
            try:
                if (is_changed := await self.act(card)) is None:
                    continue
                self.changed += is_changed
            except (RecordsAwayError, SearchError):
                raise
            except Exception as error:
                if is_passing(error):
                    left.append(card)
                    self.failed.add(self.key(card))
                    failed_in_a_row += 1
                else:
                    # Whatever one card has, the others are looked after.
                    logger.exception("A card could not be looked after, the others are")
            else:
                self.failed.discard(self.key(card))
                failed_in_a_row = 0
            await asyncio.sleep(PACE)
        return left

    async def _wait(self) -> None:
        """Wait, for longer each time; raise OutageError at the end."""
        if (pause := next(self._pauses, None)) is None:
            raise OutageError
        await asyncio.sleep(pause)


async def wait_until_idle(queue: FairQueue) -> None:
    """Wait while members wait for their answers."""
    while queue.waiting or queue.at_work:  # noqa: ASYNC110 (a queue tells nobody that it is empty)
        await asyncio.sleep(_LOOK_EVERY)
