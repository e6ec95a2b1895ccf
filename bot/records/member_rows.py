"""Rows with a member's id: what they asked to have kept, which they may read and delete."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, select

from bot.records.tables import METADATA, NOBODY, REFUSALS, VOTES

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

    `asked_at` are seconds since 1970. A member is notified by direct message where `is_direct`, else in the channel.
    """

    asked_at: int
    question: str
    previous: str | None
    is_direct: bool
    channel_id: int


@dataclass(frozen=True, slots=True)
class MemberRows:
    """All that is kept with a member's id, the newest first."""

    votes: Sequence[MemberVote] = ()
    waits: Sequence[MemberWait] = ()


@dataclass(frozen=True, slots=True)
class DeletedRows:
    """How many rows of a member were deleted."""

    votes: int
    waits: int


def read_member_rows(connection: Connection, member_id: int) -> MemberRows:
    """Return all that is kept with a member's id."""
    vote = (VOTES.c.voted_at, VOTES.c.is_helpful, VOTES.c.url, VOTES.c.question)
    votes = select(*vote).where(VOTES.c.member_id == member_id).order_by(VOTES.c.voted_at.desc(), VOTES.c.message_id)
    wait = (REFUSALS.c.asked_at, REFUSALS.c.question, REFUSALS.c.previous)
    place = (REFUSALS.c.tell_in == "direct", REFUSALS.c.channel_id)
    waits = select(*wait, *place).where(REFUSALS.c.member_id == member_id)
    newest = waits.order_by(REFUSALS.c.asked_at.desc(), REFUSALS.c.id)
    return MemberRows(
        [MemberVote(*row) for row in connection.execute(votes)],
        [MemberWait(*row) for row in connection.execute(newest)],
    )


def delete_member_rows(connection: Connection, member_id: int) -> DeletedRows:
    """Delete every row with a member's id; rows of nobody stay."""
    if member_id == NOBODY:
        raise ValueError("nobody has rows of their own")
    counts = {
        table: connection.execute(delete(table).where(table.c.member_id == member_id)).rowcount
        for table in MEMBER_TABLES
    }
    return DeletedRows(counts[VOTES], counts[REFUSALS])
