"""What is posted of the arrivals where moderators chose a channel: chosen, claimed, settled.

A claim is written before a post is sent, and settled after it. A process that finds a claim that was not settled asks
Discord whether the post was sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, func, select, update

from bot.records.figures import change_figure, keep_figure, read_figure, read_figures, set_figure
from bot.records.news.arrivals import NEWS_CLAIMED, NEWS_SINCE, Arrival
from bot.records.tables import ARRIVALS

_CHANNEL, _TROUBLE = "news_channel:", "news_trouble:"
_POSTED_AT = "news_posted_at"


@dataclass(frozen=True, slots=True)
class NewsChannel:
    """The channel that a server chose for news, and since when it takes none, None where it does."""

    guild: int
    channel: int
    trouble_since: int | None


@dataclass(frozen=True, slots=True)
class NewsBatch:
    """Arrivals that are posted together, the newest by day first; `last` is the time of the last of them.

    `claimed_at` is None, except where a process claimed them then and was stopped: it may have posted them.
    """

    last: int
    arrivals: Sequence[Arrival]
    channels: Sequence[NewsChannel]
    claimed_at: int | None = None


def choose_news_channel(connection: Connection, guild: int, channel: int | None) -> None:
    """Choose the channel of a server, or none; with the first of all channels, what came before is no news."""
    if not read_news_channels(connection):
        latest = connection.execute(select(func.max(ARRIVALS.c.arrived_at))).scalar()
        set_figure(connection, NEWS_SINCE, latest or 0)
    set_figure(connection, f"{_CHANNEL}{guild}", channel or 0)
    note_trouble(connection, guild, None)


def read_news_channels(connection: Connection) -> Sequence[NewsChannel]:
    channels, troubles = _by_guild(connection, _CHANNEL), _by_guild(connection, _TROUBLE)
    return [NewsChannel(guild, channel, troubles.get(guild)) for guild, channel in channels.items()]


def note_trouble(connection: Connection, guild: int, since: int | None) -> bool:
    """Note since when the channel of a server takes no news, None where it does; return whether that was not known."""
    before = read_figure(connection, f"{_TROUBLE}{guild}") or 0
    if bool(before) is not bool(since):
        set_figure(connection, f"{_TROUBLE}{guild}", since or 0)
    return bool(since) and not before


def claim_news(connection: Connection, now: int, pace: int, patience: int) -> NewsBatch | int | None:
    """Claim what is to be posted now, or return the seconds until something is; None where nothing waits.

    There are `pace` seconds between two posts; a claim that was not settled for `patience` seconds may be taken over.
    """
    channels = read_news_channels(connection)
    claimed, posted_at = read_figure(connection, NEWS_CLAIMED) or 0, read_figure(connection, _POSTED_AT) or 0
    last = (
        claimed or connection.execute(select(func.max(ARRIVALS.c.arrived_at)).where(_is_pending(connection))).scalar()
    )
    if not channels or last is None:
        return None
    pause = patience if claimed else pace
    waits = posted_at + pause - now
    # A clock that was set back must not hold anything up for years.
    if 0 < waits <= pause:
        return waits
    if claimed:
        return NewsBatch(claimed, _arrivals(connection, claimed), channels, posted_at)
    keep_figure(connection, NEWS_CLAIMED, 0)
    if not change_figure(connection, NEWS_CLAIMED, 0, last):
        return patience
    set_figure(connection, _POSTED_AT, now)
    return NewsBatch(last, _arrivals(connection, last), channels)


def settle_news(connection: Connection, batch: NewsBatch, now: int, *, is_posted: bool) -> None:
    """End the claim of a batch: its arrivals were posted, or wait for the next post."""
    if is_posted:
        was_claimed = _is_pending(connection) & (ARRIVALS.c.arrived_at <= batch.last)
        connection.execute(update(ARRIVALS).where(was_claimed).values(announced_at=now))
    change_figure(connection, NEWS_CLAIMED, batch.last, 0)


def _is_pending(connection: Connection) -> ColumnElement[bool]:
    since = read_figure(connection, NEWS_SINCE) or 0
    return ARRIVALS.c.announced_at.is_(None) & (ARRIVALS.c.arrived_at > since)


def _arrivals(connection: Connection, last: int) -> Sequence[Arrival]:
    table = ARRIVALS.c
    query = select(table.article_id, table.title, table.outlet, table.url, table.published, table.arrived_at)
    chosen = query.where(_is_pending(connection), table.arrived_at <= last)
    rows = connection.execute(chosen.order_by(func.coalesce(table.published, "").desc(), table.id))
    return [
        Arrival(name, title, outlet, url, date.fromisoformat(day) if day else None, int(at))
        for name, title, outlet, url, day, at in rows
    ]


def _by_guild(connection: Connection, prefix: str) -> Mapping[int, int]:
    """Return the figures of servers whose names begin so, without zeros."""
    return {int(name): value for name, value in read_figures(connection, prefix).items()}
