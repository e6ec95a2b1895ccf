"""What outlives a restart and is no article: open refusals and gaps, votes, arrivals, and figures by day.

Queries and changes are functions of a connection, and run in the store's own thread.
"""

from bot.records.faults import Fault, RecordsAwayError, RecordsState
from bot.records.figures import add_to_figure
from bot.records.member_rows import (
    AnswerDeletions,
    DeletedRows,
    MemberRows,
    MemberVote,
    MemberWait,
    VoteTally,
    add_words,
    delete_member_rows,
    find_vote,
    forget_questions,
    keep_vote,
    read_member_rows,
    tally_votes,
)
from bot.records.records import Records, open_records
from bot.records.store import Change, Query
from bot.records.tables import NOBODY

__all__ = [
    "NOBODY",
    "AnswerDeletions",
    "Change",
    "DeletedRows",
    "Fault",
    "MemberRows",
    "MemberVote",
    "MemberWait",
    "Query",
    "Records",
    "RecordsAwayError",
    "RecordsState",
    "VoteTally",
    "add_to_figure",
    "add_words",
    "delete_member_rows",
    "find_vote",
    "forget_questions",
    "keep_vote",
    "open_records",
    "read_member_rows",
    "tally_votes",
]
