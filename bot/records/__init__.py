"""What outlives a restart and is no article: open refusals and gaps, votes, arrivals, and figures by day.

Queries and changes are functions of a connection, and run in the store's own thread.
"""

from bot.records.faults import Fault
from bot.records.records import Records, open_records
from bot.records.state import RecordsAwayError, RecordsState
from bot.records.store import Change, Query
from bot.records.tables import NOBODY

__all__ = [
    "NOBODY",
    "Change",
    "Fault",
    "Query",
    "Records",
    "RecordsAwayError",
    "RecordsState",
    "open_records",
]
