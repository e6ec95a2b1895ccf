"""The moderators' channel, written to through the client that is connected, and the audit of reloads in it."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

from bot.articles.sources import SourceProblem
from bot.chat.cards.card import Card, notice
from bot.chat.chat_errors import DELIVERY_ERRORS, new_reference
from bot.chat.exchange.delivery import FindClient, send_with_file
from bot.chat.moderation.reload_cards import AuditedWork, ReloadResult, audit_card, audit_line, reload_summary
from bot.edition import (
    BuildTimeoutError,
    Changes,
    HeldBack,
    Hold,
    NothingBeforeError,
    ReloadCancelledError,
    Reloaded,
    RolledBack,
)
from bot.errors import TextError
from bot.retrieval import SearchError
from bot.texts import Texts
from bot.workers.threads import in_daemon_thread

logger = logging.getLogger(__name__)

# A card has room for fewer.
_MOST_TOLD = 30
_DAY = 86_400.0  # seconds
# A site that gives many pages no more, where nothing is taken out of the coverage, waits for a person.
_WARNINGS = frozenset({"feed.many_refuse"})
# What a process finishes that was killed before it could, moderators had asked for.
_OF_ARTICLE = frozenset({"added", "corrected", "removed"})
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
            send = client.get_partial_messageable(self.id).send
            await send_with_file(send, card, files="files", nonce=new_reference())


class AuditChannel:
    """Tells the moderators who began each reload and how it ended; of automatic ones only what is news."""

    def __init__(
        self, send: Callable[[Card], Awaitable[object]], texts: Texts, now: Callable[[], float] = time.monotonic
    ) -> None:
        """Send by a function; `now` is a clock of seconds that never goes back."""
        self.told: deque[tuple[datetime, str]] = deque(maxlen=_MOST_TOLD)
        """When what was told, the newest last: the changes and failures since the start."""
        self._send, self._texts, self._now = send, texts, now
        self._last_failure: str | None = None
        self._hold_told_at: float | None = None
        self._warned: frozenset[str] = frozenset()
        self._sending: set[asyncio.Task[None]] = set()

    def note(self, outcome: ReloadResult, work: AuditedWork) -> None:
        """Tell the moderators of an outcome in the background; log an unexpected error under its reference number."""
        failure, is_change = None, False
        match outcome:
            case Exception():
                # A server that is away says so in other words each time.
                failure = outcome.key if isinstance(outcome, SearchError) else str(outcome)
                if not isinstance(outcome, _FORESEEN):
                    logger.error("%s: a reload failed, the old edition serves on", work.reference, exc_info=outcome)
            case Reloaded() | RolledBack():
                is_change = True
                self._hold_told_at = self._now() if isinstance(outcome, RolledBack) else None
            case HeldBack(hold=Hold.ALL) if self._hold_told_at is None or self._now() - self._hold_told_at >= _DAY:
                # Once a day, and once after a start: all that is new stays out.
                self._hold_told_at = self._now()
                self._begin_to_tell(reload_summary(outcome, self._texts))
        is_asked_for = work.by is not None or work.kind in _OF_ARTICLE
        is_news = is_asked_for or failure != self._last_failure or is_change
        self._last_failure = failure
        warnings = self._new_warnings(outcome)
        if is_news or warnings:
            line = audit_line(outcome, work, self._texts)
            self.told.append((datetime.now(UTC), line))
            # Whoever asked for it is shown the changes.
            is_unasked = isinstance(outcome, Reloaded) and not is_asked_for and outcome.before is not None
            changes = outcome.changes if isinstance(outcome, Reloaded) and is_unasked else None
            self._begin_to_tell(line, changes, warnings)

    def _new_warnings(self, outcome: ReloadResult) -> list[SourceProblem]:
        """Return what sources warn of that the fetch before did not have."""
        if isinstance(outcome, Exception):
            return []
        warned = {str(one.source): one for one in outcome.problems if one.error.key in _WARNINGS}
        new = [one for source, one in warned.items() if source not in self._warned]
        self._warned = frozenset(warned)
        return new

    def _begin_to_tell(self, line: str, changes: Changes | None = None, warnings: Sequence[SourceProblem] = ()) -> None:
        task = asyncio.create_task(self._tell(line, changes, warnings))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _tell(self, line: str, changes: Changes | None, warnings: Sequence[SourceProblem]) -> None:
        """Send a line; below it what was changed or went, of which nobody asked, and what is to be looked after."""
        card = notice(line)
        try:
            # What came is in the channel for news.
            if warnings or (changes and (changes.changed or changes.removed)):
                card = await in_daemon_thread(lambda: audit_card(line, changes, warnings, self._texts))
        except SearchError:
            logger.warning("What a reload changed could not be read for the moderators, the line is sent alone")
        try:
            await self._send(card)
        except DELIVERY_ERRORS as error:
            logger.warning("The outcome of a reload could not be sent to the moderators: %s", error)
