"""The audit of reloads in the moderators' channel: who began each, and how it ended."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.chat.cards import AuditedWork, Card, ReloadResult, audit_line, notice
from bot.chat.discord_errors import DELIVERY_ERRORS
from bot.edition import (
    BuildTimeoutError,
    HeldBack,
    NothingBeforeError,
    ReloadCancelledError,
    Reloaded,
    Resumed,
    RolledBack,
    Unchanged,
)
from bot.errors import TextError
from bot.retrieval.opensearch import SearchError
from bot.texts import Texts

logger = logging.getLogger(__name__)

_FORESEEN = (TextError, NothingBeforeError, ReloadCancelledError, BuildTimeoutError)


class AuditChannel:
    """Sends outcomes of reloads to the moderators; of automatic reloads only those that are news."""

    def __init__(self, send: Callable[[Card], Awaitable[object]], texts: Texts) -> None:
        self._send = send
        self._texts = texts
        self._last_failure: str | None = None
        self._sending: set[asyncio.Task[None]] = set()

    def note(self, outcome: ReloadResult, work: AuditedWork, reference: str) -> None:
        """Tell the moderators of an outcome in the background; log an unexpected error under its reference number."""
        failure = None
        match outcome:
            case Exception():
                # A server that is away says so in other words each time.
                failure = outcome.key if isinstance(outcome, SearchError) else str(outcome)
                is_change = False
                if not isinstance(outcome, _FORESEEN):
                    logger.error("%s: the old edition goes on serving", reference, exc_info=outcome)
            case Reloaded() | RolledBack():
                is_change = True
            case Unchanged() | HeldBack() | Resumed():
                is_change = False
        is_asked_for = work.by is not None or work.added is not None or work.removed is not None
        is_news = is_asked_for or failure != self._last_failure or is_change
        self._last_failure = failure
        if is_news:
            card = notice(audit_line(outcome, work, reference, self._texts))
            task = asyncio.create_task(self._tell(card))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    async def _tell(self, card: Card) -> None:
        try:
            await self._send(card)
        except DELIVERY_ERRORS as error:
            logger.warning("The moderators could not be told of a reload: %s", error)
