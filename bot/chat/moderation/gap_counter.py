"""The gaps of the coverage as moderators read them: kept over restarts, and closed where an answer has come."""

import asyncio
import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from cachetools import FIFOCache
from sqlalchemy import Connection

from bot.answering import GAP_REASONS, Gap, Gaps, Reason, Refusal
from bot.chat.cards.card import Card
from bot.chat.news.news_cards import gaps_card
from bot.records import Records, RecordsAwayError
from bot.records.figures import add_to_figure, day_of, read_figure, set_figure, sum_figures
from bot.records.refusals import RefusedQuestion, gaps_since
from bot.texts import Texts
from bot.workers.threads import Worker

# Of a year's questions, those that still say what is missing now.
_MOST_RESTORED = 2000
# A question takes up to four milliseconds among a thousand subjects; whoever browses or asks comes in between.
_AT_ONCE, _REST = 5, 0.05
_MOST_LARGEST = 5
_PRIVATE, _SINCE = "gaps_private", "gaps_since"


class GapCounter:
    """Counts and lists gaps in one worker thread, in the order of arrival; no other thread touches them."""

    def __init__(self, gaps: Gaps, worker: Worker, records: Records, days: int) -> None:
        """Count gaps that the records keep for so many days, in a worker of one thread."""
        self._gaps, self._worker, self._records = gaps, worker, records
        self._days = timedelta(days=days)
        self._began = time.time()
        # By the card of their refusal: those of earlier processes, and those of this one that were logged lately; not
        # the refusals themselves, whose articles would keep an old edition.
        self.known: FIFOCache[int, RefusedQuestion] = FIFOCache(2 * _MOST_RESTORED)

    def note(self, refusal: Refusal, *, is_public: bool) -> None:
        """Count an unanswered question; the words of a private one are not kept."""
        asked = _asked(refusal.question, refusal.completed_from)
        self._worker.begin(self._gaps.note, asked, refusal.missing, refusal.reason, is_public=is_public)
        if not is_public and refusal.reason in GAP_REASONS:
            self._records.write(add_to_figure, name=_PRIVATE, day=day_of(time.time()))

    def forget(self, cards: Collection[int]) -> None:
        """Take away the known questions of cards that are deleted, or refuse no more."""
        for card in self.known.keys() & set(cards):
            self.close(self.known[card])

    def close(self, gap: RefusedQuestion) -> None:
        """Take away a question that is answered now, or deleted; one about a part of the coverage was not counted."""
        self.known.pop(gap.message_id, None)
        if gap.scope:
            return
        self._worker.begin(self._gaps.close, _asked(gap.question, gap.previous), gap.missing, Reason(gap.reason))

    def reopen(self, gap: RefusedQuestion) -> None:
        """Count a question again whose answer turned out to be none."""
        if not gap.scope and gap.reason in GAP_REASONS:
            self.known[gap.message_id] = gap
            asked = _asked(gap.question, gap.previous)
            at = datetime.fromtimestamp(gap.asked_at, UTC)
            self._worker.begin(self._gaps.note, asked, gap.missing, Reason(gap.reason), at=at)

    async def restore(self) -> None:
        """Count again what earlier processes counted: all but the cards that are known; raise RecordsAwayError."""
        first = await self._read_figures()
        kept = await self._records.ask(gaps_since, int(first.timestamp()), _MOST_RESTORED)
        # Only what all of the coverage lacks, and has not got since.
        gaps = [gap for gap in kept if not gap.scope and gap.reason in GAP_REASONS]
        before = [gap for gap in gaps if gap.answered_at is None and gap.message_id not in self.known]
        self.known.update({gap.message_id: gap for gap in before})
        for start in range(0, len(before), _AT_ONCE):
            for gap in before[start : start + _AT_ONCE]:
                at, asked = datetime.fromtimestamp(gap.asked_at, UTC), _asked(gap.question, gap.previous)
                await self._worker.run(self._gaps.note, asked, gap.missing, Reason(gap.reason), at=at)
            await asyncio.sleep(_REST)

    async def largest(self) -> Sequence[Gap]:
        """Return the few most frequent gaps."""
        return await self._worker.run(self._gaps.most_frequent, _MOST_LARGEST)

    async def _read_figures(self) -> datetime:
        """Read since when there are gaps and how many private ones; return the first day that counts."""
        first = datetime.fromtimestamp(self._began, UTC) - self._days
        since, private = await self._records.ask(_read_figures, int(self._began), day_of(first.timestamp()))
        await self._worker.run(self._gaps.restore, max(first, datetime.fromtimestamp(since, UTC)), private)
        return first

    async def card(self, texts: Texts) -> Card:
        """List the most frequent unanswered subjects."""
        # One that came while earlier ones were read is in the records; while these are away, memory counts.
        with suppress(RecordsAwayError):
            await self._read_figures()
        return await self._worker.run(gaps_card, self._gaps, texts)


def _asked(question: str, previous: str | None) -> str:
    return " ".join(filter(None, (previous, question)))


def _read_figures(connection: Connection, began: int, first: str) -> tuple[int, int]:
    """Return since when gaps are kept, in seconds since 1970, and the number of private ones from a day on."""
    since = read_figure(connection, _SINCE)
    if since is None:
        set_figure(connection, _SINCE, since := began)
    return since, sum_figures(connection, first).get(_PRIVATE, 0)
