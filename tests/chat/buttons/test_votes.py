import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import make_url

from bot.chat.buttons import votes as of_votes
from bot.chat.buttons.votes import Vote, VoteChange, Votes
from bot.chat.permissions import HomeServers
from bot.records import Records
from bot.records.member_rows import MemberVote, VoteTally, delete_member_rows, read_member_rows
from bot.settings import DiscordSettings
from tests.patience import PATIENCE

URL = "https://discord.com/channels/1/2/3"
VOTE = Vote("متى؟", helpful=True, titles=("المكتبة",), public_guild_id=1, url=URL)
ELSEWHERE, PRIVATE = Vote("متى؟", True, (), 2, URL), Vote(None, True, (), None, URL)
PRESSES = [(1, 5, True), (1, 5, True), (1, 5, False), (2, 5, True), (1, 6, False), (1, 5, True)]
CHANGES = [
    VoteChange.FIRST,
    VoteChange.SAME,
    VoteChange.CHANGED,
    VoteChange.FIRST,
    VoteChange.FIRST,
    VoteChange.CHANGED,
]


def votes_in(records: Records) -> Votes:
    return Votes(records, HomeServers(DiscordSettings(home_guild_ids=(1,))))


def away(folder: Path) -> Records:
    """A store in whose folder's place stands a file."""
    (folder / "file").touch()
    return Records(make_url(f"sqlite:///{folder / 'file' / 'isnad.sqlite'}"), days=90)


@pytest_asyncio.fixture
async def open_again(tmp_path: Path) -> AsyncIterator[Callable[[], Records]]:
    """Open the same store as a new process does."""
    opened: list[tuple[Records, asyncio.Task[None]]] = []

    def open_records() -> Records:
        records = Records(make_url(f"sqlite:///{tmp_path / 'isnad.sqlite'}"), days=90)
        opened.append((records, asyncio.create_task(records.run())))
        return records

    yield open_records
    for _, task in opened:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def press(votes: Votes, *presses: tuple[int, int, bool]) -> list[VoteChange]:
    return [await votes.note(message, person, helpful=helpful, url=URL) for message, person, helpful in presses]


async def kept(records: Records, person: int = 5) -> list[MemberVote]:
    return list((await records.ask(partial(read_member_rows, member_id=person))).votes)


@pytest.mark.parametrize("is_away", [False, True])
async def test_a_person_has_one_vote_on_an_answer_and_may_change_it(
    open_again: Callable[[], Records], tmp_path: Path, *, is_away: bool
) -> None:
    votes = votes_in(away(tmp_path) if is_away else open_again())
    assert await press(votes, *PRESSES) == CHANGES


async def test_a_vote_of_an_earlier_process_is_known(open_again: Callable[[], Records]) -> None:
    before = votes_in(open_again())
    await press(before, (1, 5, True), (2, 5, False))
    assert await before.tally()
    votes = votes_in(open_again())
    assert await press(votes, (1, 5, True), (2, 5, True), (1, 6, True)) == [
        VoteChange.SAME,
        VoteChange.CHANGED_LATER,
        VoteChange.FIRST,
    ]
    assert await press(votes, (2, 5, False), (2, 5, True)) == [VoteChange.CHANGED] * 2
    tally = await votes.tally()
    assert tally is not None
    assert (tally.helpful, tally.unhelpful) == (3, 0)


async def test_only_the_last_votes_are_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_votes, "_MOST_VOTES", 3)
    votes = votes_in(away(tmp_path))
    await press(votes, *((message, 5, True) for message in range(10)))
    assert [message for message, _ in votes._cast] == [7, 8, 9]


async def test_two_presses_at_once_are_one_vote(open_again: Callable[[], Records]) -> None:
    votes = votes_in(open_again())
    changes = await asyncio.gather(*(votes.note(1, 5, helpful=True, url=URL) for _ in range(3)))
    assert sorted(change.name for change in changes) == ["FIRST", "SAME", "SAME"]


async def test_a_store_that_is_away_costs_the_knowledge_of_earlier_votes_alone(tmp_path: Path) -> None:
    votes = votes_in(away(tmp_path))
    assert await press(votes, (1, 5, True), (1, 5, True)) == [VoteChange.FIRST, VoteChange.SAME]
    assert await votes.tally() is None


@pytest.mark.parametrize(("vote", "question"), [(VOTE, "متى؟"), (ELSEWHERE, None), (PRIVATE, None)])
async def test_the_question_is_kept_where_the_answer_is_public_at_home(
    open_again: Callable[[], Records], vote: Vote, question: str | None
) -> None:
    votes = votes_in(records := open_again())
    await press(votes, (1, 5, True))
    votes.add_words(1, 5, vote)
    assert [(one.question, one.url) for one in await kept(records)] == [(question, URL)]


async def test_the_question_of_a_deleted_answer_is_not_kept(open_again: Callable[[], Records]) -> None:
    votes = votes_in(records := open_again())
    await press(votes, (1, 5, True), (2, 5, True), (3, 5, True))
    votes.add_words(1, 5, VOTE)
    votes.add_words(2, 5, VOTE)
    votes.forget_questions([1, 3])
    # Its question was looked up meanwhile.
    votes.add_words(3, 5, VOTE)
    assert sorted((one.question or "") for one in await kept(records)) == ["", "", "متى؟"]


async def test_however_many_messages_are_deleted_they_push_no_vote_out(tmp_path: Path) -> None:
    folder = tmp_path / "file"
    records = away(tmp_path)
    votes = votes_in(records)
    await press(votes, (1, 5, True), (20_001, 5, True), (30_000, 5, True))
    votes.forget_questions([40_000])
    for message in (1, 20_001, 30_000):
        votes.add_words(message, 5, VOTE)
    before = records.state.waiting
    for message in range(2, 20_002):
        votes.forget_questions([message])
    assert records.state.waiting == before + 1
    folder.unlink()
    folder.mkdir()
    task = asyncio.create_task(records.run())
    assert await records.flush(PATIENCE)
    assert sorted((one.question or "") for one in await kept(records)) == ["", "متى؟", "متى؟"]
    # The next ones are forgotten by the next change.
    votes.forget_questions([1])
    assert sorted((one.question or "") for one in await kept(records)) == ["", "", "متى؟"]
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_vote_after_the_deletion_of_all_is_the_first(open_again: Callable[[], Records]) -> None:
    votes = votes_in(records := open_again())
    await press(votes, (1, 5, True), (1, 6, True))
    await records.ask(partial(delete_member_rows, member_id=5))
    votes.forget(5)
    assert await press(votes, (1, 5, True), (1, 6, True)) == [VoteChange.FIRST, VoteChange.SAME]
    assert isinstance(await votes.tally(), VoteTally)


async def test_the_same_vote_again_is_kept_where_it_was_deleted_by_another_process(
    open_again: Callable[[], Records],
) -> None:
    votes = votes_in(records := open_again())
    await press(votes, (1, 5, True))
    await open_again().ask(partial(delete_member_rows, member_id=5))
    assert await press(votes, (1, 5, True)) == [VoteChange.SAME]
    assert len(await kept(records)) == 1
