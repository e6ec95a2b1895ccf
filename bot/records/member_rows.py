"""Rows with a member's id, which they may read and delete: votes, what they wait for, follow and were told alone.

A vote has a link to the answer, and the words of the question where everybody at home may read it.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from threading import Lock

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, select, update

from bot.records.figures import day_of
from bot.records.news.arrivals import latest_news
from bot.records.refusals import DIRECT, HERE
from bot.records.retention import DAY, RETENTION
from bot.records.tables import DIGESTS, FOLLOWS, METADATA, NOBODY, QUOTES, REFUSALS, VOTES, upsert
from bot.texts.csv_table import CsvTable

FOLLOW_DAYS = RETENTION[FOLLOWS].days or 0
"""For so many days a subject is followed, unless it is renewed."""

MEMBER_TABLES: tuple[Table, ...] = tuple(table for table in METADATA.sorted_tables if "member_id" in table.c)


@dataclass(frozen=True, slots=True)
class MemberVote:
    """A vote of a member: when (seconds since 1970), on which answer, and its question where that is kept."""

    voted_at: int
    is_helpful: bool
    url: str
    question: str | None


@dataclass(frozen=True, slots=True)
class MemberWait:
    """A refused question that a member waits to be answered, with the previous one that it goes on from.

    `asked_at` are seconds since 1970. A member is notified by direct message where `is_direct`, else in the channel;
    `is_told` where they were, and would wait again if the answer turned out to be none.
    """

    asked_at: int
    question: str
    previous: str | None
    is_direct: bool
    channel_id: int
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class Follow:
    """What a member follows, as `FOLLOWS` has it; times are seconds since 1970.

    A member is told by direct message where `is_direct`, else in the channel.
    """

    id: int
    member_id: int
    subject: str
    previous: str | None
    language: str
    channel_id: int
    is_direct: bool
    followed_at: int
    seen_until: int
    told_on: int = 0
    is_ending_told: bool = False
    claimed_at: int | None = None
    claimed_until: int | None = None

    @property
    def place(self) -> tuple[int, int]:
        """Where the member is told: their id, and that of the channel, 0 for a direct message."""
        return self.member_id, 0 if self.is_direct else self.channel_id

    @property
    def direct_to(self) -> int | None:
        """The member where they are told directly, None where in the channel."""
        return self.member_id if self.is_direct else None

    @property
    def ends_at(self) -> int:
        """When it ends unless it is renewed."""
        return self.followed_at + FOLLOW_DAYS * DAY

    @property
    def last_day(self) -> date:
        """The day on which it ends, in UTC."""
        return datetime.fromtimestamp(self.ends_at, UTC).date()


@dataclass(frozen=True, slots=True)
class MemberRows:
    """All that is kept with a member's id, the newest first; `answers` counts their private answers.

    Of their last digest only the moment is.
    """

    votes: Sequence[MemberVote] = ()
    waits: Sequence[MemberWait] = ()
    answers: int = 0
    follows: Sequence[Follow] = ()
    has_digest: bool = False

    @property
    def is_empty(self) -> bool:
        return not any((self.votes, self.waits, self.answers, self.follows, self.has_digest))


def read_member_rows(connection: Connection, member_id: int) -> MemberRows:
    """Return all that is kept with a member's id."""
    vote = (VOTES.c.voted_at, VOTES.c.is_helpful, VOTES.c.url, VOTES.c.question)
    votes = select(*vote).where(VOTES.c.member_id == member_id).order_by(VOTES.c.voted_at.desc(), VOTES.c.message_id)
    wait = (REFUSALS.c.asked_at, REFUSALS.c.question, REFUSALS.c.previous)
    place = (REFUSALS.c.tell_in == "direct", REFUSALS.c.channel_id)
    waits = select(*wait, *place, REFUSALS.c.ended_at.is_not(None)).where(REFUSALS.c.member_id == member_id)
    newest = waits.order_by(REFUSALS.c.asked_at.desc(), REFUSALS.c.id)
    answers = select(func.count(QUOTES.c.message_id.distinct())).where(QUOTES.c.member_id == member_id)
    return MemberRows(
        [MemberVote(*row) for row in connection.execute(votes)],
        [MemberWait(*row) for row in connection.execute(newest)],
        connection.execute(answers).scalar_one(),
        # Also what has ended and is not deleted yet.
        read_follows(connection, 0, FOLLOWS.c.member_id == member_id)[::-1],
        read_digest(connection, member_id) is not None,
    )


