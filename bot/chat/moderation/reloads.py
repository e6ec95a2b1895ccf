"""Reloads and rollbacks with their progress, while questions go on being answered from the edition that serves."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

import aiohttp
import discord

from bot.chat.cards.card import Card, notice
from bot.chat.cards.progress_card import Step, progress_card
from bot.chat.cards.reload_cards import (
    ReloadFailure,
    actor_name,
    failure_card,
    failure_text,
    report_card,
    running_error,
)
from bot.chat.discord_errors import new_reference
from bot.chat.moderation.audit_channel import AuditChannel
from bot.chat.reply_error import ReplyError
from bot.edition import Editions, EmptyCorpusError, ReloadRunningError, Report, keep_fresh
from bot.ops.metrics import Metrics
from bot.ops.threads import in_daemon_thread, tune_gc
from bot.texts import Texts

logger = logging.getLogger(__name__)

# Discord takes five edits of a message in five seconds; a person reads fewer.
_SHOW_EVERY = 2.0

Show = Callable[[Card], Awaitable[object]]


class LatestStep:
    """The last step that was noted; noting is a single assignment, so that any thread may."""

    def __init__(self) -> None:
        self.now: Step | None = None

    def note(self, stage: str, done: int, total: int) -> None:
        """Note a step."""
        self.now = Step(stage, done, total)


async def show_progress(
    steps: LatestStep, ended: asyncio.Event, show: Callable[[Card], Awaitable[object]], texts: Texts, every: float
) -> None:
    """Show how far a work is, at most once in `every` seconds, until it has ended; that showing fails ends nothing."""
    shown: Step | None = None
    while not await _is_set_within(ended, every):
        if (step := steps.now) is None or step == shown:
            continue
        try:
            await show(progress_card(step, texts))
            shown = step
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            logger.debug("The progress could not be shown: %s", error)


async def _is_set_within(event: asyncio.Event, within: float) -> bool:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), within)
    return event.is_set()


class Reloads:
    """Has the corpus reloaded, shows how far that is, and tells the moderators who did it and what came of it."""

    def __init__(
        self,
        editions: Editions,
        texts: Texts,
        audit: AuditChannel,
        metrics: Metrics | None = None,
        show_every: float = _SHOW_EVERY,
    ) -> None:
        # Of the last reload, if it failed.
        self.failure: ReloadFailure | None = None
        self._editions = editions
        self._texts = texts
        self._audit = audit
        self._metrics = metrics or Metrics()
        self._show_every = show_every

    async def reload(self, by: str | None, show: Show, *, force: bool = False) -> Card:
        """Build and serve the next edition, and report what changed or why the old one stays.

        Raise ReplyError where another reload runs.
        """
        steps, ended = LatestStep(), asyncio.Event()
        showing = asyncio.create_task(show_progress(steps, ended, show, self._texts, self._show_every))
        try:
            return await self._run(
                partial(self._editions.reload, steps.note, by=by, force=force), "reload.done", by, is_rollback=False
            )
        finally:
            # An edit on its way must not arrive after the outcome.
            ended.set()
            await asyncio.wait([showing])

    async def cancel(self, by: str) -> Card:
        """End the reload under way, and say whose it is; raise ReplyError where none runs."""
        running = self._editions.running
        if running is None or not self._editions.cancel(by):
            raise ReplyError("cancel.nothing")
        return notice(self._texts("cancel.done", who=actor_name(running.by, self._texts)))

    async def rollback(self, by: str) -> Card:
        """Serve the edition before; raise ReplyError where a reload runs."""
        return await self._run(partial(self._editions.rollback, by), "rollback.done", by, is_rollback=True)

    async def keep_fresh(self, every: float | None) -> None:
        """Reload of the bot's own accord: every so many seconds, and until a source that was away at the start is back.

        The moderators are told of what is news.
        """

        async def note_report(report: Report) -> None:
            self._note_report(report, None, is_rollback=False)

        async def note_error(error: Exception) -> None:
            self._note_error(error, new_reference(), None, is_rollback=False)

        await keep_fresh(self._editions, every, _in_thread, note_report, note_error)

    async def _run(self, work: Callable[[], Report], key: str, by: str | None, *, is_rollback: bool) -> Card:
        """Do the work, and make its card beside the event loop: what changed may be every article."""
        reference = new_reference()
        try:
            report = await _in_thread(work)
        except ReloadRunningError as error:
            raise running_error(error, datetime.now(UTC), self._texts) from error
        except Exception as error:  # noqa: BLE001 (whatever it is, the old edition serves and somebody wants to know why)
            self._note_error(error, reference, by, is_rollback=is_rollback)
            return failure_card(error, reference, self._texts)
        self._note_report(report, by, is_rollback=is_rollback)
        return await in_daemon_thread(lambda: report_card(report, self._texts, key))

    def _note_report(self, report: Report, by: str | None, *, is_rollback: bool) -> None:
        self.failure = None
        if not is_rollback:
            self._metrics.reloads.labels("done").inc()
        self._audit.note(report, by, "", is_rollback=is_rollback)

    def _note_error(self, error: Exception, reference: str, by: str | None, *, is_rollback: bool) -> None:
        if not is_rollback:
            self.failure = ReloadFailure(failure_text(error, reference, self._texts), by, datetime.now(UTC))
            self._metrics.reloads.labels("empty" if isinstance(error, EmptyCorpusError) else "failed").inc()
        self._audit.note(error, by, reference, is_rollback=is_rollback)


async def _in_thread(work: Callable[[], Report]) -> Report:
    """Have an edition built beside the event loop, and give back the memory that this took."""

    def settled() -> Report:
        report = work()
        if not report.unchanged:
            tune_gc()
        return report

    return await in_daemon_thread(settled)
