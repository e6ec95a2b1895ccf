"""Tables for spreadsheet programs: what everybody at home may read, and nobody's name or private words."""

import csv
import io
from datetime import UTC, datetime
from functools import partial

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import URL, Connection

from bot.records.member_rows import VOTE_COLUMNS, add_words, keep_vote, vote_table
from bot.records.refusals import GAP_COLUMNS, HERE, RefusedQuestion, add_waiting, gap_table, mark_answered, note_refusal
from bot.records.transfer import read_table
from bot.texts.csv_table import CsvTable, write_csv
from tests.records.stores import open_store

HOME, MEMBER = 2**62, 2**61 + 7
SECRET = "زعتور"
DAY = int(datetime(2026, 3, 9, 23, 59, 58, tzinfo=UTC).timestamp())


def refused(card: int, question: str, *, guild: int | None = HOME, scope: str = "") -> RefusedQuestion:
    return RefusedQuestion(
        5, card, DAY + card, question, "off_topic", guild, previous="وقبله", scope=scope, missing=("ميناء", "جسر")
    )


def written(table: CsvTable) -> list[dict[str, str]]:
    """Write a table and read it back."""
    return list(csv.DictReader(io.StringIO(write_csv(table).text.removeprefix("\ufeff"), newline="")))


def test_a_gap_has_a_row_the_newest_first_answered_or_not(connection: Connection) -> None:
    note_refusal(connection, refused(1, "متى فتح الميناء؟"))
    note_refusal(connection, refused(2, "=كم كلّف؟", scope="20260101::4f2a"))
    mark_answered(connection, 1, DAY + 86_400)
    newest, oldest = written(gap_table(connection))
    assert tuple(newest) == GAP_COLUMNS
    assert oldest == {
        "asked": "2026-03-09",
        "question": "متى فتح الميناء؟",
        "continues": "وقبله",
        "reason": "off_topic",
        "missing": "ميناء | جسر",
        "narrowed": "",
        "answered": "2026-03-10",
        "link": f"https://discord.com/channels/{HOME}/5/1",
    }
    assert newest["asked"] == "2026-03-10"
    assert (newest["question"], newest["narrowed"], newest["answered"]) == ("'=كم كلّف؟", "days | outlet", "")


def test_a_vote_has_a_row_where_its_answer_is_public(connection: Connection) -> None:
    keep_vote(connection, 1, MEMBER, is_helpful=True, url="https://discord.com/channels/1/2/3", voted_at=DAY)
    keep_vote(connection, 2, MEMBER, is_helpful=False, url=f"https://discord.com/channels/@me/{SECRET}", voted_at=DAY)
    add_words(connection, 1, MEMBER, guild_id=HOME, question="متى فتح الميناء؟", titles=["الميناء", "الجسر"])
    [public] = written(vote_table(connection))
    assert tuple(public) == VOTE_COLUMNS
    assert list(public.values()) == [
        *("2026-03-09", "helpful", "متى فتح الميناء؟", "الميناء | الجسر", "https://discord.com/channels/1/2/3")
    ]


rows = st.lists(
    st.tuples(st.sampled_from(["gap", "wait", "vote", "words"]), st.integers(1, 5), st.booleans(), st.booleans())
)


@given(rows)
def test_no_word_asked_in_private_and_no_member_is_in_any_file(rows: list[tuple[str, int, bool, bool]]) -> None:
    with open_store() as store:
        public, voted = set[str](), dict[int, str | None]()
        for kind, card, is_public, is_helpful in rows:
            question = f"سؤال {card}" if is_public else f"{SECRET} {card}"
            one = refused(card, question, guild=HOME if is_public else None)
            match kind:
                case "gap" if is_public:
                    store(partial(note_refusal, refused=one))
                    public.add(question)
                case "wait":
                    # Who waits in private has the only row of that question.
                    private = refused(card + 10, f"{SECRET} {card}", guild=None)
                    store(partial(add_waiting, refused=private, member_id=MEMBER, tell_in=HERE, most=99))
                case "vote":
                    url = f"https://discord.com/channels/@me/1/{card}"
                    vote = partial(keep_vote, message_id=card, member_id=MEMBER, voted_at=DAY)
                    store(partial(vote, is_helpful=is_helpful, url=url))
                    voted.setdefault(card, None)
                case "words" if is_public:
                    words = partial(add_words, message_id=card, member_id=MEMBER, guild_id=HOME)
                    store(partial(words, question=question, titles=[question]))
                    if card in voted:
                        voted[card] = question
        gaps, votes = store(gap_table), store(vote_table)
    texts = [write_csv(table).text for table in (gaps, votes)]
    assert not any(SECRET in text or str(MEMBER) in text for text in texts)
    assert {row["question"] for row in written(gaps)} == public
    assert {row["question"] for row in written(votes)} == set(voted.values()) - {None}


def test_a_database_without_records_is_said(url: URL) -> None:
    found = read_table(url, gap_table)
    assert not isinstance(found, CsvTable)
    assert [(one.key, one.is_problem) for one in found] == [("records.export.none", True)]
