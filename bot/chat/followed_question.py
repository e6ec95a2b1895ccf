"""A question whose answer follows it, as long as it is remembered."""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import datetime

import aiohttp
import discord

from bot.chat.delivery import deliver
from bot.chat.faults import UNKNOWN_CHANNEL, UNKNOWN_MESSAGE
from bot.chat.message_exchange import Answered, MessageExchange

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class FollowedQuestion:
    """What is remembered of a question: no more than its words, and where its answer stands.

    `turn` is held by whoever works on the answer, `version` is the newest that was heard of, and `words` are those
    answered; `exchange` is there while an answer is being made.
    """

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    version: datetime | None = None
    words: str | None = None
    answer: Answered | None = None
    exchange: MessageExchange | None = None
    is_deleted: bool = False

    def hear_of(self, version: datetime) -> bool:
        """Note a version and tell whether it is newer than those heard of; Discord repeats itself after a resume."""
        if self.version is not None and version <= self.version:
            return False
        self.version = version
        self._end()
        return True

    def delete(self) -> None:
        """Note that the question is gone, also for the answer that is being made."""
        self.is_deleted = True
        self._end()

    async def withdraw(self) -> None:
        """Take the answer away; one that people deleted before is as good."""
        answer, self.answer, self.words = self.answer, None, None
        if answer is None:
            return
        try:
            await deliver(answer.delete)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            if getattr(error, "code", None) not in {UNKNOWN_MESSAGE, UNKNOWN_CHANNEL}:
                logger.warning("The answer to a question that is no more could not be deleted: %s", error)

    def _end(self) -> None:
        """Let the answer that is being made come to nothing, unless it is on its way already."""
        if self.exchange is not None:
            self.exchange.end()
