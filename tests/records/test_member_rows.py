"""What members asked to have kept, against a model of it, over whatever happens in whatever order."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert

from bot.records.member_rows import (
    Follow,
    MemberRows,
    MemberVote,
    MemberWait,
    add_follow,
    add_words,
    delete_member_rows,
    find_vote,
    forget_questions,
    keep_vote,
    note_digest,
    read_member_rows,
    tally_votes,
)
from bot.records.quoted_answers import CardQuote, replace_quotes
from bot.records.tables import METADATA, NOBODY, REFUSALS
from tests.records.cells import every_cell

MEMBERS, ANSWERS = range(2**61, 2**61 + 3), range(2**62, 2**62 + 4)
MOST = 3
HOME, CHANNEL, URL = 7, 8, "https://discord.com/channels/7/8/9"


class Voted(NamedTuple):
    answer: int
    member: int
    is_helpful: bool


class Worded(NamedTuple):
    answer: int
    member: int


class AnswerDeleted(NamedTuple):
    answer: int


class Refused(NamedTuple):
    """A public question without an answer, kept as a gap."""

    answer: int


class Waited(NamedTuple):
    answer: int
    member: int
    is_direct: bool


class ToldAlone(NamedTuple):
    """An answer in private whose quotes are known."""

    answer: int
    member: int


class Followed(NamedTuple):
    answer: int
    member: int
    is_direct: bool


class Digested(NamedTuple):
    member: int


class Erased(NamedTuple):
    member: int


Event = Voted | Worded | AnswerDeleted | Refused | Waited | ToldAlone | Followed | Digested | Erased

answers, members = st.sampled_from(ANSWERS), st.sampled_from(MEMBERS)
events = st.lists(
    st.one_of(
        st.builds(Voted, answers, members, st.booleans()),
        st.builds(Worded, answers, members),
        st.builds(AnswerDeleted, answers),
        st.builds(Refused, answers),
        st.builds(Waited, answers, members, st.booleans()),
        st.builds(ToldAlone, answers, members),
        st.builds(Followed, answers, members, st.booleans()),
        st.builds(Digested, members),
        st.builds(Erased, members),
    ),
    max_size=40,
)


def words_of(answer: int) -> str:
    return f"كلمات السؤال رقم {answer}"


@dataclass
class Model:
    """What is kept, by what happened; votes and waits by answer and member."""

    votes: dict[tuple[int, int], MemberVote] = field(default_factory=dict)
    waits: dict[tuple[int, int], MemberWait] = field(default_factory=dict)
    gaps: set[int] = field(default_factory=set)
    told: dict[int, int] = field(default_factory=dict)
    follows: dict[tuple[int, int], tuple[bool, int]] = field(default_factory=dict)
    digests: set[int] = field(default_factory=set)

    def vote(self, vote: Voted, at: int) -> None:
        before = self.votes.get(vote[:2])
        self.votes[vote[:2]] = MemberVote(at, vote.is_helpful, URL, before.question if before else None)

    def set_question(self, keys: Iterable[tuple[int, int]], question: str | None) -> None:
        self.votes |= {key: replace(self.votes[key], question=question) for key in keys if key in self.votes}

    def erase(self, member: int) -> MemberRows:
        before = self.rows(member)
        self.votes = {key: vote for key, vote in self.votes.items() if key[1] != member}
        self.waits = {key: wait for key, wait in self.waits.items() if key[1] != member}
        self.told = {answer: asker for answer, asker in self.told.items() if asker != member}
        self.follows = {key: row for key, row in self.follows.items() if key[1] != member}
        self.digests -= {member}
        return before

    def rows(self, member: int) -> MemberRows:
        votes = [vote for key, vote in self.votes.items() if key[1] == member]
        waits = [wait for key, wait in self.waits.items() if key[1] == member]
        newest = sorted(votes, key=lambda vote: -vote.voted_at), sorted(waits, key=lambda wait: -wait.asked_at)
        return MemberRows(*newest, list(self.told.values()).count(member), has_digest=member in self.digests)

    def followed(self, member: int) -> set[tuple[str, bool, int]]:
        return {(words_of(answer), *row) for (answer, other), row in self.follows.items() if other == member}


def clear(connection: Connection) -> None:
    for table in METADATA.sorted_tables:
        connection.execute(delete(table))


def refuse(connection: Connection, answer: int, member: int, at: int, *, is_direct: bool | None = None) -> None:
    tell_in = None if is_direct is None else "direct" if is_direct else "here"
    row = {"asked_at": at, "channel_id": CHANNEL, "message_id": answer, "member_id": member, "tell_in": tell_in}
    connection.execute(insert(REFUSALS).values(**row, question=words_of(answer), reason="off_topic"))


def follow(connection: Connection, event: Followed, at: int, model: Model) -> None:
    answer, member, is_direct = event
    count = len(model.followed(member))
    new = Follow(0, member, words_of(answer), None, "ar", CHANNEL, is_direct, followed_at=at, seen_until=0)
    number = add_follow(connection, new, str(answer), MOST)
    assert (number is None) is (count >= MOST and (answer, member) not in model.follows)
    if number is not None:
        model.follows[answer, member] = is_direct, at


def happen(connection: Connection, event: Event, at: int, model: Model) -> None:
    """Let something happen to a store, and to the model of it."""
    match event:
        case Voted(answer, member, is_helpful):
            keep_vote(connection, answer, member, is_helpful=is_helpful, url=URL, voted_at=at)
            model.vote(event, at)
        case Worded(answer, member):
            add_words(connection, answer, member, guild_id=HOME, question=words_of(answer), titles=("خبر",))
            model.set_question([event], words_of(answer))
        case AnswerDeleted(answer):
            forget_questions(connection, [answer])
            model.set_question([key for key in model.votes if key[0] == answer], None)
        case Refused(answer) if answer not in model.gaps:
            refuse(connection, answer, NOBODY, at)
            model.gaps.add(answer)
        case Waited(answer, member, is_direct) if (answer, member) not in model.waits:
            refuse(connection, answer, member, at, is_direct=is_direct)
            model.waits[answer, member] = MemberWait(at, words_of(answer), None, is_direct, CHANNEL)
        case ToldAlone(answer, member):
            quotes = [CardQuote(answer, reference, CHANNEL, "a", 1, at, member) for reference in "ab"]
            replace_quotes(connection, answer, quotes)
            model.told[answer] = member
        case Followed():
            follow(connection, event, at, model)
        case Digested(member):
            note_digest(connection, member, at)
            model.digests.add(member)
        case Erased(member):
            deleted = delete_member_rows(connection, member)
            assert len(deleted.follows) == len(model.followed(member))
            assert replace(deleted, follows=()) == model.erase(member)


def test_a_store_holds_what_members_asked_for_and_did_not_take_back_and_nothing_else(connection: Connection) -> None:
    @given(events)
    def holds(happening: list[Event]) -> None:
        clear(connection)
        model = Model()
        for at, event in enumerate(happening, 1000):
            happen(connection, event, at, model)
        for member in MEMBERS:
            rows = read_member_rows(connection, member)
            assert replace(rows, follows=()) == model.rows(member)
            followed = {(one.subject, one.is_direct, one.followed_at) for one in rows.follows}
            assert followed == model.followed(member)
            assert len(followed) == len(rows.follows)
            for answer in ANSWERS:
                vote = model.votes.get((answer, member))
                assert find_vote(connection, answer, member) is (vote.is_helpful if vote else None)
        tally, helpful = tally_votes(connection), [vote.is_helpful for vote in model.votes.values()]
        assert (tally.helpful, tally.unhelpful) == (helpful.count(True), helpful.count(False))
        assert tally.since == min((vote.voted_at for vote in model.votes.values()), default=None)
        cells = every_cell(connection)
        present = {member for _, member in (*model.votes, *model.waits, *model.follows)}
        present |= {*model.told.values()} | model.digests
        assert cells.intersection(MEMBERS) == present
        asked = {answer for answer, _ in model.waits} | model.gaps
        asked |= {answer for answer, _ in model.follows}
        asked |= {answer for (answer, _), vote in model.votes.items() if vote.question}
        assert {answer for answer in ANSWERS if words_of(answer) in cells} == asked

    holds()


def test_every_table_with_members_is_listed_and_deleted_from() -> None:
    with_members = {
        name for name, table in METADATA.tables.items() if any("member" in column.name for column in table.c)
    }
    assert with_members == {"refusals", "votes", "quotes", "follows", "digests"}


def test_what_is_nobody_s_cannot_be_deleted_as_somebody_s(connection: Connection) -> None:
    refuse(connection, ANSWERS[0], NOBODY, 1000)
    with pytest.raises(ValueError, match="nobody"):
        delete_member_rows(connection, NOBODY)
    assert words_of(ANSWERS[0]) in every_cell(connection)


@pytest.mark.parametrize("words", ["نصف \ud83d حرف", "صفر\0في الوسط"])
def test_words_that_no_database_takes_are_kept_as_near_as_can_be(connection: Connection, words: str) -> None:
    keep_vote(connection, ANSWERS[0], MEMBERS[0], is_helpful=True, url=URL, voted_at=1000)
    add_words(connection, ANSWERS[0], MEMBERS[0], guild_id=HOME, question=words, titles=("المكتبة", words))
    [kept] = read_member_rows(connection, MEMBERS[0]).votes
    assert kept.question == words.replace("\ud83d", "?").replace("\0", "")
    assert any(str(cell).startswith('["المكتبة", "') for cell in every_cell(connection))
