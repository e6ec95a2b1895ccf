"""Articles that came into the coverage, by the editions that brought them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import Connection, delete, func, or_, select

from bot.records.figures import read_figure, set_figure
from bot.records.tables import ARRIVALS, ARTICLE_CHANGES, FIGURES, insert_missing, storable, upsert

NEWS_SINCE, NEWS_CLAIMED = "news_since", "news_claimed"
"""The figures of the arrivals before which nothing is news, and of those that are being posted, 0 for none."""

# Half of a byte a digit: fifteen of them are a positive number in every database.
_DIGITS = 15
NOTED_EDITION, _DAY = "coverage_edition", "coverage_day"
"""The figures of the edition whose changes were noted last, by its number, and of the day of its newest article."""

# The time of arrival of an article that was there before the store knew of it. Such rows go with the next day's
# deletions: what a source loses and brings back within a day is the usual case.
_BEFORE = 0
# SQLite takes 32,766 values in a statement; no article is so urgent that fewer statements would matter.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article that came into the coverage, and when, in seconds since 1970."""

    article_id: str
    title: str
    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    arrived_at: int = _BEFORE


@dataclass(frozen=True, slots=True)
class CoverageChange:
    """From the edition `before` to `edition`, both as numbers: the articles that came, that changed and that went.

    `changed` are the paragraphs that are new in an article, by its id and their digests. `before` is None where what
    served before is not known; `last_day` is the ordinal of the newest article's day, 0 without any; `newest` are the
    newest articles, where editions may have served of which the store was not told.
    """

    edition: int
    before: int | None
    last_day: int
    added: Sequence[Arrival] = ()
    removed: Sequence[Arrival] = ()
    newest: Sequence[Arrival] = ()
    changed: Sequence[tuple[str, str]] = ()


def note_change(connection: Connection, change: CoverageChange, now: int) -> None:
    """Note what an edition brought; of the first that a store hears of, only what is known to have come with it.

    Where an edition between is not known to the store, the articles of a later day than all of the last one's are
    news: they cannot have been in that. What is noted once is not noted again. `now` is in seconds since 1970.
    """
    known = read_figure(connection, NOTED_EDITION)
    if known == change.edition:
        return
    added = list(change.added)
    if known is not None and known != change.before:
        day = read_figure(connection, _DAY) or 0
        added += [one for one in change.newest if one.published and one.published.toordinal() > day]
    # Later than all before, so that times show what was posted.
    latest = latest_news(connection)
    passed = select(func.max(FIGURES.c.value)).where(FIGURES.c.name.in_((NEWS_SINCE, NEWS_CLAIMED)))
    at = max(now, latest + 1, (connection.execute(passed).scalar() or 0) + 1)
    _take_back(connection, change.removed, at)
    insert_missing(connection, ARRIVALS, [_row(one, at) for one in added], "article_id")
    for name, paragraph in change.changed:
        row = {"article_id": storable(name), "paragraph": paragraph}
        upsert(connection, ARTICLE_CHANGES, row | {"changed_at": at}, {"changed_at": at})
    set_figure(connection, NOTED_EDITION, change.edition)
    set_figure(connection, _DAY, change.last_day)


def latest_news(connection: Connection) -> int:
    """Return the time of the last arrival or change, 0 where nothing has come."""
    latest = (select(func.max(column)) for column in (ARRIVALS.c.arrived_at, ARTICLE_CHANGES.c.changed_at))
    return max(connection.execute(query).scalar() or 0 for query in latest)


def edition_number(fingerprint: str) -> int:
    """Return the number by which the store knows an edition."""
    return int(fingerprint[:_DIGITS], 16)


def read_arrival_times(connection: Connection, since: int, published: date) -> Mapping[str, int]:
    """Return when articles arrived, by id: of those that arrived since a time, and those published since a day.

    An article that the store did not see arrive is left out.
    """
    is_wanted = or_(ARRIVALS.c.arrived_at >= since, ARRIVALS.c.published >= published.isoformat())
    query = select(ARRIVALS.c.article_id, ARRIVALS.c.arrived_at)
    rows = connection.execute(query.where(is_wanted, ARRIVALS.c.arrived_at > _BEFORE))
    return {name: int(at) for name, at in rows}


def count_arrivals(
    connection: Connection, since: int, until: int, without: Collection[str] = ()
) -> Sequence[tuple[str | None, int]]:
    """Count what arrived from one time until before another, by outlet, the most first; `without` some articles."""
    count = func.count().label("count")
    query = select(ARRIVALS.c.outlet, count).where(ARRIVALS.c.arrived_at >= since, ARRIVALS.c.arrived_at < until)
    query = query.where(ARRIVALS.c.article_id.not_in([storable(name) for name in without]))
    rows = connection.execute(query.group_by(ARRIVALS.c.outlet).order_by(count.desc(), ARRIVALS.c.outlet.nulls_first()))
    return [(outlet, int(number)) for outlet, number in rows if number]


def _take_back(connection: Connection, removed: Sequence[Arrival], at: int) -> None:
    """Forget the arrivals that went before they were posted, so that they arrive anew if they come back.

    All others are no news when they come back, whether they were posted or were there before the store.
    """
    claimed = read_figure(connection, NEWS_CLAIMED) or 0
    for start in range(0, len(removed), _AT_ONCE):
        some = removed[start : start + _AT_ONCE]
        names = [storable(one.article_id) for one in some]
        query = select(ARRIVALS.c.article_id).where(ARRIVALS.c.article_id.in_(names))
        present = set(connection.execute(query).scalars())
        is_unposted = ARRIVALS.c.announced_at.is_(None) & (ARRIVALS.c.arrived_at > claimed)
        connection.execute(delete(ARRIVALS).where(ARRIVALS.c.article_id.in_(names), is_unposted))
        gone = [_row(one, _BEFORE) | {"announced_at": at} for one in some if storable(one.article_id) not in present]
        insert_missing(connection, ARRIVALS, gone, "article_id")


def _row(one: Arrival, at: int) -> dict[str, object]:
    return asdict(one) | {"published": one.published and one.published.isoformat(), "arrived_at": at}
