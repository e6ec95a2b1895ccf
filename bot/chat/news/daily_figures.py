"""Counts of each day: what was answered and refused, and votes; written together, so that no question costs a write."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable

from sqlalchemy import Connection

from bot.answering import Answer, Refusal
from bot.records import Records
from bot.records.figures import add_to_figure, day_of
from bot.records.news.week import ANSWERED, HELPFUL, REFUSED, UNHELPFUL

_EVERY = 5.0  # seconds; a killed process loses the counts of no more


class DailyFigures:
    """Counts in memory, and adds the sums to the store every few seconds and at the end."""

    def __init__(self, records: Records, now: Callable[[], float] = time.time) -> None:
        self._records = records
        self._now = now
        self._counts: Counter[tuple[str, str]] = Counter()

    def note_outcome(self, outcome: Answer | Refusal) -> None:
        """Count an outcome; a greeting is none."""
        if isinstance(outcome, Answer):
            self._add(ANSWERED, 1)
        elif outcome.is_of_question:
            self._add(REFUSED, 1)

    def note_vote(self, *, helpful: bool, is_changed: bool) -> None:
        """Count a vote, which may take the place of the opposite one."""
        self._add(HELPFUL if helpful else UNHELPFUL, 1)
        if is_changed:
            self._add(UNHELPFUL if helpful else HELPFUL, -1)

    def write(self) -> None:
        """Hand what was counted to the store."""
        counts, self._counts = self._counts, Counter()

        def add(connection: Connection) -> None:
            for (name, day), count in counts.items():
                if count:
                    add_to_figure(connection, name, day, count)

        if counts:
            self._records.write(add)

    async def run(self) -> None:
        """Hand it over every few seconds until cancelled, and then what is left, which the store's own end writes."""
        try:
            while True:
                await asyncio.sleep(_EVERY)
                self.write()
        finally:
            self.write()

    def _add(self, name: str, count: int) -> None:
        self._counts[name, day_of(self._now())] += count
