import pytest

from bot.chat.buttons import Vote, Votes
from bot.chat.buttons.votes import VoteChange

VOTE = Vote("متى؟", helpful=True, titles=("المكتبة",), public_guild_id=1, url="https://discord.com/channels/1/2/3")


async def test_a_listener_that_fails_keeps_a_vote_from_nobody_else(caplog: pytest.LogCaptureFixture) -> None:
    heard: list[Vote] = []

    async def deaf(_: Vote) -> None:
        raise OSError

    async def listening(vote: Vote) -> None:
        heard.append(vote)

    votes = Votes()
    votes.listeners += [deaf, listening]
    await votes.publish(VOTE)
    assert heard == [VOTE]
    assert "could not be passed on" in caplog.text


def test_a_person_has_one_vote_on_an_answer_and_may_change_it() -> None:
    votes = Votes()
    cast = [(1, 5, True), (1, 5, True), (1, 5, False), (2, 5, True), (1, 6, False), (1, 5, True)]
    assert [votes.note(message, person, helpful=helpful) for message, person, helpful in cast] == [
        VoteChange.FIRST,
        VoteChange.SAME,
        VoteChange.CHANGED,
        VoteChange.FIRST,
        VoteChange.FIRST,
        VoteChange.CHANGED,
    ]
