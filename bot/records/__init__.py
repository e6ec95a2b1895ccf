"""What outlives a restart and is no article: open refusals and gaps, votes, arrivals, and figures by day.

Queries and changes are functions of a connection, and run in the store's own thread: each stands beside its rows.
"""

from bot.records.faults import Fault, RecordsAwayError, RecordsState
from bot.records.records import Records, open_records
from bot.records.store import Change, Query
