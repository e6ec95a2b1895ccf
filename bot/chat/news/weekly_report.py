"""The card of the week, sent once, on Monday morning or when the bot is back, and counts of each day."""

import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime, timedelta

import discord

from bot.answering import Answer, Gap, Refusal
from bot.chat.exchange.delivery import LONGEST_SEND, EarlierTry, Sending, send_once
from bot.chat.news.news_cards import weekly_card
from bot.chat.request_handler import RequestHandler
from bot.records import Records
from bot.records.figures import add_to_figure, day_of
from bot.records.news import week as of_week
from bot.records.news.week import Week, claim_weekly_card, settle_weekly_card
from bot.workers.threads import in_daemon_thread

# In UTC: morning from Morocco to Oman. Chosen.
_HOUR = 6
_TRY_AGAIN = 3600  # seconds; how often a channel is tried that takes no card
_WEEK = timedelta(7)


class WeeklyReport:
    """Sends the card of the last week once, whichever process does it; a week in which nothing happened has none."""

    def __init__(
        self,
        handler: RequestHandler,
        records: Records,
        channel: int | None,
        largest_gaps: Callable[[], Awaitable[Sequence[Gap]]],
        now: Callable[[], float] = time.time,
    ) -> None:
        self._handler, self._records, self._channel = handler, records, channel
        self._largest_gaps, self._now = largest_gaps, now
        self._done: date | None = None

    async def send_due(self, client: discord.Client) -> float | None:
        """Send the card that is due; return the seconds until another may be, None without a channel.

        Raise RecordsAwayError.
        """
        if self._channel is None:
            return None
        now = datetime.fromtimestamp(self._now(), UTC)
        monday = now.date() - timedelta(now.weekday())
        due = datetime(monday.year, monday.month, monday.day, _HOUR, tzinfo=UTC)
        if now < due:
            return (due - now).total_seconds()
        until_next = (due + _WEEK - now).total_seconds()
        if self._done == due.date():
            return until_next
        first = due.date() - _WEEK
        # What moderators removed counts no more.
        without = await in_daemon_thread(lambda: [one.id for one in self._handler.editions.removals])
        claimed = await self._records.ask(claim_weekly_card, first, int(now.timestamp()), LONGEST_SEND, without)
        if isinstance(claimed, int):
            return claimed
        if claimed is not None and not await self._is_told(client, self._channel, *claimed):
            return _TRY_AGAIN
        self._done = due.date()
        return until_next

    async def _is_told(self, client: discord.Client, channel: int, week: Week, claimed_at: int) -> bool:
        """Send the card of a week, unless it was quiet; return whether that is done."""
        stale = self._handler.stale
        if not week.is_quiet or stale:
            card = weekly_card(week, await self._largest_gaps(), self._handler.texts, stale)
            earlier = EarlierTry(claimed_at, card.texts[:1])
            if await send_once(client, channel, card, f"week{week.first}", earlier) is not Sending.DONE:
                return False
        await self._records.ask(settle_weekly_card, first=week.first)
        return True


class DailyFigures:
    """Counts outcomes and votes by day in the store, which writes together what comes together."""

    def __init__(self, records: Records, now: Callable[[], float] = time.time) -> None:
        self._records, self._now = records, now

    def note_outcome(self, outcome: Answer | Refusal) -> None:
        """Count an outcome; a greeting is none."""
        if isinstance(outcome, Answer):
            self._add(of_week.ANSWERED, 1)
        elif outcome.is_of_question:
            self._add(of_week.REFUSED, 1)

    def note_vote(self, *, helpful: bool, is_changed: bool) -> None:
        """Count a vote, which may take the place of the opposite one."""
        self._add(of_week.HELPFUL if helpful else of_week.UNHELPFUL, 1)
        if is_changed:
            self._add(of_week.UNHELPFUL if helpful else of_week.HELPFUL, -1)

    def _add(self, name: str, count: int) -> None:
        self._records.write(add_to_figure, name=name, day=day_of(self._now()), count=count)
