"""Quotes: which sentences are quoted, their highlights, and who else printed them."""

from bot.answering.quotes.ranked_quotes import RankedQuotes, select_quotes
from bot.answering.quotes.sentence_selection import DUPLICATE_SHARE, QuoteSelector, Selection

__all__ = [
    "DUPLICATE_SHARE",
    "QuoteSelector",
    "RankedQuotes",
    "Selection",
    "select_quotes",
]