def delete_member_rows(connection: Connection, member_id: int) -> MemberRows:
    """Delete every row with a member's id, and return what there was; rows of nobody stay."""
    if member_id == NOBODY:
        raise ValueError("nobody has rows of their own")
    kept = read_member_rows(connection, member_id)
    for table in MEMBER_TABLES:
        connection.execute(delete(table).where(table.c.member_id == member_id))
    return kept


# Databases take some tens of thousands of values in a statement.
_AT_ONCE = 1000
# Messages that are deleted while the store is away; 10 MB.
_MOST_FORGOTTEN = 100_000


@dataclass(frozen=True, slots=True)
class VoteTally:
    """How many votes are kept of either kind, as they stand, and when the oldest was given: seconds since 1970."""

    helpful: int
    unhelpful: int
    since: int | None


def keep_vote(  # noqa: PLR0913 (the columns of a row)
    connection: Connection, message_id: int, member_id: int, *, is_helpful: bool, url: str, voted_at: int
) -> None:
    """Keep a member's vote on an answer; it takes the place of an earlier one."""
    row = {"is_helpful": is_helpful, "url": url, "voted_at": voted_at}
    upsert(connection, VOTES, {"message_id": message_id, "member_id": member_id, **row}, row)


def add_words(  # noqa: PLR0913 (the columns of a row)
    connection: Connection,
    message_id: int,
    member_id: int,
    *,
    guild_id: int,
    question: str | None,
    titles: Sequence[str],
) -> None:
    """Add to a vote the question and the titles of an answer that is public at home, unless the vote is deleted."""
    words = {"guild_id": guild_id, "question": question, "titles": json.dumps(list(titles), ensure_ascii=False)}
    connection.execute(update(VOTES).where(_is_vote(message_id, member_id)).values(**words))


def forget_questions(connection: Connection, message_ids: Collection[int]) -> None:
    """Forget the questions of deleted answers; the votes on them stay."""
    ids = list(message_ids)
    for start in range(0, len(ids), _AT_ONCE):
        some = VOTES.c.message_id.in_(ids[start : start + _AT_ONCE])
        connection.execute(update(VOTES).where(some, VOTES.c.question.is_not(None)).values(question=None))


class AnswerDeletions:
    """Deleted answers whose questions are forgotten in one change, however many come before it is made.

    Discord reports every deleted message of a server: a change for each would push others out of what waits for a store
    that is away.
    """

    def __init__(self, ids: Collection[int]) -> None:
        self._ids = set(ids)
        self._is_made = False
        # The records make changes in a thread of their own.
        self._lock = Lock()

    def add(self, ids: Collection[int]) -> bool:
        """Add messages, up to 100,000, unless the change is made already; return whether it was not."""
        with self._lock:
            if not self._is_made and len(self._ids) < _MOST_FORGOTTEN:
                self._ids.update(ids)
            return not self._is_made

    def make(self, connection: Connection) -> None:
        """Forget the questions of what was added until now."""
        with self._lock:
            self._is_made = True
        forget_questions(connection, self._ids)


def find_vote(connection: Connection, message_id: int, member_id: int) -> bool | None:
    """Whether a member called an answer helpful; None without a vote."""
    return connection.execute(select(VOTES.c.is_helpful).where(_is_vote(message_id, member_id))).scalar()


def tally_votes(connection: Connection) -> VoteTally:
    query = select(VOTES.c.is_helpful, func.count(), func.min(VOTES.c.voted_at)).group_by(VOTES.c.is_helpful)
    counted = {is_helpful: (count, since) for is_helpful, count, since in connection.execute(query)}
    since = min((oldest for _, oldest in counted.values()), default=None)
    return VoteTally(counted.get(True, (0, 0))[0], counted.get(False, (0, 0))[0], since)


VOTE_COLUMNS = ("voted", "vote", "question", "articles", "link")


