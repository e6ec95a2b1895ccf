"""The audit of reloads: a line in the log, and one in the moderators' channel, for each by whomever."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import aiohttp
import discord

from bot.articles.sources import SourceError
from bot.chat.card import Card, notice
from bot.chat.reload_cards import Outcome, audit_line
from bot.edition import EmptyCorpusError, GateError, NothingBeforeError, Report
from bot.texts import Texts

logger = logging.getLogger(__name__)

_EXPECTED = (SourceError, GateError, EmptyCorpusError, NothingBeforeError)


class Audit:
    """Notes outcomes; those of the bot's own reloads are told where they are news, not every few minutes."""

    def __init__(self, send: Callable[[Card], Awaitable[object]], texts: Texts) -> None:
        self._send = send
        self._texts = texts
        self._last_failure: str | None = None
        self._sending: set[asyncio.Task[None]] = set()

    def note(self, outcome: Outcome, by: str | None, reference: str, *, is_rollback: bool = False) -> None:
        """Log an outcome, and tell the moderators of it without being waited for."""
        _log(outcome, by, reference, "rollback" if is_rollback else "reload")
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


def _is_unchanged(outcome: Outcome) -> bool:
    return isinstance(outcome, Report) and outcome.unchanged


def _log(outcome: Outcome, by: str | None, reference: str, action: str) -> None:
    """Log who did what; what nobody foresaw with its traceback, under the number that the moderators are told."""
    actor = by or "the bot itself"
    if isinstance(outcome, Report):
        changes = outcome.changes
        logger.info(
            "%s by %s: %d added, %d changed, %d removed, %d rejected; %s -> %s in %.1f s",
            action,
            actor,
            len(changes.added),
            len(changes.changed),
            len(changes.removed),
            len(changes.rejections),
            outcome.before,
            outcome.after,
            outcome.seconds,
        )
        return
    logger.warning(
        "%s: %s by %s failed, the old edition goes on serving: %s: %s",
        reference,
        action,
        actor,
        type(outcome).__name__,
        outcome,
        exc_info=None if isinstance(outcome, _EXPECTED) else outcome,
    )
