"""The audit of reloads for moderators: a line in their channel for each, by whomever; the log has its own."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import aiohttp
import discord

from bot.articles.sources import SourceError
from bot.chat.cards.card import Card, notice
from bot.chat.cards.reload_cards import ReloadOutcome, audit_line
from bot.edition import BuildTimeoutError, GateError, NothingBeforeError, ReloadCancelledError, Report
from bot.texts import Texts

logger = logging.getLogger(__name__)

_FORESEEN = (Report, SourceError, GateError, NothingBeforeError, ReloadCancelledError, BuildTimeoutError)


class AuditChannel:
    """Notes outcomes; those of the bot's own reloads are told where they are news, not every few minutes."""

    def __init__(self, send: Callable[[Card], Awaitable[object]], texts: Texts) -> None:
        self._send = send
        self._texts = texts
        self._last_failure: str | None = None
        self._sending: set[asyncio.Task[None]] = set()

    def note(self, outcome: ReloadOutcome, by: str | None, reference: str, *, is_rollback: bool = False) -> None:
        """Tell the moderators of an outcome, without being waited for; log what nobody foresaw under its number."""
        if not isinstance(outcome, _FORESEEN):
            logger.error("%s: the old edition goes on serving", reference, exc_info=outcome)
        failure = None if isinstance(outcome, Report) else str(outcome)
        is_news = by is not None or failure != self._last_failure or (failure is None and not _is_unchanged(outcome))
        self._last_failure = failure
        if is_news:
            card = notice(audit_line(outcome, by, reference, self._texts, is_rollback=is_rollback))
            task = asyncio.create_task(self._tell(card))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    async def _tell(self, card: Card) -> None:
        try:
            await self._send(card)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            logger.warning("The moderators could not be told of a reload: %s", error)


def _is_unchanged(outcome: ReloadOutcome) -> bool:
    return isinstance(outcome, Report) and outcome.unchanged
