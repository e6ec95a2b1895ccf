import pytest
from sqlalchemy import Connection

from bot.records.member_rows import (
    VoteTally,
    add_words,
    find_vote,
    forget_questions,
    keep_vote,
    read_member_rows,
    tally_votes,
)
from tests.records.cells import every_cell

URL = "https://discord.com/channels/1/2/3"
ANSWER, OTHER_ANSWER, SARA, LAYLA = 2**62, 2**62 + 1, 2**61, 2**61 + 1


def vote(
    connection: Connection, answer: int = ANSWER, member: int = SARA, *, is_helpful: bool = True, voted_at: int = 1000
) -> None:
    keep_vote(connection, answer, member, is_helpful=is_helpful, url=URL, voted_at=voted_at)


def test_a_member_has_one_vote_on_an_answer_and_the_last_one_counts(connection: Connection) -> None:
    assert find_vote(connection, ANSWER, SARA) is None
    for is_helpful, voted_at in ((True, 1000), (True, 1001), (False, 1002)):
        vote(connection, is_helpful=is_helpful, voted_at=voted_at)
        assert find_vote(connection, ANSWER, SARA) is is_helpful
    assert [kept.voted_at for kept in read_member_rows(connection, SARA).votes] == [1002]


def test_votes_are_counted_as_they_stand_since_the_oldest(connection: Connection) -> None:
    assert tally_votes(connection) == VoteTally(0, 0, None)
    vote(connection, voted_at=1005)
    vote(connection, member=LAYLA, is_helpful=False, voted_at=1003)
    vote(connection, OTHER_ANSWER, voted_at=1004)
    assert tally_votes(connection) == VoteTally(2, 1, 1003)
    vote(connection, is_helpful=False, voted_at=1006)
    assert tally_votes(connection) == VoteTally(1, 2, 1003)


def test_the_question_of_a_public_answer_is_added_and_a_changed_vote_keeps_it(connection: Connection) -> None:
    vote(connection)
    add_words(connection, ANSWER, SARA, guild_id=7, question="متى؟", titles=("المكتبة", "الترام"))
    vote(connection, is_helpful=False)
    [kept] = read_member_rows(connection, SARA).votes
    assert (kept.question, kept.is_helpful) == ("متى؟", False)
    assert {'["المكتبة", "الترام"]', 7} <= every_cell(connection)


def test_words_that_come_behind_the_deletion_of_a_vote_are_not_kept(connection: Connection) -> None:
    add_words(connection, ANSWER, SARA, guild_id=7, question="متى؟", titles=())
    assert every_cell(connection) == set()


def test_the_question_of_a_deleted_answer_is_forgotten_and_its_votes_stay(connection: Connection) -> None:
    for answer in (ANSWER, OTHER_ANSWER):
        for member in (SARA, LAYLA):
            vote(connection, answer, member)
            add_words(connection, answer, member, guild_id=7, question=f"متى {answer}؟", titles=())
    forget_questions(connection, [ANSWER, 5])
    assert tally_votes(connection).helpful == 4
    assert f"متى {ANSWER}؟" not in every_cell(connection)
    assert f"متى {OTHER_ANSWER}؟" in every_cell(connection)


@pytest.mark.parametrize("words", ["نصف \ud83d حرف", "صفر\0في الوسط"])
def test_words_that_no_database_takes_are_kept_as_near_as_can_be(connection: Connection, words: str) -> None:
    vote(connection)
    add_words(connection, ANSWER, SARA, guild_id=7, question=words, titles=(words,))
    [kept] = read_member_rows(connection, SARA).votes
    assert kept.question == words.replace("\ud83d", "?").replace("\0", "")
