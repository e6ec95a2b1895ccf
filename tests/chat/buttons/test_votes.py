import pytest

from bot.chat.buttons import Vote, Votes

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


def test_a_person_votes_once_on_an_answer() -> None:
    votes = Votes()
    assert [votes.is_first(message, person) for message, person in ((1, 5), (1, 5), (2, 5), (1, 6))] == [
        True,
        False,
        True,
        True,
    ]
