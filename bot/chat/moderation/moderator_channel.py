"""The moderators' channel, written to through the client that is connected, and the audit of reloads in it."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from bot.chat.cards.card import Card, notice
from bot.chat.chat_errors import DELIVERY_ERRORS, new_reference
from bot.chat.exchange.delivery import FindClient, send_card
from bot.chat.moderation.reload_cards import AuditedWork, ReloadResult, audit_line, reload_summary
from bot.edition import (
    BuildTimeoutError,
    HeldBack,
    Hold,
    NothingBeforeError,
    ReloadCancelledError,
    Reloaded,
    Resumed,
    RolledBack,
    Unchanged,
)
from bot.errors import TextError
from bot.retrieval import SearchError
from bot.texts import Texts

logger = logging.getLogger(__name__)

# A card has room for fewer.
_MOST_TOLD = 30
_DAY = 86_400.0  # seconds
_FORESEEN = (TextError, NothingBeforeError, ReloadCancelledError, BuildTimeoutError)


class ModeratorChannel:
    """Sends cards to the channel with this id; without one, or a client, nothing."""

    def __init__(self, channel_id: int | None, find_client: FindClient) -> None:
        self.id = channel_id
        self._find_client = find_client

    @property
    def is_seen(self) -> bool:
        """Whether the client sees the channel: of several processes that share a bot's servers, one does."""
        client = self._find_client()
        return self.id is not None and client is not None and client.get_channel(self.id) is not None

    async def send(self, card: Card) -> None:
        """Send a card; raise what Discord raises."""
        client = self._find_client()
        if self.id is not None and client is not None:
            await send_card(client.get_partial_messageable(self.id).send, card, nonce=new_reference())


class AuditChannel:
    """Tells the moderators who began each reload and how it ended; of automatic ones only what is news."""

    def __init__(
        self, send: Callable[[Card], Awaitable[object]], texts: Texts, now: Callable[[], float] = time.monotonic
    ) -> None:
        """Send by a function; `now` is a clock of seconds that never goes back."""
        self.told: deque[tuple[datetime, str]] = deque(maxlen=_MOST_TOLD)
        """When what was told, the newest last: the changes and failures since the start."""
        self._send = send
        self._texts = texts
        self._now = now
        self._last_failure: str | None = None
        self._hold_told_at: float | None = None
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
                    logger.error("%s: a reload failed, the old edition serves on", reference, exc_info=outcome)
            case Reloaded() | RolledBack():
                is_change = True
                self._hold_told_at = self._now() if isinstance(outcome, RolledBack) else None
            case HeldBack():
                is_change = False
                self._remind(outcome)
            case Unchanged() | Resumed():
                is_change = False
        asked_for = (work.by, work.added, work.corrected, work.removed)
        is_asked_for = any(one is not None for one in asked_for)
        is_news = is_asked_for or failure != self._last_failure or is_change
        self._last_failure = failure
        if is_news:
            line = audit_line(outcome, work, reference, self._texts)
            self.told.append((datetime.now(UTC), line))
            self._begin_to_tell(line)

    def _remind(self, outcome: HeldBack) -> None:
        """Tell once a day, and once after a start, that a rollback keeps out all that is new."""
        if outcome.hold is Hold.ALL and (self._hold_told_at is None or self._now() - self._hold_told_at >= _DAY):
            self._hold_told_at = self._now()
            self._begin_to_tell(reload_summary(outcome, self._texts))

    def _begin_to_tell(self, line: str) -> None:
        task = asyncio.create_task(self._tell(notice(line)))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _tell(self, card: Card) -> None:
        try:
            await self._send(card)
        except DELIVERY_ERRORS as error:
            logger.warning("The outcome of a reload could not be sent to the moderators: %s", error)
