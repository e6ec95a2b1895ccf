"""Reloads and rollbacks on behalf of moderators, with their progress and outcome."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from bot.chat.cards.card import Card, notice
from bot.chat.chat_errors import DELIVERY_ERRORS, ReplyError, is_passing
from bot.chat.error_handler import call_each
from bot.chat.moderation.moderator_channel import AuditChannel
from bot.chat.moderation.reload_cards import (
    AuditedWork,
    ReloadFailure,
    ReloadResult,
    actor_name,
    failure_card,
    failure_text,
    history_card,
    progress_card,
    reload_card,
    reload_summary,
    running_error,
)
from bot.chat.request_handler import RequestHandler
from bot.edition import (
    EmptyCorpusError,
    Reloaded,
    ReloadOutcome,
    ReloadRunningError,
    RolledBack,
    Running,
    Schedule,
    keep_following,
    keep_fresh,
)
from bot.retrieval import SearchError
from bot.workers.threads import in_daemon_thread, return_memory, tune_gc

logger = logging.getLogger(__name__)

# Discord takes five edits of a message in five seconds; a person reads fewer.
_SHOW_EVERY = 2.0
# Seconds. Chosen: what a reload is busy with lets go of it within one, unless something holds it up.
_ENDING, _LOOK_EVERY = 10.0, 0.1

Show = Callable[[Card], Awaitable[object]]
Outcome = TypeVar("Outcome", bound=ReloadOutcome | None)


async def show_progress(
    look: Callable[[], Running | None], ended: asyncio.Event, show: Callable[[Running], Awaitable[object]], every: float
) -> None:
    """Show the progress of a reload at most once in `every` seconds until it has ended; failures are logged."""
    shown: Running | None = None
    while True:
        with suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), every)
        if ended.is_set():
            return
        if (step := look()) is None or step == shown:
            continue
        try:
            await show(step)
            shown = step
        except Exception as error:
            # The client in whose session it is shown may have ended meanwhile.
            if not isinstance(error, DELIVERY_ERRORS) and not is_passing(error):
                raise
            logger.debug("The progress could not be shown: %s", error)


class Reloads:
    """Runs reloads and rollbacks, shows their progress, and tells the moderators who began them and how they ended."""

    def __init__(self, handler: RequestHandler, audit: AuditChannel, tells_of_others: Callable[[], bool]) -> None:
        """`tells_of_others` says whether it is on this process to tell of what was published by another."""
        # Of the last reload, if it failed.
        self.failure: ReloadFailure | None = None
        self._editions, self._texts, self._metrics = handler.editions, handler.texts, handler.metrics
        self._audit, self._tells_of_others = audit, tells_of_others
        self.listeners: list[Callable[[ReloadOutcome], None]] = []

    async def reload(self, by: str | None, show: Show, *, force: bool = False) -> Card:
        """Build and serve the next edition; return the card of what changed, or of why the old one stays.

        Raise ReplyError where another reload runs.
        """
        work = AuditedWork(by, "forced" if force else "reload")
        return await self._lay_out(self.attempt(show, work), work)

    async def attempt(self, show: Show, work: AuditedWork) -> ReloadResult:
        """Build and serve the next edition; return how that ended, or raise ReloadRunningError where another runs."""
        ended, editions = asyncio.Event(), self._editions
        layout = partial(progress_card, texts=self._texts, publishes=editions.is_shared)
        progress = show_progress(lambda: editions.running, ended, lambda step: show(layout(step)), _SHOW_EVERY)
        showing = asyncio.create_task(progress)
        try:
            reload = partial(editions.reload, by=work.by, force=work.kind == "forced", fetches=work.fetches)
            return await self._run(reload, work)
        finally:
            # An edit on its way must not arrive after the outcome.
            ended.set()
            await asyncio.wait([showing])

    async def cancel(self, by: str) -> Card:
        """Cancel the running reload, wait for its end, and name who began it; raise ReplyError where none runs."""
        running = self._editions.running
        if running is None or not self._editions.cancel(by):
            raise ReplyError("cancel.nothing")
        last_look = time.monotonic() + _ENDING

        def is_under_way() -> bool:
            return self._editions.running is not None and self._editions.running.since == running.since

        while (is_ending := is_under_way()) and time.monotonic() < last_look:  # noqa: ASYNC110 (nobody tells)
            await asyncio.sleep(_LOOK_EVERY)
        key = "cancel.ending" if is_ending else "cancel.done"
        return notice(self._texts(key, who=actor_name(running.by, self._texts)))

    async def rollback(self, by: str, chosen: str | None = None) -> Card:
        """Serve the edition before, or the one with a chosen fingerprint; raise ReplyError where a reload runs."""
        work = AuditedWork(by, "rollback")
        return await self._lay_out(self._run(partial(self._editions.rollback, by, chosen), work), work)

    async def history(self) -> Card:
        """List the last changes and failures, and the editions that a rollback may choose."""
        told, earlier = list(self._audit.told), await in_daemon_thread(lambda: self._editions.earlier)
        return history_card(told, earlier, self._texts, is_shared=self._editions.is_shared)

    async def keep_fresh(self, every: Schedule) -> None:
        """Reload on a schedule, and until a source that was unreachable at the start answers.

        Moderators are told where the outcome is news. A process that builds nothing has nothing to do.
        """
        if not self._editions.builds:
            return
        await keep_fresh(
            self._editions,
            every,
            _in_thread,
            lambda outcome: self._note_outcome(outcome, AuditedWork()),
            lambda error: self._note_error(error, AuditedWork()),
        )

    async def keep_following(self, seconds: float) -> None:
        """Serve what other processes make serve on a cluster; what waits for news hears of it as of a reload here.

        A bot that reloads tells the moderators itself; of what came otherwise one of those that build nothing does.
        """
        if not self._editions.is_shared:
            return

        def note(outcome: ReloadOutcome) -> None:
            if not self._editions.builds and self._tells_of_others():
                self._audit.note(outcome, AuditedWork(kind="followed"))
            call_each(self.listeners, outcome)

        await keep_following(self._editions, seconds, _in_thread, note)

    async def _run(self, change: Callable[[], ReloadOutcome], work: AuditedWork) -> ReloadResult:
        """Run a reload or rollback off the event loop, and tell the moderators how it ended."""
        try:
            outcome = await _in_thread(change)
        except ReloadRunningError:
            raise
        except Exception as error:  # noqa: BLE001 (whatever it is, the old edition serves and somebody wants to know why)
            self._note_error(error, work)
            return error
        self._note_outcome(outcome, work)
        return outcome

    async def _lay_out(self, attempt: Awaitable[ReloadResult], work: AuditedWork) -> Card:
        """Lay out how a reload or rollback ends, off the event loop: every article may have changed."""
        try:
            ended = await attempt
        except ReloadRunningError as error:
            raise running_error(error, datetime.now(UTC), self._texts) from error
        if isinstance(ended, Exception):
            return failure_card(ended, work, self._texts)
        try:
            return await in_daemon_thread(lambda: reload_card(ended, self._texts))
        except SearchError as error:
            # It is done all the same; only which articles it brought cannot be read.
            return notice("\n".join((reload_summary(ended, self._texts), failure_text(error, "", self._texts))))

    def _note_outcome(self, outcome: ReloadOutcome, work: AuditedWork) -> None:
        self.failure = None
        if work.kind != "rollback":
            self._metrics.reloads.labels("done").inc()
        self._audit.note(outcome, work)
        call_each(self.listeners, outcome)

    def _note_error(self, error: Exception, work: AuditedWork) -> None:
        if work.kind != "rollback":
            self.failure = ReloadFailure(failure_text(error, work.reference, self._texts), work.by, datetime.now(UTC))
            self._metrics.reloads.labels("empty" if isinstance(error, EmptyCorpusError) else "failed").inc()
        self._audit.note(error, work)


async def _in_thread(work: Callable[[], Outcome]) -> Outcome:
    """Run a reload or rollback in a thread, and return the memory that it took to the system."""

    def settled() -> Outcome:
        outcome = work()
        if isinstance(outcome, Reloaded | RolledBack):
            tune_gc()
            return_memory()
        return outcome

    return await in_daemon_thread(settled)
