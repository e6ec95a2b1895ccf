"""What outlives a restart and is no article: open refusals and gaps, votes, arrivals, and figures by day.

Queries and changes are functions of a connection, and run in the store's own thread.
"""

from bot.records.arrivals import Arrival, CoverageChange, note_change, read_arrival_times
from bot.records.faults import Fault
from bot.records.figures import add_to_figure
from bot.records.member_rows import (
    DeletedRows,
    MemberRows,
    MemberVote,
    MemberWait,
    delete_member_rows,
    read_member_rows,
)
from bot.records.news import (
    NewsBatch,
    NewsChannel,
    choose_news_channel,
    claim_news,
    note_trouble,
    read_news_channels,
    settle_news,
)
from bot.records.records import Records, open_records
from bot.records.state import RecordsAwayError, RecordsState
from bot.records.store import Change, Query
from bot.records.tables import NOBODY
from bot.records.vote_rows import VoteTally, add_words, find_vote, forget_questions, keep_vote, tally_votes
from bot.records.week import (
    ANSWERED,
    HELPFUL,
    REFUSED,
    UNHELPFUL,
    ClaimedWeek,
    Week,
    claim_weekly_card,
    read_week,
    settle_weekly_card,
)

__all__ = [
    "ANSWERED",
    "HELPFUL",
    "NOBODY",
    "REFUSED",
    "UNHELPFUL",
    "Arrival",
    "Change",
    "ClaimedWeek",
    "CoverageChange",
    "DeletedRows",
    "Fault",
    "MemberRows",
    "MemberVote",
    "MemberWait",
    "NewsBatch",
    "NewsChannel",
    "Query",
    "Records",
    "RecordsAwayError",
    "RecordsState",
    "VoteTally",
    "Week",
    "add_to_figure",
    "add_words",
    "choose_news_channel",
    "claim_news",
    "claim_weekly_card",
    "delete_member_rows",
    "find_vote",
    "forget_questions",
    "keep_vote",
    "note_change",
    "note_trouble",
    "open_records",
    "read_arrival_times",
    "read_member_rows",
    "read_news_channels",
    "read_week",
    "settle_news",
    "settle_weekly_card",
    "tally_votes",
]
