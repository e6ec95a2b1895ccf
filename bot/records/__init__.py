"""What outlives a restart and is no article: open refusals and gaps, votes, arrivals, and figures by day.

Queries and changes are functions of a connection, and run in the store's own thread.
"""

from bot.records.records import Change, Query, Records, RecordsAwayError, RecordsState, open_records
from bot.records.tables import NOBODY

__all__ = [
    "NOBODY",
    "Change",
    "Query",
    "Records",
    "RecordsAwayError",
    "RecordsState",
    "open_records",
]
