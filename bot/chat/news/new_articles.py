"""What came into the coverage since a time: by arrival, or by the day of publication where no arrival is known.

It is listed, or summed up in a digest: what came since a member's last one.
"""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial

import numpy as np
from sqlalchemy import Connection

from bot.answering import group_by_topic
from bot.articles import Articles
from bot.chat.cards.card import Card
from bot.chat.cards.source_lines import scope_text
from bot.chat.cards.source_list import SourceList, list_page_card
from bot.chat.news.news_cards import digest_card
from bot.chat.request_handler import RequestHandler
from bot.edition import Edition
from bot.records import Records, RecordsAwayError
from bot.records.member_rows import note_digest, read_digest
from bot.records.news.arrivals import latest_news, read_arrival_times
from bot.retrieval import Scope
from bot.texts import Texts

MONTH, _WEEK = timedelta(30), timedelta(7)

_EPOCH, _DAY = date(1970, 1, 1).toordinal(), 24 * 60 * 60
# Whoever asks waits no longer for a store that does not answer.
_PATIENCE = 2.0


ArrivalTimes = Mapping[str, int]
"""Times of arrival, in seconds since 1970, by article."""


class NewArticles:
    """Lays out lists of what is new, with the times of arrival that the store has."""

    def __init__(self, handler: RequestHandler, records: Records, now: Callable[[], float] = time.time) -> None:
        self._handler, self._records = handler, records
        self.now = now

    async def card(self, asked: SourceList, edition: Edition) -> Card:
        """Lay out a page of a list of what arrived in an edition since a time."""
        month_ago = int(self.now() - MONTH.total_seconds())
        since = min(month_ago if asked.arrived_since is None else asked.arrived_since, month_ago)
        try:
            read = partial(read_arrival_times, since=since, published=_day(since))
            times: ArrivalTimes | None = await self._records.ask_within(_PATIENCE, read)
        except RecordsAwayError:
            times = None
        handler = self._handler
        return await handler.browse_worker.run(new_articles_card, edition, asked, times, month_ago, handler.texts)

    async def digest(self, member: int, edition: Edition) -> Card:
        """Sum up what arrived since a member's last digest, or in a week before the first, and remember that."""
        week_ago = int(self.now() - _WEEK.total_seconds())
        times: ArrivalTimes | None = None
        last, latest, handler = None, 0, self._handler
        try:
            read = partial(_read_for_digest, member=member, week_ago=week_ago)
            last, latest, times = await self._records.ask_within(_PATIENCE, read)
        except RecordsAwayError:
            pass

        def laid_out() -> Card:
            # What was there before the store has no time of arrival, and is not new twice.
            since = last + 1 if last else week_ago
            found = find_new_articles(edition, times or {}, since, None, by_day=not last)
            grouped = group_by_topic(list(found.titles()), handler.answerer.knowledge)
            subjects = [(topic, found.select(numbers)) for topic, numbers in grouped]
            asked = SourceList(arrived_since=since)
            return digest_card(found, subjects, asked, handler.texts, is_first=not last, is_by_day=times is None)

        card = await handler.browse_worker.run(laid_out)
        if times is not None:
            self._records.write(note_digest, member_id=member, at=latest)
        return card


def _read_for_digest(connection: Connection, member: int, week_ago: int) -> tuple[int | None, int, ArrivalTimes]:
    last = read_digest(connection, member)
    since = last or week_ago
    return last, latest_news(connection), read_arrival_times(connection, since, _day(since))


def find_new_articles(
    edition: Edition, times: ArrivalTimes, since: int, outlet: str | None, *, by_day: bool = True
) -> Articles:
    """Return the articles that arrived since a time, the newest arrivals first, those of one time by their day.

    Where `by_day`, those whose arrival is not known, since they were there before, count from the day of their
    publication on; a day to come is a mistake in the file.
    """
    table = edition.articles
    known = {number: at for name, at in times.items() if (number := table.number(name)) is not None}
    in_outlet = Scope(outlet=outlet).mask(table)
    moments = {number: at for number, at in known.items() if at >= since and in_outlet[number]}
    if edition.as_of and by_day:
        for number in np.flatnonzero(in_outlet & Scope(_day(since), edition.as_of).mask(table)).tolist():
            if number not in known:
                moments[number] = (int(table.columns.days[number]) - _EPOCH) * _DAY + _DAY // 2
    order = sorted(moments, key=lambda number: (-moments[number], -int(table.columns.days[number]), number))
    return table.select(np.asarray(order, dtype=np.int64))


def new_articles_card(
    edition: Edition, asked: SourceList, times: ArrivalTimes | None, month_ago: int, texts: Texts
) -> Card:
    """Lay out a page of what arrived since the time of a list, with a menu to open an article.

    Where that is nothing, say of which day the newest is, and how many came since a month ago. Without times, since the
    store is away, articles count by their days.
    """
    since = month_ago if asked.arrived_since is None else asked.arrived_since
    outlet = asked.scope.outlet if asked.scope else None
    title, scope = texts("new.title"), scope_text(Scope(_day(since), outlet=outlet), texts)
    by_day = (texts("new.by_day"),) if times is None else ()
    found = find_new_articles(edition, times or {}, since, outlet)
    if not found:
        newest = edition.catalogue.search("", 1, Scope(until=edition.as_of, outlet=outlet)) if edition.as_of else ()
        days = [texts("new.newest", date=texts.day(article.published)) for article in newest if article.published]
        count = len(find_new_articles(edition, times or {}, month_ago, outlet))
        of_month = texts("new.month", count=count) if count else texts("new.no_month")
        return Card(("\n".join((texts("new.none", scope=scope), *days, of_month, *by_day)),), title=title)
    intro = "\n".join((texts("new.found", count=len(found), scope=scope), *by_day))
    return list_page_card(title, intro, found, texts, asked)


def _day(seconds: int) -> date:
    return datetime.fromtimestamp(seconds, UTC).date()