def vote_table(connection: Connection) -> CsvTable:
    """Return the votes on answers that are public at home, without who gave them, the newest first."""
    row = VOTES.c
    public = select(row.voted_at, row.is_helpful, row.question, row.titles, row.url).where(row.guild_id.is_not(None))
    votes = [
        (day_of(at), "helpful" if is_helpful else "unhelpful", question, json.loads(titles or "[]"), url)
        for at, is_helpful, question, titles, url in connection.execute(
            public.order_by(row.voted_at.desc(), row.message_id)
        )
    ]
    return CsvTable(VOTE_COLUMNS, votes)


def _is_vote(message_id: int, member_id: int) -> ColumnElement[bool]:
    return and_(VOTES.c.message_id == message_id, VOTES.c.member_id == member_id)


_COLUMNS = (
    *(FOLLOWS.c.id, FOLLOWS.c.member_id, FOLLOWS.c.subject, FOLLOWS.c.previous, FOLLOWS.c.language),
    *(FOLLOWS.c.channel_id, FOLLOWS.c.tell_in == DIRECT, FOLLOWS.c.followed_at, FOLLOWS.c.seen_until),
    *(FOLLOWS.c.told_on, FOLLOWS.c.is_ending_told, FOLLOWS.c.claimed_at, FOLLOWS.c.claimed_until),
)
_CHOSEN = ("subject", "previous", "language", "followed_at", "channel_id")
_BEGUN = {"is_ending_told": False, "claimed_at": None, "claimed_until": None}


def add_follow(connection: Connection, new: Follow, key: str, most: int) -> int | None:
    """Let a member follow a subject, or renew that and move it to another place; return its id, None beyond `most`.

    What came until now is no news, and of a day on which the place has had its card nothing more is told.
    """
    others = read_follows(connection, new.followed_at, FOLLOWS.c.member_id == new.member_id)
    same = FOLLOWS.c.member_id == new.member_id, FOLLOWS.c.subject_key == key
    is_there = connection.execute(select(FOLLOWS.c.id).where(*same, _goes_on(new.followed_at))).first() is not None
    if not is_there and len(others) >= most:
        return None
    chosen = {name: getattr(new, name) for name in _CHOSEN} | _BEGUN | {"tell_in": DIRECT if new.is_direct else HERE}
    told_on = max((one.told_on for one in others if one.place == new.place), default=0)
    row = {"member_id": new.member_id, "subject_key": key, "told_on": told_on, "seen_until": latest_news(connection)}
    # What was being told when it is moved is told: where it came to stand is not looked for elsewhere.
    moved = chosen | {"seen_until": func.coalesce(FOLLOWS.c.claimed_until, FOLLOWS.c.seen_until)}
    upsert(connection, FOLLOWS, chosen | row, moved if is_there else chosen | row, "member_id", "subject_key")
    return int(connection.execute(select(FOLLOWS.c.id).where(*same)).scalar_one())


def read_follows(connection: Connection, now: int, *which: ColumnElement[bool]) -> Sequence[Follow]:
    """Return what is followed now, all or some, in the order of coming."""
    rows = connection.execute(select(*_COLUMNS).where(_goes_on(now), *which).order_by(FOLLOWS.c.id))
    return [Follow(*row) for row in rows]


def end_follow(connection: Connection, follow_id: int, member_id: int) -> None:
    """End what a member follows; nobody ends another's."""
    connection.execute(delete(FOLLOWS).where(FOLLOWS.c.id == follow_id, FOLLOWS.c.member_id == member_id))


def renew_follows(connection: Connection, ids: Collection[int], member_id: int, now: int) -> Sequence[Follow]:
    """Let what a member follows go on from now; return what has not ended."""
    own = FOLLOWS.c.id.in_(ids) & (FOLLOWS.c.member_id == member_id)
    connection.execute(update(FOLLOWS).where(own, _goes_on(now)).values(followed_at=now, is_ending_told=False))
    return read_follows(connection, now, own)


def read_digest(connection: Connection, member_id: int) -> int | None:
    """Return when a member read the last digest, None before the first."""
    return connection.execute(select(DIGESTS.c.read_at).where(DIGESTS.c.member_id == member_id)).scalar()


def note_digest(connection: Connection, member_id: int, at: int) -> None:
    upsert(connection, DIGESTS, {"member_id": member_id, "read_at": at}, {"read_at": at})


def _goes_on(now: int) -> ColumnElement[bool]:
    return FOLLOWS.c.followed_at > now - FOLLOW_DAYS * DAY
