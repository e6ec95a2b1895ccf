"""What is told to members of what they follow: looked for in what came, and by a card a day at most in each place.

A card is claimed before it is sent and settled after it, so that a process that finds a claim of a killed one asks
Discord whether the card is there.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import Connection, delete, null, select, update

from bot.records.figures import read_figure
from bot.records.member_rows import Follow, read_follows
from bot.records.news.arrivals import NOTED_EDITION, latest_news
from bot.records.refusals import DIRECT
from bot.records.retention import DAY
from bot.records.tables import ARRIVALS, ARTICLE_CHANGES, FOLLOWS

DAY_OF_CARDS = DAY
"""Seconds between two cards in a place, from morning to morning."""

# In UTC: what waits for the next day comes in the morning, from Morocco to Oman. Chosen.
_MORNING = 6 * 3600
# Chosen: one of two days is read.
_LAST_DAYS = 2
# Chosen: of more at once, as of an archive, no card of a day could tell.
_MOST_NEWS = 10_000

FollowGroup = Sequence[Follow]
"""What a member follows in one place."""


def read_follow_state(connection: Connection, now: int) -> tuple[Sequence[FollowGroup], int | None, int]:
    """Return what is followed now, by member and place; who was told longest ago comes first.

    Beside it the edition whose changes were noted last, and when the last came.
    """
    places: defaultdict[tuple[int, int], list[Follow]] = defaultdict(list)
    for one in read_follows(connection, now):
        places[one.place].append(one)
    groups = sorted(places.values(), key=lambda group: max(one.told_on for one in group))
    return groups, read_figure(connection, NOTED_EDITION), latest_news(connection)


def read_news(connection: Connection, since: int, until: int) -> Mapping[str, set[str] | None]:
    """Return what came after a time until another: articles by id, with the digests of what is new in changed ones."""
    came, then = ARRIVALS.c.arrived_at, ARTICLE_CHANGES.c.changed_at
    arrived = select(ARRIVALS.c.article_id, null(), came).where(came > since, came <= until)
    changed = select(*ARTICLE_CHANGES.c).where(then > since, then <= until)
    found = [*connection.execute(arrived), *connection.execute(changed)]
    news: dict[str, set[str] | None] = {}
    for article, paragraph, _ in sorted(found, key=lambda one: -int(one[2]))[:_MOST_NEWS]:
        known = news.setdefault(article, set())
        if paragraph is None:
            news[article] = None
        elif known is not None:
            known.add(paragraph)
    return news


def mark_seen(connection: Connection, ids: Collection[int], until: int) -> None:
    """Note that nothing that came until a time is to be told of some."""
    seen = {"seen_until": until, "claimed_at": None, "claimed_until": None}
    connection.execute(update(FOLLOWS).where(FOLLOWS.c.id.in_(ids)).values(seen))


def claim_follows(connection: Connection, follows: Collection[Follow], until: int, now: int) -> frozenset[int]:
    """Claim what is to be told now, with what came until a time; return the ids of those that are there still.

    Those are none where another process came first, or has told on this day in the place.
    """
    claimed = set[int]()
    for one in sorted(follows, key=lambda follow: follow.id):
        # Of two processes that come at once, one changes the row, and the other finds it changed.
        free = FOLLOWS.c.claimed_at.is_(None) if one.claimed_at is None else FOLLOWS.c.claimed_at == one.claimed_at
        is_due = (FOLLOWS.c.id == one.id) & (FOLLOWS.c.told_on < day_of_cards(now)) & free
        values = {"claimed_at": now, "claimed_until": until}
        if connection.execute(update(FOLLOWS).where(is_due).values(values)).rowcount:
            claimed.add(one.id)
    return frozenset(claimed)


def settle_follows(connection: Connection, follows: FollowGroup, at: int) -> None:
    """Note that a card has told what was claimed, and of what ends soon; what else there is waits for the next day."""
    ids, ending, first = [one.id for one in follows], [one.id for one in ending_soon(follows, at)], follows[0]
    was_claimed = FOLLOWS.c.id.in_(ids), FOLLOWS.c.claimed_until.is_not(None)
    told = {"seen_until": FOLLOWS.c.claimed_until, "claimed_at": None, "claimed_until": None}
    connection.execute(update(FOLLOWS).where(*was_claimed).values(told))
    connection.execute(update(FOLLOWS).where(FOLLOWS.c.id.in_(ending)).values(is_ending_told=True))
    is_there = FOLLOWS.c.tell_in == DIRECT
    if not first.is_direct:
        is_there = ~is_there & (FOLLOWS.c.channel_id == first.channel_id)
    own = update(FOLLOWS).where(FOLLOWS.c.member_id == first.member_id, is_there)
    connection.execute(own.values(told_on=day_of_cards(at)))


def leave_place(connection: Connection, ids: Collection[int], *, is_direct: bool) -> None:
    """Tell by direct message from now on what a channel does not take; end what cannot be told so either."""
    some = FOLLOWS.c.id.in_(ids)
    released = {"tell_in": DIRECT, "claimed_at": None, "claimed_until": None}
    connection.execute(delete(FOLLOWS).where(some) if is_direct else update(FOLLOWS).where(some).values(released))


def ending_soon(follows: Collection[Follow], now: int) -> Iterator[Follow]:
    """Yield what ends soon, where that has not been told."""
    yield from (one for one in follows if not one.is_ending_told and now >= one.ends_at - _LAST_DAYS * DAY)


def day_of_cards(now: float) -> int:
    """Return the number of the day of a time; days begin in the morning."""
    return int((now - _MORNING) // DAY_OF_CARDS)


def until_next_day(now: float) -> float:
    """Return the seconds until the next day of cards."""
    return DAY_OF_CARDS - (now - _MORNING) % DAY_OF_CARDS
