"""Quotes: which sentences are quoted, their highlights, and who else printed them."""

from bot.answering.quotes.highlights import written_words_around
from bot.answering.quotes.ranked_quotes import RankedQuotes

__all__ = [
    "RankedQuotes",
    "written_words_around",
]
