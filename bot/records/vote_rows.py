"""Votes on answers: who gave them, with a link, and the words of the question where everybody at home may read it."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import Connection, and_, func, select, update
from sqlalchemy.sql.elements import ColumnElement

from bot.records.tables import VOTES, upsert

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
    """Count the votes that are kept."""
    query = select(VOTES.c.is_helpful, func.count(), func.min(VOTES.c.voted_at)).group_by(VOTES.c.is_helpful)
    counted = {is_helpful: (count, since) for is_helpful, count, since in connection.execute(query)}
    since = min((oldest for _, oldest in counted.values()), default=None)
    return VoteTally(counted.get(True, (0, 0))[0], counted.get(False, (0, 0))[0], since)


def _is_vote(message_id: int, member_id: int) -> ColumnElement[bool]:
    return and_(VOTES.c.message_id == message_id, VOTES.c.member_id == member_id)
