"""Quotes: which sentences are quoted, their highlights, and who else printed them."""

from bot.answering.quotes.highlights import written_words_around, written_words_at
from bot.answering.quotes.ranked_quotes import RankedQuotes, select_quotes
from bot.answering.quotes.sentence_selection import MOST_QUOTES, QuoteSelector, Selection

__all__ = [
    "MOST_QUOTES",
    "QuoteSelector",
    "RankedQuotes",
    "Selection",
    "select_quotes",
    "written_words_around",
    "written_words_at",
]
